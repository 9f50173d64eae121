package io.parley.face.socket;

import io.parley.base.Clock;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/// Measures by hand, run as a program; not a test: its figures depend on the machine.
///
/// - `fanout <connections> <messages> [text length] [window]`: one group, server and readers in one
///   process, pushes/s.
/// - `serve`: a server that prints its port, and its memory whenever it reads a line.
/// - `idle <port> <connections>`: authenticated sockets that do nothing, held until a line is read.
final class SocketMeasure {
  private static final int READERS = 2;

  private SocketMeasure() {}

  @SuppressWarnings("SystemOut") // a program for the terminal
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "fanout" ->
          fanout(
              Integer.parseInt(args[1]),
              Integer.parseInt(args[2]),
              args.length > 3 ? Integer.parseInt(args[3]) : 100,
              args.length > 4 ? Integer.parseInt(args[4]) : 64);
      case "serve" -> serve();
      case "idle" -> {
        List<SocketChannel> open = connect(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        System.out.println("open: " + open.size());
        System.in.read();
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  static List<SocketChannel> connect(int port, int count) throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    ByteBuffer head = ByteBuffer.allocate(4096);
    for (int i = 1; i <= count; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      String request = TestClient.request("/ws", "Authorization: Bearer " + i + ":" + i);
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      head.clear();
      do {
        channel.read(head);
      } while (!new String(head.array(), 0, head.position(), StandardCharsets.US_ASCII)
          .endsWith("\r\n\r\n"));
      channels.add(channel);
    }
    return channels;
  }

  private static void serve() throws Exception {
    try (TestServer server = new TestServer(TestLimits.with(Map.of("limits.heartbeat_s", "600")))) {
      System.out.println("port " + server.port());
      while (System.in.read() >= 0) {
        for (int i = 0; i < 3; i++) {
          System.gc();
          Clock.SYSTEM.sleep(Duration.ofMillis(300));
        }
        long rssKb =
            Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
        Runtime runtime = Runtime.getRuntime();
        System.out.println(
            "sockets "
                + server.registry.size()
                + " rss_kb "
                + rssKb
                + " heap_kb "
                + (runtime.totalMemory() - runtime.freeMemory()) / 1024);
      }
    }
  }

  private static void fanout(int connections, int messages, int length, int window)
      throws Exception {
    try (TestServer server = new TestServer(TestLimits.defaults())) {
      server.members.put(
          TestServer.GROUP.value(), LongStream.rangeClosed(1, connections).toArray());
      List<SocketChannel> channels = connect(server.port(), connections);
      Waiting.until(() -> server.registry.size() == connections);
      LongAdder bytes = new LongAdder();
      for (int r = 0; r < READERS; r++) {
        Selector selector = Selector.open();
        for (int i = r; i < connections; i += READERS) {
          channels.get(i).configureBlocking(false);
          channels.get(i).register(selector, SelectionKey.OP_READ);
        }
        Thread.ofPlatform().daemon().start(() -> count(selector, bytes));
      }
      byte[] message = TestServer.message(1, 5, "x".repeat(length));
      io.netty.buffer.ByteBuf frame = BinaryWire.messagePush("push.message", message);
      long frameBytes = frame.readableBytes();
      frame.release();
      for (int round = 0; round < 5; round++) {
        bytes.reset();
        long start = System.nanoTime();
        long each = frameBytes * connections;
        for (int i = 1; i <= messages; i++) {
          while (bytes.sum() < (i - window) * each) {
            Clock.SYSTEM.sleep(Duration.ofNanos(50_000));
          }
          server.bus.publish(
              new io.parley.bus.Event.MessagePosted(
                  TestServer.GROUP, i, 0, new io.parley.bus.Audience.Members(), message));
        }
        Waiting.until(() -> bytes.sum() >= messages * each);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "%d connections, %d bytes a frame: %.0f pushes/s, still open %d%n",
            connections,
            frameBytes,
            messages * (double) connections / seconds,
            server.registry.size());
      }
    }
  }

  private static void count(Selector selector, LongAdder bytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    try {
      while (true) {
        selector.select(
            key -> {
              try {
                buffer.clear();
                int read = ((SocketChannel) key.channel()).read(buffer);
                if (read < 0) {
                  key.cancel();
                } else {
                  bytes.add(read);
                }
              } catch (IOException e) {
                key.cancel();
              }
            });
      }
    } catch (IOException e) {
      // The measurement is over.
    }
  }
}
