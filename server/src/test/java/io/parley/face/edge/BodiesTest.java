package io.parley.face.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.TestServer;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of whom, before it is known who it is, and how much of it at a time.
class BodiesTest {
  @TempDir Path dir;

  @Test
  void budget_isShared_andGivenBack() {
    Bodies bodies = new Bodies(100_000, true);
    Bodies.Held one = bodies.open(() -> "a");
    Bodies.Held two = bodies.open(() -> "a");
    one.take(4_000);
    one.take(16_000);
    two.take(5_000);
    assertEquals(
        FaultCode.BUSY, assertThrows(Fault.class, () -> bodies.open(() -> "a").take(4_097)).code());
    Bodies.Held other = bodies.open(() -> "b");
    other.take(25_000);
    bodies.open(() -> "c").take(25_000);
    bodies.open(() -> "d").take(15_000);
    assertThrows(Fault.class, () -> bodies.open(() -> "e").take(6_000));
    other.release();
    bodies.open(() -> "e").take(6_000);
  }

  @Test
  void budget_ofSmallRequests_isNobodysShare() {
    Bodies bodies = new Bodies(100_000, true);
    for (int i = 0; i < 20; i++) {
      bodies.open(() -> "a").take(4_096);
    }
    assertEquals(20 * 4_096, bodies.taken());
  }

  @Test
  void budget_ofARequestThatWasRefused_isWholeAgain() {
    Bodies bodies = new Bodies(100_000, true);
    Bodies.Held held = bodies.open(() -> "a");
    held.take(20_000);
    assertThrows(Fault.class, () -> held.take(10_000));
    held.release();
    held.take(50_000);
    assertEquals(0, bodies.taken());
    bodies.open(() -> "a").take(25_000);
  }

  @Test
  void body_withoutALiveToken_isAnsweredFromItsHead() throws Exception {
    try (TestServer server = TestServer.start(dir)) {
      for (String token : new String[] {"", "Authorization: Bearer nonsense\r\n"}) {
        try (Socket socket = Wild.plain(server.port())) {
          Wild.send(
              socket,
              Wild.bytes(
                  "POST /v1/groups HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + token
                      + "Content-Length: 1000000\r\n\r\n{"));
          assertTrue(Wild.head(socket).startsWith("HTTP/1.1 401"));
        }
      }
    }
  }

  @Test
  void body_ofAMethodThatNeedsNoToken_isShort() throws Exception {
    try (TestServer server = TestServer.start(dir)) {
      for (String path : new String[] {"/v1/users", "/v1/login", "/login", "/android/login/"}) {
        try (Socket socket = Wild.plain(server.port())) {
          Wild.send(
              socket,
              Wild.bytes(
                  "POST "
                      + path
                      + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 70000\r\n\r\n"
                      + " ".repeat(70000)));
          String answer = Wild.head(socket);
          boolean phone = path.startsWith("/android") && answer.startsWith("HTTP/1.1 200");
          assertTrue(phone || answer.startsWith("HTTP/1.1 4"), path + ": " + answer);
        }
      }
    }
  }

  /// More streams than there may be, each with more than there may be.
  @Test
  void streamsOfAMegabyte_byTheHundred_areBounded() throws Exception {
    Map<String, String> keys = Map.of("limits.bodies_in_flight_bytes_max", "1048576");
    try (TestServer server = TestServer.start(dir, keys);
        Socket socket = Wild.plain(server.port())) {
      Thread reader = Thread.ofVirtual().start(() -> Wild.read(socket, 5_000));
      Flood.of(socket, "/v1/login", 700);
      reader.join();
      try (Socket good = Wild.plain(server.port())) {
        Wild.send(good, Wild.bytes("GET /v1/ping HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertTrue(Wild.head(good).startsWith("HTTP/1.1 200"));
      }
    }
  }
}
