package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files as they are while the power stays on; the crash tests cut it.
class DurableTest {
  @TempDir Path dir;

  @Test
  void write_replacesTheWholeFile_andLeavesNothingBeside() throws IOException {
    Path file = dir.resolve("key");
    Durable.write(file, new byte[100_000]);
    assertEquals(100_000, Files.size(file));
    byte[] other = {1, 2, 3};
    Durable.write(
        file,
        other,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    assertArrayEquals(other, Files.readAllBytes(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(List.of(file), listed());
  }

  @Test
  void writeThatFails_leavesNothing() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("taken"));
    Files.createFile(folder.resolve("child"));
    assertThrows(IOException.class, () -> Durable.write(folder, new byte[1]));
    assertEquals(List.of(folder), listed());
  }

  @Test
  void move_givesTheNameOver() throws IOException {
    Path from = Files.writeString(dir.resolve("from"), "new");
    Path to = Files.writeString(dir.resolve("to"), "old");
    Durable.move(from, to);
    assertEquals("new", Files.readString(to));
    assertFalse(Files.exists(from));
  }

  @Test
  void folder_makesThoseAbove_andTakesOneThatIsThere() throws IOException {
    Path deep = dir.resolve("a/b/c");
    Durable.folder(deep);
    Durable.folder(deep);
    assertTrue(Files.isDirectory(deep));
    Durable.folderOf(dir.resolve("x/y/file"));
    assertTrue(Files.isDirectory(dir.resolve("x/y")));
    assertFalse(Files.exists(dir.resolve("x/y/file")));
  }

  @Test
  void sync_ofWhatIsNotThere_saysSo() {
    assertThrows(NoSuchFileException.class, () -> Durable.sync(dir.resolve("nowhere")));
    assertThrows(
        NoSuchFileException.class, () -> Durable.syncFolderOf(dir.resolve("nowhere/file")));
  }

  private List<Path> listed() throws IOException {
    try (var all = Files.list(dir)) {
      return all.toList();
    }
  }
}
