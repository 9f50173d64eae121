package io.parley.config;

import io.parley.blob.S3Address;
import io.parley.blob.S3Settings;
import java.time.Duration;

/// Where uploads are, and how S3 is spoken to.
public record MediaKeys(
    String url,
    String s3AccessKey,
    String s3SecretKey,
    int s3AnswerS,
    int s3StoreS,
    int s3Tries,
    int s3ReadsMax,
    String serve,
    int presignedS) {
  /// What `url` is where uploads are on the local disk.
  public static final String DISK = "disk";

  /// How the S3 of an address such as [#url] is spoken to.
  ///
  /// @throws Config.Invalid if it is no such address
  public S3Settings s3(String address) {
    try {
      return new S3Settings(
          S3Address.parse(address),
          s3AccessKey,
          s3SecretKey,
          Duration.ofSeconds(s3AnswerS),
          Duration.ofSeconds(s3StoreS),
          s3Tries,
          s3ReadsMax,
          Duration.ofSeconds(serve.equals("presigned") ? presignedS : 0));
    } catch (IllegalArgumentException e) {
      throw new Config.Invalid("media.url: " + e.getMessage());
    }
  }

  void validate() {
    if (!url.equals(DISK)) {
      s3(url);
    }
    Config.require(
        s3AccessKey.isEmpty() == s3SecretKey.isEmpty(),
        "media needs both s3_access_key and s3_secret_key, or neither");
    Config.require(s3AnswerS >= 1 && s3AnswerS <= 300, "media.s3_answer_s must be 1 … 300");
    Config.require(s3StoreS >= 1 && s3StoreS <= 3600, "media.s3_store_s must be 1 … 3600");
    Config.require(s3Tries >= 1 && s3Tries <= 10, "media.s3_tries must be 1 … 10");
    Config.require(s3ReadsMax >= 1, "media.s3_reads_max must be at least 1");
    Config.require(
        serve.equals("proxied") || serve.equals("presigned"),
        "media.serve must be proxied or presigned");
    Config.require(presignedS >= 1 && presignedS <= 86_400, "media.presigned_s must be 1 … 86400");
  }

  /// Without the keys: it may end up in a log.
  @Override
  public String toString() {
    return "MediaKeys[url=" + url + ", serve=" + serve + "]";
  }
}
