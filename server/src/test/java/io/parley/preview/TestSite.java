package io.parley.preview;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/// A web server on a port of its own whose answers are bytes that a test writes down, so that it
/// can be as hostile as it likes.
final class TestSite implements AutoCloseable {
  /// Writes an answer, however long it takes.
  interface Page {
    void write(OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  TestSite() throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  /// Behind a socket that is listening.
  TestSite(ServerSocket socket) {
    this.socket = socket;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /// The address of a page under a name that a test resolves as it likes.
  String at(String path) {
    return "http://site.example:" + port() + path;
  }

  void put(String path, Page page) {
    pages.put(path, page);
  }

  void html(String path, String html) {
    put(path, answer("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8)));
  }

  void redirect(String path, String location) {
    String head = "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
    put(path, out -> out.write(head.getBytes(StandardCharsets.UTF_8)));
  }

  static Page answer(String type, byte[] body) {
    return out -> {
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length;
      out.write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body);
    };
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  /// The heads of the requests so far.
  List<String> requests() {
    return requests;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket line = socket.accept();
        Thread.ofVirtual().start(() -> serve(line));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket line) {
    try (line) {
      String head = head(line.getInputStream());
      requests.add(head);
      Page page = pages.get(head.split(" ", 3)[1]);
      if (page == null) {
        line.getOutputStream()
            .write("HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } else {
        page.write(line.getOutputStream());
      }
    } catch (IOException e) {
      // Whoever asked has had enough.
      return;
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("no request");
      }
      head.append((char) c);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
