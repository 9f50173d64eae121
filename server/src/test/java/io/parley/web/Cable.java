package io.parley.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The line between a browser and a server: a TCP relay on a port of its own that can be cut, which
/// ends every connection at once and refuses new ones, and mended.
final class Cable implements AutoCloseable {
  private final int port;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listener;
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
    carry(near, far);
    carry(far, near);
  }

  private void carry(Socket from, Socket to) {
    Thread.startVirtualThread(
        () -> {
          try (from;
              to) {
            from.getInputStream().transferTo(to.getOutputStream());
          } catch (IOException e) {
            // One of the two has gone; both go.
          } finally {
            ends.remove(from);
            ends.remove(to);
          }
        });
  }
}
