package io.parley.bench.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The command, as people use it: the smallest cluster there is.
class ClusterTest {
  private static final Path LAUNCHER = Path.of("..", "parley").toAbsolutePath().normalize();
  private static final long SECONDS_MAX = 180;

  /// What a command said and how it ended.
  private record Said(int code, String out) {}

  @Test
  void cluster_comesUp_isHealed_andGoesDown() throws Exception {
    // PostgreSQL of root's clusters is another user's, who cannot come into a folder of root's.
    Path parent = Files.createTempDirectory("parley-cluster-test-");
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
    Path dir = parent.resolve("cluster");
    try {
      Said up =
          parley("up", "--nodes", "1", "--no-standby", "--no-bus", "--no-s3", "--dir", dir + "");
      assertEquals(0, up.code(), up.out());
      Map<String, Long> before = pids(up.out());
      assertEquals(
          List.of("balancer", "node-1", "postgres-a"), before.keySet().stream().sorted().toList());

      assertEquals(0, parley("status", "--dir", dir + "").code());
      ProcessHandle node = ProcessHandle.of(before.getOrDefault("node-1", 0L)).orElseThrow();
      assertTrue(node.destroyForcibly());
      node.onExit().get(SECONDS_MAX, TimeUnit.SECONDS);
      Said broken = parley("status", "--dir", dir + "");
      assertEquals(1, broken.code(), broken.out());
      assertTrue(broken.out().contains("not running"), broken.out());

      Said again = parley("up", "--dir", dir + "");
      assertEquals(0, again.code(), again.out());
      Map<String, Long> after = pids(again.out());
      assertEquals(before.get("postgres-a"), after.get("postgres-a"));
      assertNotEquals(before.get("node-1"), after.get("node-1"));

      Said down = parley("down", "--delete", "--dir", dir + "");
      assertEquals(0, down.code(), down.out());
      assertFalse(Files.exists(dir));
      for (Map.Entry<String, Long> part : after.entrySet()) {
        assertFalse(
            ProcessHandle.of(part.getValue()).map(Processes::runs).orElse(false),
            part.getKey() + " still runs");
      }
    } finally {
      var unused = parley("down", "--delete", "--dir", dir + "");
      Folders.delete(parent);
    }
  }

  /// The process numbers of the table.
  private static Map<String, Long> pids(String out) {
    Map<String, Long> pids = new HashMap<>();
    out.lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| what"))
        .map(line -> line.split("\\|", -1))
        .forEach(cells -> pids.put(cells[1].strip(), Long.parseLong(cells[2].strip())));
    return pids;
  }

  private static Said parley(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "cluster"));
    command.addAll(List.of(words));
    Path out = Files.createTempFile("parley-cluster-", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
      Process process = builder.start();
      assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), "not done: " + command);
      return new Said(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
    }
  }
}
