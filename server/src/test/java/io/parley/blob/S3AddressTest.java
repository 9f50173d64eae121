package io.parley.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3AddressTest {
  @Test
  void address_withEverything_isRead() {
    S3Address address =
        S3Address.parse(
            "s3://up-loads?endpoint=https%3A%2F%2Fs3.example.com:9000&region=eu-west-1"
                + "&prefix=a/b&path_style=true");
    assertEquals("up-loads", address.bucket());
    assertEquals(URI.create("https://s3.example.com:9000"), address.endpoint());
    assertEquals("eu-west-1", address.region());
    assertEquals("a/b/", address.prefix());
    assertTrue(address.pathStyle());
  }

  @Test
  void address_withABucketOnly_isAmazons() {
    for (String url : new String[] {"s3://bucket", "s3://bucket/", "s3://bucket?"}) {
      S3Address address = S3Address.parse(url);
      assertNull(address.endpoint());
      assertEquals("us-east-1", address.region());
      assertEquals("", address.prefix());
      assertEquals("s3://bucket/", address.toString());
    }
  }

  @Test
  void addressThatIsNone_isRefusedInClearText() {
    Map.of(
            "disk2", "must be disk or s3://",
            "s3://", "bucket",
            "s3://Bucket", "bucket",
            "s3://bucket/folder", "bucket",
            "s3://bucket?prefx=x", "unknown parameter prefx",
            "s3://bucket?path_style=yes", "path_style",
            "s3://bucket?endpoint=host:9000", "endpoint",
            "s3://bucket?endpoint=http://key:secret@host", "endpoint",
            "s3://bucket?prefix=/x", "prefix",
            "s3://bucket?prefix=../x%00", "prefix")
        .forEach(
            (url, told) -> {
              var refused =
                  assertThrows(IllegalArgumentException.class, () -> S3Address.parse(url), url);
              assertTrue(String.valueOf(refused.getMessage()).contains(told), refused.toString());
            });
  }
}
