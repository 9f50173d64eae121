package io.parley.bench.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every attack against a server that refuses everything, and against one that says nothing.
@Timeout(120)
class AttackersTest {
  private static final long STRIKE_NANOS = 300_000_000L;

  private ServerSocket listening;
  private Victim victim;
  private volatile boolean silent;

  @BeforeEach
  void listen() throws IOException {
    listening = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    URI url = URI.create("http://127.0.0.1:" + listening.getLocalPort());
    victim = new Victim(url, null, List.of("ann"), List.of("token"), "key");
    Thread.ofVirtual().start(this::accept);
  }

  @AfterEach
  void stop() throws IOException {
    listening.close();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      byte[] buffer = new byte[65_536];
      int n = socket.getInputStream().read(buffer);
      while (silent && n >= 0) {
        n = socket.getInputStream().read(buffer);
      }
      String refusal = "HTTP/1.1 429 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(refusal.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The attacker left.
    }
  }

  @Test
  void everyAttack_strikes_andEndsWithItsTime() {
    try (Attackers attackers = new Attackers(victim)) {
      assertEquals(9, attackers.attacks().size());
      for (Attack attack : attackers.attacks()) {
        Tally tally = attackers.strike(attack, System.nanoTime() + STRIKE_NANOS);
        assertEquals(attack.name(), tally.name());
        assertTrue(tally.strikes() > 0, attack.name() + " did not strike");
      }
    }
  }

  /// What is held up at the end of its time is let go, so that the next attack can begin.
  @Test
  void everyAttack_endsWithItsTime_onAServerThatSaysNothing() {
    silent = true;
    try (Attackers attackers = new Attackers(victim)) {
      for (Attack attack : attackers.attacks()) {
        long end = System.nanoTime() + STRIKE_NANOS;
        var unused = attackers.strike(attack, end);
        assertTrue(System.nanoTime() - end < 30_000_000_000L, attack.name());
      }
    }
  }

  @Test
  void bombs_arePicturesThatAreSmallOutside() throws IOException {
    byte[] png = Bombs.deepPng(2_000, 1_000);
    assertTrue(png.length < 100_000, png.length + " bytes");
    assertEquals("png 2000 × 1000, 16", inside(png));
    byte[] jpeg = Bombs.manyScans(800, 20);
    assertTrue(jpeg.length < 100_000, jpeg.length + " bytes");
    assertEquals("JPEG 800 × 800, 8", inside(jpeg));
    assertEquals(22, scans(Bombs.manyScans(64, 21)));
  }

  /// Format, size and depth as a decoder sees them that reads all of it.
  private static String inside(byte[] file) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      reader.setInput(in);
      String size = reader.getFormatName() + " " + reader.getWidth(0) + " × " + reader.getHeight(0);
      return size + ", " + reader.read(0).getSampleModel().getSampleSize(0);
    }
  }

  private static int scans(byte[] jpeg) {
    int scans = 0;
    for (int i = 0; i + 1 < jpeg.length; i++) {
      scans += (jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xDA ? 1 : 0;
    }
    return scans;
  }
}
