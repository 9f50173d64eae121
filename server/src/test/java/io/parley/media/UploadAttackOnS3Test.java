package io.parley.media;

import io.parley.harness.TestS3;
import io.parley.harness.TestUploads;
import java.io.IOException;
import java.util.Map;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.junit.jupiter.api.AfterEach;

/// The same where uploads are on S3.
class UploadAttackOnS3Test extends UploadAttackTest {
  private static final String UPLOADS = "p/";

  private final TestS3 s3 = new TestS3();

  @AfterEach
  void close() {
    s3.close();
  }

  @Override
  Map<String, String> where() {
    return TestS3.keys(s3.url());
  }

  /// Those on S3, without what a start stores, and what is left on the local disk.
  @Override
  long files() throws IOException {
    ListContainerOptions prefix = ListContainerOptions.Builder.prefix(UPLOADS).recursive();
    return s3.objects().countBlobs(TestS3.BUCKET, prefix) - 1 + TestUploads.files(dir);
  }
}
