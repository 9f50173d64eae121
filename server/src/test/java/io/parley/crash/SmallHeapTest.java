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
