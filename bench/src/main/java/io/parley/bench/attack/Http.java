package io.parley.bench.attack;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Calls from the attackers' address; what is answered is its status.
final class Http implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final HttpClient client;
  private final Victim victim;

  Http(Victim victim) {
    this.victim = victim;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    if (victim.from() != null) {
      builder.localAddress(victim.from());
    }
    client = builder.build();
  }

  static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  String get(String path, String token, long untilNanos) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(victim.server().resolve(path)).GET(), token, untilNanos);
  }

  String post(String path, String token, byte[] body, long untilNanos)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(victim.server().resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    return send(request, token, untilNanos);
  }

  private String send(HttpRequest.Builder request, String token, long untilNanos)
      throws IOException, InterruptedException {
    long left = Math.clamp(untilNanos - System.nanoTime(), 1_000_000, PATIENCE_NANOS);
    request.timeout(Duration.ofNanos(left));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return Integer.toString(client.send(request.build(), BodyHandlers.discarding()).statusCode());
    } catch (HttpTimeoutException e) {
      return "held";
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
