package io.parley.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.command.Main;
import io.parley.harness.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is not used costs no start anything.
class NotLoadedTest {
  @TempDir Path dir;

  @Test
  void whereUploadsAreOnDisk_noClassOfTheClientOfS3IsLoaded() throws Exception {
    Path loaded = dir.resolve("loaded");
    Program.run(
        dir,
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xlog:class+load:file=" + loaded,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--exit-after",
            "1",
            "--data",
            dir.resolve("data").toString(),
            "--set",
            "server.port=0",
            "--set",
            "server.management_port=0",
            "--set",
            "security.argon2.memory_kib=64"));
    List<String> classes = Files.readAllLines(loaded);
    assertTrue(classes.stream().anyMatch(line -> line.contains("io.parley.blob.DiskBlobs")));
    assertEquals(
        List.of(), classes.stream().filter(line -> line.contains("software.amazon")).toList());
  }
}
