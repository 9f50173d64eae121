package io.parley.media;

import io.parley.harness.TestS3;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The same where uploads are on S3: callers see no difference.
class MediaOnS3Test extends MediaTest {
  private static TestS3 s3;

  @BeforeAll
  static void open() {
    s3 = new TestS3();
  }

  @AfterAll
  static void close() {
    s3.close();
  }

  @Override
  Map<String, String> where() {
    return TestS3.keys(s3.url());
  }
}
