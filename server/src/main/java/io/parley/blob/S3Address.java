package io.parley.blob;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where on S3 blobs are: `s3://bucket?endpoint=…&region=…&prefix=…&path_style=true`.
///
/// @param endpoint the server, if it is another than Amazon's
/// @param region `us-east-1` where none is named
/// @param prefix what all keys begin with: empty, or ends with a slash
/// @param pathStyle whether the bucket is named in the path, not in the host
public record S3Address(
    String bucket, @Nullable URI endpoint, String region, String prefix, boolean pathStyle) {
  private static final String SCHEME = "s3://";
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9._-]+/)*");
  private static final Pattern ENDPOINT = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+/?");
  private static final Set<String> KEYS = Set.of("endpoint", "region", "prefix", "path_style");

  /// @throws IllegalArgumentException saying what is wrong
  public static S3Address parse(String url) {
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException(
          "must be disk or s3://bucket?endpoint=…&region=…&prefix=…");
    }
    String[] parts = url.substring(SCHEME.length()).split("\\?", 2);
    String bucket =
        parts[0].endsWith("/") ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
    require(BUCKET.matcher(bucket).matches(), "\"" + bucket + "\" cannot be the name of a bucket");
    URI endpoint = null;
    String region = "us-east-1";
    String prefix = "";
    boolean pathStyle = false;
    String query = parts.length == 1 ? "" : parts[1];
    for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
      String[] sides = pair.split("=", 2);
      String value = sides.length == 1 ? "" : decoded(sides[1]);
      require(KEYS.contains(sides[0]), "unknown parameter " + sides[0] + "; there are " + KEYS);
      switch (sides[0]) {
        case "endpoint" -> {
          require(ENDPOINT.matcher(value).matches(), "endpoint must be http(s)://host:port");
          endpoint = URI.create(value);
        }
        case "region" -> {
          require(REGION.matcher(value).matches(), "\"" + value + "\" cannot be a region");
          region = value;
        }
        case "prefix" -> {
          prefix = value.isEmpty() || value.endsWith("/") ? value : value + "/";
          require(PREFIX.matcher(prefix).matches(), "prefix must be of A-Z a-z 0-9 . _ - and /");
        }
        default -> {
          require(
              value.equals("true") || value.equals("false"), "path_style must be true or false");
          pathStyle = value.equals("true");
        }
      }
    }
    return new S3Address(bucket, endpoint, region, prefix, pathStyle);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static void require(boolean holds, String text) {
    if (!holds) {
      throw new IllegalArgumentException(text);
    }
  }

  /// For people: the bucket, and where it is.
  @Override
  public String toString() {
    return SCHEME + bucket + '/' + prefix + (endpoint == null ? "" : " at " + endpoint);
  }
}
