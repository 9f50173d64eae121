package io.parley.harness;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.parley.base.Disk;
import io.parley.base.Limits;
import io.parley.blob.BlobNames;
import io.parley.blob.DiskBlobs;
import io.parley.blob.Incoming;
import io.parley.media.Media;
import io.parley.platform.Platform;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// Uploads for a service that is tested alone.
public final class TestUploads {
  private static final Supplier<TestS3> S3 = Suppliers.memoize(TestS3::new);

  private TestUploads() {}

  /// On disk, in `dir`.
  public static Media in(Path dir, Platform platform, Limits limits) {
    Incoming incoming = Incoming.open(dir.resolve("incoming"), new Disk(dir, 0));
    return new Media(
        platform,
        incoming,
        new DiskBlobs(dir, incoming),
        new BlobNames(new byte[32]),
        "http://127.0.0.1",
        limits);
  }

  /// The keys that say where the uploads of a server on `dir` are, unless its test says it: on
  /// disk, or, where `-Dparley.test.uploads.s3=true` is given, in this process on a server of the
  /// S3 protocol.
  static Map<String, String> keys(Path dir) {
    return Boolean.getBoolean("parley.test.uploads.s3")
        ? TestS3.keys(S3.get().url(Integer.toHexString(dir.hashCode())))
        : Map.of();
  }

  /// How many uploads are being received by servers on the data folder `dir`, or were left.
  public static long received(Path dir) throws IOException {
    long files = 0;
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(dir.resolve("media/incoming"), Files::isDirectory)) {
      for (Path folder : folders) {
        try (Stream<Path> parts = Files.list(folder)) {
          files += parts.count();
        }
      }
    }
    return files;
  }

  /// How many bytes those have brought.
  public static long bytesReceived(Path dir) {
    try (Stream<Path> files = Files.walk(dir.resolve("media/incoming"))) {
      return files
          .map(Path::toFile)
          .filter(file -> file.getName().endsWith(".part"))
          .mapToLong(File::length)
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // One of them has gone meanwhile.
    }
  }

  /// How many files there are in the data folder `dir` for uploads, stored or half received.
  public static long files(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve("media"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".lock"))
          .count();
    }
  }
}
