package io.parley.blob;

import io.parley.base.Disk;
import io.parley.base.Durable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Blobs in files of the local disk, spread over 256 folders by the first two digits of their
/// names.
public final class DiskBlobs implements Blobs {
  private static final int PAGE = 1000;
  private static final String FOLDER = "[0-9a-f][0-9a-f]";

  private final Path dir;
  private final Incoming incoming;

  /// @param incoming on the same disk as `dir`
  public DiskBlobs(Path dir, Incoming incoming) {
    this.dir = dir;
    this.incoming = incoming;
  }

  @Override
  public void put(String name, Content content) {
    Path file = path(name);
    try {
      if (known(file)) {
        return;
      }
      Path part = incoming.receive();
      try {
        try (InputStream in = content.read()) {
          Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Durable.folderOf(file);
        Durable.move(part, file);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw Incoming.failed(e);
    }
  }

  @Override
  public void take(String name, Path received) {
    Path file = path(name);
    try {
      if (known(file)) {
        Files.delete(received);
        return;
      }
      Durable.folderOf(file);
      Durable.move(received, file);
    } catch (IOException e) {
      throw Incoming.failed(e);
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

  @Override
  public @Nullable Content find(String name) {
    if (!BlobNames.isName(name)) {
      return null;
    }
    Path file = path(name);
    try {
      return Files.isRegularFile(file) ? Content.of(file) : null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw Incoming.failed(e);
    }
  }

  @Override
  public List<Listed> list(String after) {
    List<Listed> page = new ArrayList<>();
    try {
      for (Path folder : folders()) {
        String prefix = folder.getFileName().toString();
        if (prefix.compareTo(after) < 0 && !after.startsWith(prefix)) {
          continue;
        }
        for (String name : names(folder)) {
          if (name.compareTo(after) > 0) {
            page.add(new Listed(name, Files.size(folder.resolve(name))));
          }
          if (page.size() == PAGE) {
            return page;
          }
        }
      }
      return page;
    } catch (IOException e) {
      throw Incoming.failed(e);
    }
  }

  private List<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(dir, FOLDER)) {
      all.forEach(folders::add);
    }
    folders.sort(null);
    return folders;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(BlobNames::isName)
          .sorted()
          .toList();
    }
  }

  @Override
  public void delete(String name) {
    Path file = path(name);
    try {
      if (Files.deleteIfExists(file)) {
        Durable.syncFolderOf(file);
      }
    } catch (IOException e) {
      throw Incoming.failed(e);
    }
  }

  /// A disk says when a file is written, as [Disk] does of its room.
  @Override
  public void check() {}

  /// As far as is known here: the folder may be one that others have as well.
  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public void close() {}

  private Path path(String name) {
    if (!BlobNames.isName(name)) {
      throw new IllegalArgumentException("no name of a blob: " + name);
    }
    return dir.resolve(name.substring(0, 2)).resolve(name);
  }
}
