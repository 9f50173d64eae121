package io.parley.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.harness.TestS3;
import java.time.Duration;
import java.util.List;
import org.jclouds.blobstore.domain.Blob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Blobs on a server of the S3 protocol.
class S3BlobsTest extends BlobsTest {
  private TestS3 s3;
  private Blobs blobs;

  @BeforeEach
  void open() {
    s3 = new TestS3();
    blobs = new S3Blobs(settings(s3.url()));
  }

  @AfterEach
  void close() {
    blobs.close();
    s3.close();
  }

  @Override
  Blobs blobs() {
    return blobs;
  }

  private static S3Settings settings(String url) {
    return new S3Settings(
        S3Address.parse(url),
        TestS3.ACCESS_KEY,
        TestS3.SECRET_KEY,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        3,
        64,
        Duration.ZERO);
  }

  @Test
  void otherObjects_arePassedOver() throws Exception {
    blobs.check();
    String name = put(bytes(10));
    for (String key : List.of("p/0", "p/zzz", "other", "p/x/" + name)) {
      Blob object = s3.objects().blobBuilder(key).payload(new byte[1]).contentLength(1).build();
      s3.objects().putBlob(TestS3.BUCKET, object);
    }
    assertEquals(List.of(new Blobs.Listed(name, 10)), blobs.list(""));
  }
}
