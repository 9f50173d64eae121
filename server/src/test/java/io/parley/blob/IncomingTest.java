package io.parley.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Disk;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whose half received files are removed, and whose are not.
@Timeout(60)
class IncomingTest {
  @TempDir Path dir;

  /// Receives into the folder that is named, says where, and lives until its input ends.
  static final class Other {
    private Other() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      System.out.println(Incoming.open(folder, new Disk(folder, 0)).receive());
      System.out.flush();
      var unused = System.in.read();
      Runtime.getRuntime().halt(1);
    }
  }

  @Test
  void filesOfAProcessThatLives_stay_andGoOnceItWasKilled() throws Exception {
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = other.inputReader()) {
      Path received = Path.of(String.valueOf(said.readLine()));
      assertTrue(Files.exists(received));
      for (int i = 0; i < 3; i++) {
        open().close();
        assertTrue(Files.exists(received), "it was another process's");
      }
      other.destroyForcibly().waitFor();
      open().close();
      assertFalse(Files.exists(received));
      assertEquals(0, left());
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void filesOfThisProcess_stay_whoeverElseOpensTheFolder() throws Exception {
    try (Incoming first = open()) {
      Path received = first.receive();
      open().close();
      try (Incoming second = open()) {
        second.receive();
      }
      assertTrue(Files.exists(received));
    }
    assertEquals(0, left());
  }

  @Test
  void manyThatOpenAtOnce_haveFoldersOfTheirOwn() throws Exception {
    List<Callable<Incoming>> opens = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      opens.add(this::open);
    }
    List<Incoming> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Incoming> opened : threads.invokeAll(opens)) {
        all.add(opened.get());
      }
    }
    List<Path> files = all.stream().map(Incoming::receive).toList();
    files.forEach(file -> assertTrue(Files.exists(file)));
    assertEquals(50, files.stream().map(Path::getParent).distinct().count());
    all.forEach(Incoming::close);
    assertEquals(0, left());
  }

  @Test
  void whatAnEarlierVersionLeft_isRemoved() throws Exception {
    Files.writeString(dir.resolve("up123.part"), "half");
    open().close();
    assertEquals(0, left());
  }

  private Incoming open() {
    return Incoming.open(dir, new Disk(dir, 0));
  }

  private long left() throws Exception {
    try (Stream<Path> files = Files.list(dir)) {
      return files.count();
    }
  }
}
