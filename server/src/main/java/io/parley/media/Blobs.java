package io.parley.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Bytes on disk under names made from them, spread over 256 folders.
public final class Blobs {
  private final Path dir;
  private final Path incoming;

  /// What an earlier run left half received is removed.
  public Blobs(Path dir) {
    this.dir = dir;
    this.incoming = dir.resolve("incoming");
    try {
      Files.createDirectories(incoming);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming)) {
        for (Path file : left) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An empty file to receive an upload into.
  Path receive() {
    try {
      return Files.createTempFile(incoming, "up", ".part");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stores a received file under `name`, durably; the file is gone afterwards.
  void take(String name, Path received) {
    Path file = path(name);
    try {
      if (Files.exists(file)) {
        Files.delete(received);
        return;
      }
      Files.createDirectories(file.getParent());
      try (FileChannel out = FileChannel.open(received, StandardOpenOption.WRITE)) {
        out.force(true);
      }
      Files.move(received, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stores `bytes` under `name`, durably and at once; storing the same name again changes nothing.
  void put(String name, byte[] bytes) {
    Path file = path(name);
    if (Files.exists(file)) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Path temporary = Files.createTempFile(file.getParent(), "up", ".tmp");
      try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          out.write(left);
        }
        out.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file of a name that was stored; null for any other text, whatever it looks like.
  public @Nullable Path find(String name) {
    if (!UploadAddress.isName(name)) {
      return null;
    }
    Path file = path(name);
    return Files.isRegularFile(file) ? file : null;
  }

  private Path path(String name) {
    return dir.resolve(name.substring(0, 2)).resolve(name);
  }
}
