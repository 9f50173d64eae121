package io.parley.face.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Cidr;
import io.parley.harness.TestServer;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who calls, behind proxies: told by those that are trusted, and by nobody else.
class ProxiesTest {
  private static final Proxies OURS =
      new Proxies(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8")));

  /// Whoever calls from 192.0.2.9 needs no token, which shows what address was believed.
  private static final String TRUSTED = "[{cidr: 192.0.2.9/32, rights: [mail]}]";

  @TempDir Path dir;

  @Test
  void forwarded_theLastAddressThatIsNoProxy_counts() {
    assertEquals("192.0.2.1", OURS.behind("10.0.0.1", List.of("6.6.6.6, 192.0.2.1")));
    assertEquals("192.0.2.1", OURS.behind("10.0.0.1", List.of("6.6.6.6", "192.0.2.1, 10.9.9.9")));
    assertEquals("192.0.2.1", OURS.behind("10.0.0.1", List.of("192.0.2.1:4711")));
    assertEquals("2001:db8:0:0:0:0:0:1", OURS.behind("fd00::1", List.of("[2001:db8::1]:443")));
    assertEquals("10.2.2.2", OURS.behind("10.0.0.1", List.of("10.2.2.2")));
  }

  @Test
  void forwarded_byAStranger_orMalformed_isIgnored() {
    assertEquals("192.0.2.7", OURS.behind("192.0.2.7", List.of("1.1.1.1")));
    assertEquals("10.0.0.1", OURS.behind("10.0.0.1", List.of("1.1.1.1, unknown")));
    assertEquals("10.0.0.1", OURS.behind("10.0.0.1", List.of("")));
    assertEquals("10.0.0.1", OURS.behind("10.0.0.1", List.of()));
    assertEquals("10.0.0.1", Proxies.NONE.behind("10.0.0.1", List.of("1.1.1.1")));
  }

  @Test
  void trustedProxy_saysWhoCalls_inHeadersAndBothVersionsOfTheProtocol() throws Exception {
    try (TestServer server = start("[127.0.0.0/8]")) {
      assertTrue(isKnown(server, new byte[0], "X-Forwarded-For: 6.6.6.6, 192.0.2.9\r\n"));
      assertTrue(isKnown(server, version1("192.0.2.9"), ""));
      assertTrue(isKnown(server, version2(192, 0, 2, 9), ""));
      assertTrue(!isKnown(server, version1("192.0.2.8"), ""));
      // Who is told of is no proxy, so what it says is not heard.
      assertTrue(!isKnown(server, version1("192.0.2.8"), "X-Forwarded-For: 192.0.2.9\r\n"));
      assertTrue(!isKnown(server, new byte[0], ""));
    }
  }

  @Test
  void trustedProxy_isHeardBeforeLiveSocketsToo() throws Exception {
    try (TestServer server = start("[127.0.0.0/8]")) {
      try (Socket socket = Wild.plain(server.port())) {
        Wild.send(socket, version2(192, 0, 2, 9));
        Wild.send(socket, Wild.bytes(upgrade("")));
        assertTrue(Wild.head(socket).startsWith("HTTP/1.1 101"));
      }
    }
  }

  private static String upgrade(String more) {
    return "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        + more
        + "\r\n";
  }

  @Test
  void stranger_isNotHeard() throws Exception {
    try (TestServer server = start("[]")) {
      assertTrue(!isKnown(server, new byte[0], "X-Forwarded-For: 192.0.2.9\r\n"));
      assertTrue(!isKnown(server, new byte[0], "X-Forwarded-For: nonsense;\r\n"));
      for (byte[] head : List.of(version1("192.0.2.9"), version2(192, 0, 2, 9))) {
        try (Socket socket = Wild.plain(server.port())) {
          Wild.send(socket, head);
          Wild.send(socket, Wild.bytes("GET /v1/ping HTTP/1.1\r\nHost: x\r\n\r\n"));
          String answer = Wild.head(socket);
          assertTrue(answer.startsWith("HTTP/1.1 400") || answer.isEmpty(), answer);
        }
      }
    }
  }

  private TestServer start(String proxies) {
    return TestServer.start(
        dir, Map.of("server.trusted_proxies", proxies, "security.trusted_peers", TRUSTED));
  }

  /// Whether a call is taken to come from the peer that needs no token.
  private static boolean isKnown(TestServer server, byte[] before, String header) throws Exception {
    try (Socket socket = Wild.plain(server.port())) {
      Wild.send(socket, before);
      Wild.send(socket, Wild.bytes("GET /v1/users/1 HTTP/1.1\r\nHost: x\r\n" + header + "\r\n"));
      String answer = Wild.head(socket);
      assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
      return !answer.startsWith("HTTP/1.1 401");
    }
  }

  private static byte[] version1(String source) {
    return Wild.bytes("PROXY TCP4 " + source + " 10.0.0.1 5000 80\r\n");
  }

  private static byte[] version2(int... source) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Wild.bytes("\r\n\r\n\0\r\nQUIT\n"));
    out.write(0x21);
    out.write(0x11);
    out.writeBytes(new byte[] {0, 12});
    for (int part : source) {
      out.write(part);
    }
    out.writeBytes(new byte[] {10, 0, 0, 1, 0x13, (byte) 0x88, 0, 80});
    return out.toByteArray();
  }
}
