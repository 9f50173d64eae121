package io.parley.blob;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Blobs as objects of an S3 bucket, whose keys are a prefix and the name.
///
/// What is stored goes with its MD5, so that S3 refuses what did not arrive whole; what is over 8
/// MiB goes in parts and is there once S3 has joined them.
public final class S3Blobs implements Blobs {
  private static final Logger log = LoggerFactory.getLogger(S3Blobs.class);

  private static final int FORBIDDEN = 403;
  private static final int FAILURES = 500;
  private static final int SIZES_MAX = 100_000;

  /// What a start stores to see that it can; for people who look into the bucket.
  private static final String MARKER = "parley.txt";

  /// A name that nothing has.
  private static final String NO_BLOB = "0".repeat(64) + ".none";

  private static final byte[] MARK =
      "Uploads of a Parley server. Their names are made from their bytes; do not change them.\n"
          .getBytes(StandardCharsets.UTF_8);

  private final S3Calls calls;
  private final S3Writing writing;
  private final String bucket;
  private final String prefix;

  /// Bytes by name: never wrong while the object is there, since they do not change.
  private final Cache<String, Long> sizes = Caffeine.newBuilder().maximumSize(SIZES_MAX).build();

  public S3Blobs(S3Settings settings) {
    calls = new S3Calls(settings);
    writing = new S3Writing(calls);
    bucket = settings.address().bucket();
    prefix = settings.address().prefix();
  }

  @Override
  public void put(String name, Content content) {
    Long there = calls.find(client -> head(client, key(name)));
    if (there != null && there == content.size()) {
      return;
    }
    try {
      writing.put(key(name), content);
    } catch (IOException e) {
      throw Incoming.failed(e);
    }
  }

  @Override
  public @Nullable Content find(String name) {
    if (!BlobNames.isName(name)) {
      return null;
    }
    Long size = sizes.getIfPresent(name);
    if (size == null) {
      calls.beginReading();
      try {
        size = calls.find(client -> head(client, key(name)));
      } finally {
        calls.endReading();
      }
      if (size == null) {
        return null;
      }
      sizes.put(name, size);
    }
    return new Stored(key(name), size);
  }

  /// An object, read as it is asked for.
  private final class Stored implements Content {
    private final String key;
    private final long size;

    Stored(String key, long size) {
      this.key = key;
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public InputStream read(long from, long length) {
      return length == 0 ? InputStream.nullInputStream() : new S3Reading(calls, key, from, length);
    }
  }

  private Long head(S3Client client, String key) {
    return client.headObject(it -> it.bucket(bucket).key(key)).contentLength();
  }

  @Override
  public @Nullable String link(String name, Shown shown) {
    Duration life = calls.settings().linkLife();
    if (life.isZero()) {
      return null;
    }
    return calls.presigned(
        presigner ->
            presigner
                .presignGetObject(
                    it ->
                        it.signatureDuration(life)
                            .getObjectRequest(
                                get ->
                                    get.bucket(bucket)
                                        .key(key(name))
                                        .responseContentType(shown.type())
                                        .responseContentDisposition(shown.disposition())
                                        .responseCacheControl(
                                            "private, max-age=31536000, immutable")))
                .url()
                .toString());
  }

  @Override
  public String linkOrigin() {
    String link = link(NO_BLOB, new Shown("image/png", "inline"));
    if (link == null) {
      return "";
    }
    URI address = URI.create(link);
    return address.getScheme() + "://" + address.getAuthority();
  }

  @Override
  public List<Listed> list(String after) {
    String from = prefix + after;
    while (true) {
      String start = from;
      ListObjectsV2Response page =
          calls.run(
              client ->
                  client.listObjectsV2(it -> it.bucket(bucket).prefix(prefix).startAfter(start)));
      List<Listed> blobs = new ArrayList<>();
      for (S3Object object : page.contents()) {
        from = object.key();
        String name = from.substring(prefix.length());
        if (BlobNames.isName(name)) {
          blobs.add(new Listed(name, object.size()));
        }
      }
      if (!blobs.isEmpty() || !Boolean.TRUE.equals(page.isTruncated())) {
        return blobs;
      }
    }
  }

  @Override
  public void delete(String name) {
    sizes.invalidate(name);
    calls.run(client -> client.deleteObject(it -> it.bucket(bucket).key(key(name))));
  }

  @Override
  public void check() {
    S3Address address = calls.settings().address();
    try {
      calls.requireCredentials();
    } catch (SdkException e) {
      throw new Refused(
          "there are no credentials: set media.s3_access_key and media.s3_secret_key, or give them"
              + " as Amazon's tools take them ("
              + e.getMessage()
              + ")");
    }
    try {
      S3Client client = calls.client();
      client.putObject(
          put -> put.bucket(bucket).key(prefix + MARKER).overrideConfiguration(this::once),
          RequestBody.fromBytes(MARK));
      head(client, prefix + MARKER);
      requireKnownAsMissing(client);
    } catch (S3Exception e) {
      if (e.statusCode() >= FAILURES) {
        log.error("{} fails; uploads are refused while it does: {}", address, e.getMessage());
      } else {
        throw new Refused(refusal(address, e));
      }
    } catch (SdkException e) {
      log.error(
          "{} does not answer; uploads are refused until it does: {}", address, e.getMessage());
    }
  }

  /// Without the right to list, S3 says "forbidden" of what is not there.
  private void requireKnownAsMissing(S3Client client) {
    try {
      head(client, key(NO_BLOB));
    } catch (S3Exception e) {
      if (e.statusCode() == FORBIDDEN) {
        throw new Refused(
            "the credentials may store in bucket "
                + bucket
                + " but not list it: they need s3:ListBucket, or what is not there cannot be told"
                + " from what is refused");
      }
      if (e.statusCode() != S3Calls.NOT_FOUND) {
        throw e;
      }
    }
  }

  private void once(AwsRequestOverrideConfiguration.Builder override) {
    override.apiCallTimeout(calls.settings().answer());
  }

  private static String refusal(S3Address address, S3Exception e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    String said = " (" + code + ", status " + e.statusCode() + ")";
    return switch (e.statusCode()) {
      case S3Calls.NOT_FOUND -> "there is no such bucket: " + address + said;
      case FORBIDDEN -> "the credentials are wrong, or may not store in " + address + said;
      default -> address + " refuses to store" + said;
    };
  }

  @Override
  public Map<String, LongSupplier> gauges() {
    return calls.gauges();
  }

  private String key(String name) {
    if (!BlobNames.isName(name)) {
      throw new IllegalArgumentException("no name of a blob: " + name);
    }
    return prefix + name;
  }

  @Override
  public void close() {
    calls.close();
  }
}
