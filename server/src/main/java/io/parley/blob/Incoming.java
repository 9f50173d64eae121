package io.parley.blob;

import io.parley.base.Disk;
import io.parley.base.Durable;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where uploads are received: files on the local disk, in a folder of this process's own beside
/// those of others.
///
/// Beside each folder lies a file that its process holds a lock on while it lives. Folders whose
/// lock can be had are of processes that have ended: they are removed, and no others. A lock file
/// is there before its folder and goes after it.
public final class Incoming implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Incoming.class);
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final String LOCK = ".lock";

  /// What versions before this one left half received, in the common folder.
  private static final String LEFT = "up*.part";

  /// Locks of this process. To open and close such a file anew would give its lock up.
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path lock;
  private final FileChannel held;
  private final Disk disk;

  private Incoming(Path folder, Path lock, FileChannel held, Disk disk) {
    this.folder = folder;
    this.lock = lock;
    this.held = held;
    this.disk = disk;
  }

  /// Makes a folder of its own below `dir` and removes those of processes that have ended.
  ///
  /// @param disk the one that `dir` is on
  public static synchronized Incoming open(Path dir, Disk disk) {
    try {
      Durable.folder(dir);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(dir, LEFT)) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
      try (DirectoryStream<Path> locks =
          Files.newDirectoryStream(dir.toAbsolutePath(), "*" + LOCK)) {
        for (Path each : locks) {
          removeIfLeft(each);
        }
      }
      while (true) {
        Incoming own = make(dir, disk);
        if (own != null) {
          return own;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Null if another process took the new lock for one that was left, and has removed it.
  private static @Nullable Incoming make(Path dir, Disk disk) throws IOException {
    Path lock = Files.createTempFile(dir, "process", LOCK).toAbsolutePath();
    OWN.add(lock);
    FileChannel channel = null;
    try {
      channel = FileChannel.open(lock, StandardOpenOption.WRITE);
      if (channel.tryLock() != null && Files.exists(lock)) {
        Path folder = folderOf(lock);
        Files.createDirectory(folder);
        return new Incoming(folder, lock, channel, disk);
      }
    } catch (NoSuchFileException e) {
      // Removed before it could be opened.
    }
    OWN.remove(lock);
    if (channel != null) {
      channel.close();
    }
    return null;
  }

  private static void removeIfLeft(Path lock) throws IOException {
    if (OWN.contains(lock)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null) {
        remove(folderOf(lock), lock);
      }
    } catch (NoSuchFileException e) {
      // Another process is removing it.
    }
  }

  private static void remove(Path folder, Path lock) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    }
    Files.deleteIfExists(lock);
  }

  private static Path folderOf(Path lock) {
    String name = lock.getFileName().toString();
    return lock.resolveSibling(name.substring(0, name.length() - LOCK.length()));
  }

  /// The disk that files are received on.
  public Disk disk() {
    return disk;
  }

  /// A new file, empty, for somebody to write to and to remove.
  ///
  /// @throws Fault UNAVAILABLE if there is too little room, or the disk fails
  public Path receive() {
    disk.look();
    disk.requireRoom();
    try {
      return Files.createTempFile(folder, "up", ".part");
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// What a caller is told of a disk that fails.
  public static Fault failed(IOException e) {
    log.error("an upload could not be stored", e);
    return Fault.retry(
        FaultCode.UNAVAILABLE, "the upload could not be stored now; try again", RETRY);
  }

  /// Removes its folder, with what is in it.
  @Override
  public void close() {
    try {
      remove(folder, lock);
      held.close();
      OWN.remove(lock);
    } catch (IOException e) {
      log.warn("the next start removes what is left in {}", folder, e);
    }
  }
}
