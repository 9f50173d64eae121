package io.parley.valkey;

import io.parley.harness.FaultyLink;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A link between a client and a Redis server that does to entries of streams what networks and
/// dying servers do: loses them although they were acknowledged, or swaps two. Everything else
/// passes as it is.
final class LossyEntries implements AutoCloseable {
  /// What becomes of XADDs.
  enum Mode {
    PASS,
    LOSE,
    SWAP
  }

  private final int target;
  private final FaultyLink link;
  private final Queue<byte[]> held = new ConcurrentLinkedQueue<>();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile Mode mode = Mode.PASS;

  LossyEntries(int target) {
    this.target = target;
    link = new FaultyLink(target, this::requests);
  }

  String url() {
    return "redis://127.0.0.1:" + link.port();
  }

  /// Entries that were lost.
  int lost() {
    return lost.get();
  }

  void mode(Mode fresh) {
    mode = fresh;
  }

  /// Ends all connections.
  void cut() {
    link.now(FaultyLink.Fault.REFUSES);
    link.now(FaultyLink.Fault.NONE);
  }

  private void requests(Socket client, Socket server) throws IOException {
    try (Socket side = new Socket(InetAddress.getLoopbackAddress(), target)) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (byte[] request = request(in); request != null; request = request(in)) {
        if (new String(request, StandardCharsets.ISO_8859_1).contains("\r\nXADD\r\n")) {
          add(request, side, client.getOutputStream());
        } else {
          server.getOutputStream().write(request);
        }
      }
    }
  }

  private void add(byte[] request, Socket side, OutputStream client) throws IOException {
    byte[] fake = "$3\r\n1-1\r\n".getBytes(StandardCharsets.ISO_8859_1);
    switch (mode) {
      case PASS -> client.write(forward(request, side));
      case LOSE -> {
        lost.incrementAndGet();
        client.write(fake);
      }
      case SWAP -> {
        byte[] earlier = held.poll();
        if (earlier == null) {
          held.add(request);
          client.write(fake);
        } else {
          byte[] answer = forward(request, side);
          forward(earlier, side);
          client.write(answer);
        }
      }
    }
  }

  private static byte[] forward(byte[] request, Socket side) throws IOException {
    side.getOutputStream().write(request);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    String head = line(side.getInputStream(), answer);
    if (head.startsWith("$")) {
      line(side.getInputStream(), answer);
    }
    return answer.toByteArray();
  }

  /// One command as it is on the wire; null at the end.
  private static byte @Nullable [] request(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head;
    try {
      head = line(in, out);
    } catch (EOFException e) {
      return null;
    }
    for (int i = Integer.parseInt(head.substring(1)); i > 0; i--) {
      int length = Integer.parseInt(line(in, out).substring(1));
      out.write(in.readNBytes(length + 2));
    }
    return out.toByteArray();
  }

  private static String line(InputStream in, ByteArrayOutputStream copy) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        throw new EOFException();
      }
      copy.write(each);
      line.append((char) each);
    }
    copy.write('\n');
    return line.toString().strip();
  }

  @Override
  public void close() {
    link.close();
  }
}
