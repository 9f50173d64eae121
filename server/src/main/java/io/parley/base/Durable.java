package io.parley.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;

/// Files that are whole after a power cut once these methods have returned. That takes two syncs: a
/// file's content, and the folder that its name stands in; a rename alone is only in memory.
public final class Durable {
  private Durable() {}

  /// Makes a folder, and those above it that are missing.
  public static void folder(Path folder, FileAttribute<?>... attributes) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      folder(parent);
    }
    try {
      Files.createDirectory(folder, attributes);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      // Somebody else was first, and may not have synced it yet.
    }
    if (parent != null) {
      sync(parent);
    }
  }

  /// Writes a file in one step: it has all of `bytes`, or its name is not there. A file of that
  /// name is replaced.
  ///
  /// @param attributes of the file, from its first byte on
  public static void write(Path file, byte[] bytes, FileAttribute<?>... attributes)
      throws IOException {
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "new", ".tmp", attributes);
    try {
      try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          out.write(left);
        }
      }
      move(fresh, file);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// Gives a file that is written its name: with all its content, or not at all. A file of that
  /// name is replaced.
  public static void move(Path from, Path to) throws IOException {
    sync(from);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncFolderOf(to);
  }

  /// Waits until the folder that a file's name stands in is on disk.
  public static void syncFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      sync(folder);
    }
  }

  /// Makes the folder that a file is to stand in.
  public static void folderOf(Path file, FileAttribute<?>... attributes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      folder(folder, attributes);
    }
  }

  /// Waits until a file's content, or a folder's names, are on disk.
  public static void sync(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    try (FileChannel channel =
        FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
