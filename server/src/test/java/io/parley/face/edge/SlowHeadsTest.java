package io.parley.face.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestServer;
import io.parley.harness.TestTls;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Peers that do not get to the end of what they ask for, and too many of them.
class SlowHeadsTest {
  private static final int QUIET_MS = 20_000;
  private static final String PING = "GET /v1/ping HTTP/1.1\r\nHost: x\r\n\r\n";

  @TempDir Path dir;

  private TestServer start(String... keys) throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("limits.head_deadline_s", "1"));
    for (int i = 0; i < keys.length; i += 2) {
      all.put(keys[i], keys[i + 1]);
    }
    return TestServer.start(dir.resolve("data"), all);
  }

  private static void requireEnded(Socket socket) throws IOException {
    try (socket) {
      assertFalse(Wild.read(socket, QUIET_MS).endsWith("(open)"));
    }
  }

  @Test
  void head_thatTrickles_isCut_onBothPorts() throws Exception {
    try (TestServer server = start()) {
      int management = URI.create(server.managementUrl()).getPort();
      for (int port : new int[] {server.port(), management}) {
        Socket silent = Wild.plain(port);
        Socket half = Wild.plain(port);
        Wild.send(half, Wild.bytes("POST /v1/users HTTP/1.1\r\nHost: x\r\nX-"));
        Socket preface = Wild.plain(port);
        Wild.send(preface, Wild.bytes("PRI * HT"));
        requireEnded(silent);
        requireEnded(half);
        requireEnded(preface);
      }
    }
  }

  @Test
  void secondHead_thatTrickles_isCut_butIdlingIsNot() throws Exception {
    try (TestServer server = start();
        Socket idle = Wild.plain(server.port())) {
      Socket slow = Wild.plain(server.port());
      for (Socket socket : List.of(idle, slow)) {
        Wild.send(socket, Wild.bytes(PING));
        assertTrue(Wild.head(socket).startsWith("HTTP/1.1 200"));
      }
      assertTrue(Wild.read(idle, 100).endsWith("(open)"));
      Wild.send(slow, Wild.bytes("GET /v1/pi"));
      requireEnded(slow); // Later than the idle one would have been cut, if it were.
      Wild.send(idle, Wild.bytes(PING));
      idle.setSoTimeout(QUIET_MS);
      assertTrue(Wild.head(idle).startsWith("HTTP/1.1 200"));
    }
  }

  @Test
  void headOfAnHttp2Stream_thatTrickles_isCut() throws Exception {
    try (TestServer server = start()) {
      byte[] ping = Wild.headers(Wild.request("GET", "/v1/ping"));
      int whole = Wild.END_STREAM | Wild.END_HEADERS;
      Socket socket = Wild.plain(server.port());
      Wild.send(socket, Wild.preface());
      Wild.send(socket, Wild.frame(Wild.HEADERS, whole, 1, ping));
      assertTrue(Wild.read(socket, 300).endsWith("(open)"));
      // No END_HEADERS, and no continuation.
      Wild.send(socket, Wild.frame(Wild.HEADERS, Wild.END_STREAM, 3, ping));
      requireEnded(socket);
    }
  }

  @Test
  void tlsHandshake_thatTrickles_isCut() throws Exception {
    Map<String, String> keys = new HashMap<>(Certificate.keys(dir));
    keys.put("limits.head_deadline_s", "1");
    try (TestServer server = TestServer.start(dir.resolve("data"), keys)) {
      Socket silent = Wild.plain(server.port());
      Socket hello = Wild.plain(server.port());
      Wild.send(hello, new byte[] {22, 3, 1, 2});
      Socket shaken = TestTls.connect(server.port(), "http/1.1");
      requireEnded(silent);
      requireEnded(hello);
      requireEnded(shaken);
    }
  }

  @Test
  void tls_answersSayHsts() throws Exception {
    try (TestServer server = TestServer.start(dir.resolve("data"), Certificate.keys(dir));
        Socket socket = TestTls.connect(server.port(), "http/1.1")) {
      Wild.send(socket, Wild.bytes(PING));
      String answer = Wild.head(socket);
      assertTrue(answer.contains("strict-transport-security: max-age=31536000"), answer);
    }
  }

  @Test
  void slowHeads_asManyAsConnections_keepNobodyOut() throws Exception {
    try (TestServer server =
        start("limits.connections_max", "50", "limits.head_deadline_s", "60")) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        Socket socket = Wild.plain(server.port());
        Wild.send(socket, Wild.bytes("POST /v1/users HTTP/1.1\r\nX-"));
        slow.add(socket);
      }
      List<Socket> kept = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Socket good = Wild.plain(server.port());
        kept.add(good);
        Wild.send(good, Wild.bytes(PING));
        assertTrue(Wild.head(good).startsWith("HTTP/1.1 200"));
      }
      int management = URI.create(server.managementUrl()).getPort();
      try (Socket health = Wild.plain(management)) {
        Wild.send(health, Wild.bytes("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertTrue(Wild.head(health).startsWith("HTTP/1.1 200"));
      }
      // Whoever asked for something stays, so of the others no more than there is room for.
      List<Socket> left = new ArrayList<>(slow);
      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () -> {
            while (left.size() > 30) {
              left.removeIf(socket -> !Wild.read(socket, 10).endsWith("(open)"));
            }
          });
      assertTrue(Wild.read(kept.getFirst(), 100).endsWith("(open)"));
      slow.addAll(kept);
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void connectionsOfOneAddress_haveALimit_loopbackApart() throws Exception {
    try (TestServer server =
        start("limits.connections_per_address_max", "3", "server.trusted_proxies", "[127.0.0.1]")) {
      List<Socket> open = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        for (String from : List.of("192.0.2.1", "192.0.2.2", "127.0.0.1")) {
          Socket socket = Wild.plain(server.port());
          open.add(socket);
          Wild.send(socket, Wild.bytes("PROXY TCP4 " + from + " 10.0.0.1 5000 80\r\n" + PING));
          String answer = Wild.head(socket);
          boolean over = i == 3 && from.startsWith("192");
          assertEquals(!over, answer.startsWith("HTTP/1.1 200"), from + ": " + answer);
        }
      }
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
