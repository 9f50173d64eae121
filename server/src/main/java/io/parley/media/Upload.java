package io.parley.media;

import io.parley.base.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// One upload that is being received into a file. Closing it removes what was not stored.
public final class Upload implements AutoCloseable {
  private final Path file;
  private final Runnable release;
  private final Disk disk;
  private final long promised;
  private final AtomicBoolean closed = new AtomicBoolean();

  Upload(Path file, Runnable release, Disk disk, long promised) {
    this.file = file;
    this.release = release;
    this.disk = disk;
    this.promised = promised;
  }

  /// More of it is about to be written. Never blocks.
  ///
  /// @throws Fault UNAVAILABLE once too little disk is left
  public void requireRoom() {
    disk.requireRoom();
  }

  /// Bytes of the account's quota that are kept for it; 0 where none are before it is stored.
  long promised() {
    return promised;
  }

  /// Where to write the bytes.
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    release.run();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
