package io.parley.bench.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {
  @TempDir private Path dir = Path.of("");

  @Test
  void layout_hasAPortOfItsOwnForEveryPart() {
    Layout layout = layout(3, true);
    assertEquals(3 * 2 + 2 + 1 + 1 + 1, layout.ports().size());
    assertEquals(layout.ports().size(), new HashSet<>(layout.ports().values()).size());
  }

  @Test
  void layout_withoutAPart_hasNoPortForIt() {
    Layout layout = layout(1, false);
    assertEquals(List.of(Layout.POSTGRES_A), layout.databases());
    assertThrows(IllegalArgumentException.class, () -> layout.port(Layout.POSTGRES_B));
    assertThrows(IllegalArgumentException.class, () -> layout.port(Layout.BUS));
  }

  @Test
  void layout_ofNoNodes_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> layout(0, true));
  }

  @Test
  void layout_doesNotShowItsSecret() {
    Layout layout = layout(1, true);
    assertFalse(layout.toString().contains(layout.secret()));
  }

  @Test
  void state_isReadAsItWasWritten() {
    State state = State.begin(dir, layout(2, true));
    state.primary(Layout.POSTGRES_B);
    state.started("node-1", new State.Started(123, 1_790_000_000_123L));
    state.started("node-2", new State.Started(124, 1_790_000_000_456L));
    state.stopped("node-1");
    State read = State.find(dir);
    assertNotNull(read);
    assertEquals(state.layout(), read.layout());
    assertEquals(Layout.POSTGRES_B, read.primary());
    assertNull(read.started("node-1"));
    assertEquals(new State.Started(124, 1_790_000_000_456L), read.started("node-2"));
  }

  @Test
  void state_isForItsOwnerOnly() throws IOException {
    State.begin(dir, layout(1, true));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("cluster.json"))));
  }

  @Test
  void folderWithoutACluster_hasNoState() {
    assertNull(State.find(dir));
  }

  @Test
  void stateThatWasCutOff_isSaid() throws IOException {
    Files.writeString(dir.resolve("cluster.json"), "{\"nodes\": 3, \"por");
    IllegalStateException said = assertThrows(IllegalStateException.class, () -> State.find(dir));
    assertTrue(String.valueOf(said.getMessage()).contains("cluster.json"));
  }

  @Test
  void strays_areTheProcessesOfThisFolderOnly() {
    Path mine = Path.of("/srv/cluster");
    String list =
        """
            10 /usr/lib/postgresql/17/bin/postgres -D /srv/cluster/postgres-a -p 4000
            11 postgres: checkpointer
            12 redis-server /srv/cluster/bus/bus.conf
            13 java -cp x io.parley.command.Main serve --config c --data /srv/cluster/node-1/data
            14 java -cp x io.parley.bench.cluster.ClusterCommand part s3 --dir /srv/cluster
            15 java -cp x io.parley.bench.cluster.ClusterCommand part s3 --dir /srv/cluster-2
            16 postgres -D /srv/cluster2/postgres-a -p 4001
            17 vi /srv/cluster/cluster.json
            18 java -cp x io.parley.bench.cluster.ClusterCommand part balancer --dir /srv/cluster
        """;
    assertEquals(List.of(10L, 12L, 13L, 14L), Strays.in(list, mine, 18));
  }

  @Test
  void postgres_isTakenInItsNewestVersion_andNoneThatIsTooOld() throws IOException {
    for (String version : List.of("9.6", "13", "15", "17", "postgresql@16")) {
      Files.createDirectories(dir.resolve(version).resolve("bin"));
    }
    assertEquals(
        List.of(dir.resolve("17/bin"), dir.resolve("postgresql@16/bin"), dir.resolve("15/bin")),
        Programs.postgresFolders(List.of(dir.toString(), dir + "/missing")));
  }

  @Test
  void missingPrograms_areNamedWithWhatInstallsThem() {
    Programs none = new Programs(List.of(dir), List.of());
    IllegalStateException said =
        assertThrows(IllegalStateException.class, () -> none.require(layout(1, true)));
    String text = String.valueOf(said.getMessage());
    assertTrue(text.contains("apt-get install postgresql"), text);
    assertTrue(text.contains("--no-bus"), text);
  }

  private static Layout layout(int nodes, boolean all) {
    return Layout.of(
        new Layout.Wish(nodes, all, all, all, List.of("limits.write_batch_max=64"), 0));
  }
}
