package io.parley.blob;

import io.parley.base.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// How objects get to S3: with their MD5, so that S3 refuses what did not arrive whole; what is
/// over 8 MiB in parts, which are an object once S3 has joined them.
final class S3Writing {
  private static final Logger log = LoggerFactory.getLogger(S3Writing.class);

  /// Of one request that stores.
  private static final int PART = 8 << 20;

  private static final int PARTS_MAX = 10_000;

  private final S3Calls calls;
  private final String bucket;

  S3Writing(S3Calls calls) {
    this.calls = calls;
    this.bucket = calls.settings().address().bucket();
  }

  /// Stores `content` under `key`: S3 has it whole when this returns.
  ///
  /// @throws Fault UNAVAILABLE if S3 fails; the object is as it was before, or the new one
  /// @throws IOException if `content` cannot be read
  void put(String key, Content content) throws IOException {
    if (content.size() <= PART) {
      putWhole(key, content);
    } else {
      putInParts(key, content);
    }
  }

  private void putWhole(String key, Content content) throws IOException {
    String md5 = md5(content, 0, content.size());
    RequestBody body = body(content, 0, content.size());
    calls.run(
        client ->
            client.putObject(
                put ->
                    put.bucket(bucket)
                        .key(key)
                        .contentMD5(md5)
                        .overrideConfiguration(this::mayTakeLong),
                body));
  }

  private void putInParts(String key, Content content) throws IOException {
    String upload =
        calls
            .run(client -> client.createMultipartUpload(it -> it.bucket(bucket).key(key)))
            .uploadId();
    try {
      long part = Math.max(PART, content.size() / PARTS_MAX + 1);
      List<CompletedPart> parts = new ArrayList<>();
      for (long from = 0; from < content.size(); from += part) {
        parts.add(
            putPart(
                key,
                upload,
                parts.size() + 1,
                new Range(content, from, Math.min(part, content.size() - from))));
      }
      calls.run(
          client ->
              client.completeMultipartUpload(
                  it ->
                      it.bucket(bucket)
                          .key(key)
                          .uploadId(upload)
                          .multipartUpload(all -> all.parts(parts))
                          .overrideConfiguration(this::mayTakeLong)));
    } catch (IOException | RuntimeException | Error e) {
      forget(key, upload);
      throw e;
    }
  }

  private record Range(Content content, long from, long length) {}

  private CompletedPart putPart(String key, String upload, int number, Range range)
      throws IOException {
    String md5 = md5(range.content, range.from, range.length);
    RequestBody body = body(range.content, range.from, range.length);
    String tag =
        calls
            .run(
                client ->
                    client.uploadPart(
                        it ->
                            it.bucket(bucket)
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number)
                                .contentMD5(md5)
                                .overrideConfiguration(this::mayTakeLong),
                        body))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  /// Parts that were not joined would be kept, and paid for, until somebody removes them. Where
  /// this fails, too, a rule of the bucket does: docs/OPERATIONS.md.
  private void forget(String key, String upload) {
    boolean interrupted = Thread.interrupted();
    try {
      calls.run(
          client -> client.abortMultipartUpload(it -> it.bucket(bucket).key(key).uploadId(upload)));
    } catch (Fault e) {
      log.debug("parts of {} are left", key);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void mayTakeLong(AwsRequestOverrideConfiguration.Builder override) {
    Duration store = calls.settings().store();
    override
        .apiCallAttemptTimeout(store)
        .apiCallTimeout(store.multipliedBy(calls.settings().tries()));
  }

  private static RequestBody body(Content content, long from, long length) {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            return content.read(from, length);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        length,
        "application/octet-stream");
  }

  private static String md5(Content content, long from, long length) throws IOException {
    try (InputStream in = content.read(from, length)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] part = new byte[1 << 16];
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        digest.update(part, 0, read);
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
