package io.parley.bench.attack;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// Attacks that HTTP clients cannot be brought to.
final class WireAttacks {
  private static final int ANSWER_MS = 2_000;
  private static final int TRICKLE_MS = 1_000;
  private static final int STREAMS = 700;
  private static final int PIECE_BYTES = 16_384;
  private static final int PIECES = 64;

  private static final List<String> BROKEN =
      List.of(
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: minus\r\n\r\n",
          "POST %s HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(9_000) + "\r\n\r\n",
          "FROB %s HTTP/1.1\r\nHost: x\r\n\r\n",
          "POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{",
          "GET %s HT",
          "\0\1\2 %s\r\n\r\n");

  private final Victim victim;

  WireAttacks(Victim victim) {
    this.victim = victim;
  }

  /// Requests that break the protocol, on every path in turn.
  Attack malformed() {
    List<String> paths =
        List.of("/v1/users", "/login", "/api/user.service.login", "/android/login/", "/v1/images");
    return new Attack(
        "malformed requests",
        48,
        (number, untilNanos) -> {
          String request = BROKEN.get((int) (number % BROKEN.size()));
          String path = paths.get((int) (number / BROKEN.size() % paths.size()));
          try (Wire wire = new Wire(victim)) {
            wire.say(request.formatted(path));
            return wire.status(ANSWER_MS);
          }
        });
  }

  /// Connections with hundreds of streams, a megabyte each, that heed neither limits nor windows.
  Attack streams() {
    List<String> paths = List.of("/v1/users", "/v1/groups", "/api/user.service.login", "/login");
    byte[] piece = new byte[PIECE_BYTES];
    Arrays.fill(piece, (byte) ' ');
    return new Attack(
        "HTTP/2 streams",
        8,
        (number, untilNanos) -> {
          byte[] head = Http2.post(paths.get((int) (number % paths.size())));
          try (Wire wire = new Wire(victim)) {
            Thread.ofVirtual().start(wire::drain);
            wire.say(Http2.preface());
            for (int i = 0; i < STREAMS; i++) {
              wire.say(Http2.headers(2 * i + 1, head));
            }
            for (int i = 0; i < PIECES * STREAMS; i++) {
              if (System.nanoTime() - untilNanos >= 0) {
                return "held";
              }
              wire.say(Http2.data(2 * (i % STREAMS) + 1, piece));
            }
            return "taken";
          }
        });
  }

  /// Heads that never end, a byte a second.
  Attack slowHeads() {
    return new Attack(
        "slow heads",
        300,
        (number, untilNanos) ->
            trickle("GET /v1/ping HTTP/1.1\r\nHost: x\r\nX-Slow: ", untilNanos));
  }

  /// Uploads that never end, a byte a second.
  Attack slowUploads() {
    return new Attack(
        "slow uploads",
        64,
        (number, untilNanos) ->
            trickle(
                "POST /v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + victim.token(number)
                    + "\r\nContent-Length: 1000000\r\n\r\n",
                untilNanos));
  }

  private String trickle(String beginning, long untilNanos) throws IOException {
    try (Wire wire = new Wire(victim)) {
      wire.say(beginning);
      return wire.trickle(untilNanos, TRICKLE_MS);
    }
  }
}
