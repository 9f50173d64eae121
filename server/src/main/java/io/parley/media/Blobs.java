package io.parley.media;

import io.parley.base.Disk;
import io.parley.base.Durable;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bytes on disk under names made from them, spread over 256 folders.
public final class Blobs {
  private static final Logger log = LoggerFactory.getLogger(Blobs.class);
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Path dir;
  private final Path incoming;
  private final Disk disk;

  /// What an earlier run left half received is removed. `disk`: the one that `dir` is on.
  public Blobs(Path dir, Disk disk) {
    this.dir = dir;
    this.disk = disk;
    this.incoming = dir.resolve("incoming");
    try {
      Durable.folder(incoming);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming)) {
        for (Path file : left) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Disk disk() {
    return disk;
  }

  /// An empty file to receive an upload into.
  ///
  /// @throws Fault UNAVAILABLE if there is too little room, or the disk fails
  Path receive() {
    disk.look();
    disk.requireRoom();
    try {
      return Files.createTempFile(incoming, "up", ".part");
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Stores a received file under `name`, durably; the file is gone afterwards.
  ///
  /// @throws Fault UNAVAILABLE if the disk fails
  void take(String name, Path received) {
    Path file = path(name);
    try {
      if (known(file)) {
        Files.delete(received);
        return;
      }
      Durable.folderOf(file);
      Durable.move(received, file);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Stores `bytes` under `name`, durably and at once; storing the same name again changes nothing.
  ///
  /// @throws Fault UNAVAILABLE if there is too little room, or the disk fails
  void put(String name, byte[] bytes) {
    Path file = path(name);
    try {
      if (known(file)) {
        return;
      }
      disk.look();
      disk.requireRoom();
      Durable.folderOf(file);
      Durable.write(file, bytes);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Whether it is there, durably: whoever is storing it at this moment may not have got so far.
  private static boolean known(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    Durable.syncFolderOf(file);
    return true;
  }

  /// What a caller is told of a disk that fails.
  Fault failed(IOException e) {
    log.error("an upload could not be stored", e);
    return Fault.retry(
        FaultCode.UNAVAILABLE, "the upload could not be stored now; try again", RETRY);
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
