package io.parley.bench.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each kind of weather does what its name says, and nothing else.
class LinkTest {
  private final EchoServer server = new EchoServer("");
  private final Link link = new Link(server.port());

  @AfterEach
  void close() {
    link.close();
    server.close();
  }

  @Test
  void inFairWeather_bytesArriveAsTheyWereSent_andAnEndIsPassedOn() throws IOException {
    byte[] sent = new byte[300_000];
    new Random(1).nextBytes(sent);
    try (Socket socket = connect()) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  socket.getOutputStream().write(sent);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  // Then what arrives is too short.
                }
              });
      assertArrayEquals(sent, socket.getInputStream().readAllBytes());
    }
  }

  @Test
  void delay_isAddedToARoundTrip_andDoesNotLimitTheRate() throws IOException {
    link.delay(Duration.ofMillis(100));
    try (Socket socket = connect()) {
      long start = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        socket.getOutputStream().write(new byte[100]);
      }
      assertEquals(2_000, socket.getInputStream().readNBytes(2_000).length);
      long ms = (System.nanoTime() - start) / 1_000_000;
      assertTrue(ms >= 100, ms + " ms");
      assertTrue(ms < 1_000, "twenty pieces are under way together, took " + ms + " ms");
    }
  }

  @Test
  void silence_holdsBytesBackOnOpenConnections_untilItHeals() throws IOException {
    try (Socket socket = connect()) {
      exchange(socket);
      link.silence();
      socket.getOutputStream().write(7);
      socket.setSoTimeout(200);
      assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
      link.heal();
      socket.setSoTimeout(5_000);
      assertEquals(7, socket.getInputStream().read());
    }
  }

  @Test
  void silence_alsoMeetsNewConnections() throws IOException {
    link.silence();
    try (Socket socket = connect()) {
      socket.getOutputStream().write(7);
      socket.setSoTimeout(200);
      assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
      assertEquals(0, server.connections());
    }
  }

  @Test
  void cut_endsOpenConnectionsAndNewOnes_untilItHeals() throws IOException {
    try (Socket open = connect()) {
      exchange(open);
      link.cut();
      assertTrue(isOver(open));
      try (Socket fresh = connect()) {
        assertTrue(isOver(fresh));
      }
    }
    link.heal();
    try (Socket socket = connect()) {
      exchange(socket);
    }
  }

  private static boolean isOver(Socket socket) {
    try {
      socket.setSoTimeout(5_000);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void exchange(Socket socket) throws IOException {
    socket.setSoTimeout(5_000);
    socket.getOutputStream().write(42);
    assertEquals(42, socket.getInputStream().read());
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), link.port());
  }
}
