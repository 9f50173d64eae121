package io.parley.face.edge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestClock;
import io.parley.harness.TestServer;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Bodies that do not get to their end: each holds a part of the budget that all share.
@Timeout(120)
class SlowBodiesTest {
  private static final int ROUNDS = 100;
  private static final int ROUND_MS = 200;

  /// Each contract says it in its own form.
  private static final Map<String, Pattern> REFUSALS =
      Map.of(
          "/v1/users", Pattern.compile("HTTP/1.1 503.*body_rate_bytes_min", Pattern.DOTALL),
          "/login", Pattern.compile("\"code\":3003"),
          "/android/login/", Pattern.compile("\"status\":0.*body_rate_bytes_min"),
          "/api/user.service.login", Pattern.compile("HTTP/1.1 503"));

  @Test
  void bodyThatTrickles_isRefused_onEveryFace(@TempDir Path dir) throws Exception {
    TestClock clock = new TestClock();
    try (TestServer server = TestServer.start(dir, Map.of(), clock)) {
      for (String path : REFUSALS.keySet()) {
        try (Socket socket = Wild.plain(server.port())) {
          Wild.send(socket, Wild.bytes(head(path, 1_000) + "{"));
          String answer = "\n(open)";
          // The head may not have been read before the time passes: then the next round tells.
          for (int i = 0; i < ROUNDS && answer.equals("\n(open)"); i++) {
            clock.advance(Duration.ofMinutes(5));
            Wild.send(socket, Wild.bytes(" "));
            answer = Wild.read(socket, ROUND_MS);
          }
          assertTrue(REFUSALS.get(path).matcher(answer).find(), path + ": " + answer);
        }
      }
    }
  }

  /// What has come of a body is held, whether the rest comes or not.
  @Test
  void bodiesThatHalfArrive_takeOfTheBudget_andGiveItBackWhenTheyLeave(@TempDir Path dir)
      throws Exception {
    Map<String, String> keys = Map.of("limits.bodies_in_flight_bytes_max", "1048576");
    List<Socket> open = new ArrayList<>();
    try (TestServer server = TestServer.start(dir, keys)) {
      String busy = "\n(open)";
      for (int i = 0; i < 40 && !busy.contains("3003"); i++) {
        Socket socket = Wild.plain(server.port());
        open.add(socket);
        Wild.send(socket, Wild.bytes(head("/login", 60_000) + " ".repeat(50_000)));
        busy = Wild.read(socket, ROUND_MS);
      }
      assertTrue(busy.contains("\"code\":3003"), "a quarter of the budget is this address's");
      for (Socket socket : open) {
        socket.close();
      }
      String after = "3003";
      for (int i = 0; i < ROUNDS && after.contains("3003"); i++) {
        try (Socket socket = Wild.plain(server.port())) {
          Wild.send(socket, Wild.bytes(head("/login", 50_000) + " ".repeat(50_000)));
          after = Wild.read(socket, ROUND_MS);
        }
      }
      assertTrue(after.startsWith("HTTP/1.1 400"), after);
    }
  }

  private static String head(String path, int length) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }
}
