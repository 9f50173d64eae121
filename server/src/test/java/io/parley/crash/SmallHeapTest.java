package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.face.edge.Flood;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server with the smallest heap that `docs/OPERATIONS.md` promises to be enough.
class SmallHeapTest {
  private static final String HEAP = "-Xmx256m";

  /// What killed a heap of twice the size in eight seconds: streams of a megabyte, by the hundred,
  /// from somebody who never logged in; here on eight connections, to methods that need no token,
  /// to some that do, and to contracts that must read a body to know who calls.
  @Test
  void bodiesByTheHundred_beforeAnyLogin_leaveItAlive(@TempDir Path dir) throws Exception {
    CrashServer server = new CrashServer(dir, HEAP);
    List<Thread> floods = new ArrayList<>();
    List<Socket> open = new ArrayList<>();
    for (String path : List.of("/v1/users", "/v1/groups", "/api/user.service.login", "/login")) {
      for (int streams : new int[] {700, 100}) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port);
        open.add(socket);
        Thread.ofVirtual().start(() -> drain(socket));
        floods.add(Thread.ofVirtual().start(() -> Flood.of(socket, path, streams)));
      }
    }
    for (Thread flood : floods) {
      assertTrue(flood.join(java.time.Duration.ofSeconds(60)), "a flood hangs");
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest ping =
          HttpRequest.newBuilder(URI.create(server.url() + "/v1/ping"))
              .timeout(java.time.Duration.ofSeconds(30))
              .build();
      assertEquals(200, client.send(ping, HttpResponse.BodyHandlers.discarding()).statusCode());
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
      server.kill();
    }
  }

  /// What killed a heap of nearly three times the size: pictures that are small to send and large
  /// to hold, 16 bits a channel, from several accounts at once.
  @Test
  void picturesOfManyBytesAPixel_atOnce_leaveItAlive_andAreAnsweredEach(@TempDir Path dir)
      throws Exception {
    CrashServer server = new CrashServer(dir, HEAP);
    try {
      byte[] fits = DeepPng.of(2_000, 2_000); // 32 MB once decoded, and as it is made anew
      byte[] never = DeepPng.of(6_000, 6_000); // 288 MB
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (String name : List.of("ann", "bob", "cat", "dan")) {
        Client client = Client.register(server.url(), name);
        for (byte[] picture : List.of(fits, never, fits)) {
          answers.add(
              Client.HTTP
                  .sendAsync(
                      upload(server, client, picture), HttpResponse.BodyHandlers.discarding())
                  .thenApply(HttpResponse::statusCode));
        }
      }
      List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();
      assertTrue(
          Set.of(200, 413, 429).containsAll(statuses), "stored, too large, or busy: " + statuses);
      assertTrue(statuses.contains(413), "a third of the heap is no room for it: " + statuses);
      Client last = Client.register(server.url(), "eve");
      assertEquals(
          200,
          Client.HTTP
              .send(upload(server, last, fits), HttpResponse.BodyHandlers.discarding())
              .statusCode());
    } finally {
      server.kill();
    }
  }

  private static HttpRequest upload(CrashServer server, Client client, byte[] picture) {
    return HttpRequest.newBuilder(URI.create(server.url() + "/v1/images"))
        .timeout(java.time.Duration.ofMinutes(2))
        .header("authorization", "bearer " + client.token)
        .header("content-type", "image/png")
        .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
        .build();
  }

  private static void drain(Socket socket) {
    try {
      byte[] buffer = new byte[65_536];
      while (socket.getInputStream().read(buffer) >= 0) {
        // What it says does not matter.
      }
    } catch (IOException e) {
      // It ended.
    }
  }
}
