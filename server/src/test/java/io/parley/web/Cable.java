package io.parley.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjIntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The line between a browser and a server: a TCP relay on a port of its own that can be cut, which
/// ends every connection at once and refuses new ones, and mended.
final class Cable implements AutoCloseable {
  private static final int PIECE_BYTES = 16_384;

  private final int port;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listener;
  private static final Pattern PART =
      Pattern.compile(
          "^PATCH .*?^upload-offset: *(\\d+)",
          Pattern.MULTILINE | Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private final AtomicLong sent = new AtomicLong();
  private final List<Long> parts = new CopyOnWriteArrayList<>();
  private volatile long mark = Long.MAX_VALUE;
  private volatile Runnable atMark = () -> {};
  private volatile int target;

  Cable() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    port = listener.getLocalPort();
  }

  /// What a browser calls the server behind it.
  String url() {
    return "http://127.0.0.1:" + port;
  }

  /// Connects it to a server on this machine.
  void plugInto(int serverPort) {
    target = serverPort;
    listen(listener);
  }

  /// Bytes that the browser has sent so far.
  long sent() {
    return sent.get();
  }

  /// Where the parts of uploads that the browser has sent began, in their order.
  List<Long> parts() {
    return parts;
  }

  /// Does `what`, once, when the browser has sent so many bytes more; what comes behind them waits
  /// until it is done.
  void after(long bytes, Runnable what) {
    atMark = what;
    mark = sent.get() + bytes;
  }

  void cut() throws IOException {
    listener.close();
    for (Socket end : ends) {
      end.close();
    }
    ends.clear();
  }

  void mend() throws IOException {
    if (!listener.isClosed()) {
      return;
    }
    listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    listen(listener);
  }

  @Override
  public void close() throws IOException {
    cut();
  }

  private void listen(ServerSocket at) {
    Thread.startVirtualThread(
        () -> {
          while (!at.isClosed()) {
            try {
              join(at.accept());
            } catch (IOException e) {
              // Cut, or the server is not there: the browser finds out.
            }
          }
        });
  }

  private void join(Socket near) throws IOException {
    Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
    near.setTcpNoDelay(true);
    far.setTcpNoDelay(true);
    ends.add(near);
    ends.add(far);
    carry(near, far, this::count);
    carry(far, near, (piece, bytes) -> {});
  }

  private void count(byte[] piece, int bytes) {
    Matcher part = PART.matcher(new String(piece, 0, bytes, StandardCharsets.ISO_8859_1));
    if (part.lookingAt()) {
      parts.add(Long.valueOf(part.group(1)));
    }
    if (sent.addAndGet(bytes) >= mark) {
      mark = Long.MAX_VALUE;
      atMark.run();
    }
  }

  private void carry(Socket from, Socket to, ObjIntConsumer<byte[]> each) {
    Thread.startVirtualThread(
        () -> {
          try (from;
              to) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = 0; read >= 0; read = from.getInputStream().read(piece)) {
              to.getOutputStream().write(piece, 0, read);
              each.accept(piece, read);
            }
          } catch (IOException e) {
            // One of the two has gone; both go.
          } finally {
            ends.remove(from);
            ends.remove(to);
          }
        });
  }
}
