package io.parley;

import io.parley.base.Durable;
import io.parley.base.Entropy;
import io.parley.config.Config;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The folder that holds everything a server must not lose: records, pictures, keys. One process at
/// a time may own it.
public final class DataDir implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_DIR =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");

  /// Another process, or another part of this one, has the folder.
  public static final class InUse extends Config.Invalid {
    private static final long serialVersionUID = 1;

    private InUse(String text) {
      super(text);
    }
  }

  private final Path path;
  private final FileChannel lockFile;

  private final Map<String, byte[]> secrets = new TreeMap<>();

  private DataDir(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /// Creates the folder if need be and takes it.
  ///
  /// @throws Config.Invalid if another process has it or it cannot be written
  public static DataDir open(Path path) {
    try {
      if (!Files.exists(path)) {
        Durable.folder(path);
        Files.setPosixFilePermissions(path, OWNER_DIR);
      }
      FileChannel file =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(file) == null) {
        file.close();
        throw new InUse("data.dir " + path + " is in use by another Parley");
      }
      return new DataDir(path, file);
    } catch (IOException e) {
      throw new Config.Invalid("data.dir " + path + " cannot be used: " + e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // Held by this very process.
    }
  }

  public Path path() {
    return path;
  }

  /// A secret of 32 bytes that is made at first use and kept in `keys/`, readable by its owner
  /// only.
  public byte[] secret(String name, Entropy entropy) {
    Path file = path.resolve("keys").resolve(name);
    try {
      if (!Files.exists(file)) {
        Durable.folderOf(file);
        Files.setPosixFilePermissions(file.getParent(), OWNER_DIR);
        Durable.write(file, entropy.bytes(32), PosixFilePermissions.asFileAttribute(OWNER_FILE));
      }
      byte[] secret = Files.readAllBytes(file);
      if (secret.length != 32) {
        throw new Config.Invalid(file + " must hold 32 bytes");
      }
      secrets.put(name, secret);
      return secret;
    } catch (IOException e) {
      throw new Config.Invalid("cannot read or make " + file + ": " + e);
    }
  }

  /// The secrets that were asked for until now, by name.
  Map<String, byte[]> secrets() {
    return Map.copyOf(secrets);
  }

  /// A secret of the folder `path` that another process may have; null where it was not made yet.
  public static byte @Nullable [] existingSecret(Path path, String name) {
    Path file = path.resolve("keys").resolve(name);
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : null;
    } catch (IOException e) {
      throw new Config.Invalid("cannot read " + file + ": " + e);
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      // The operating system releases the lock with the process.
    }
  }
}
