package io.parley.transcript;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 exchange over a socket of its own. It sends what it is given, however wrong.
final class RawHttp {
  private static final int TIMEOUT_MS = 20_000;

  /// @param headers in order, names in lower case
  record Answer(int status, List<Map.Entry<String, String>> headers, byte[] body) {
    @Nullable String header(String name) {
      for (Map.Entry<String, String> header : headers) {
        if (header.getKey().equals(name.toLowerCase(Locale.ROOT))) {
          return header.getValue();
        }
      }
      return null;
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private RawHttp() {}

  /// @param headers without Host, Connection and Content-Length, which are added
  static Answer exchange(
      int port, String method, String path, List<String> headers, byte @Nullable [] body)
      throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: 127.0.0.1:").append(port).append("\r\nConnection: close\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    if (body != null && headers.stream().noneMatch(header -> header.startsWith("Content-Length"))) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
      if (body != null) {
        write(socket, body);
      }
      return read(new BufferedInputStream(socket.getInputStream()), method);
    }
  }

  private static void write(Socket socket, byte[] body) throws IOException {
    try {
      socket.getOutputStream().write(body);
    } catch (IOException e) {
      // A server may answer before it has read everything, and close.
      if (socket.getInputStream().available() == 0) {
        throw e;
      }
    }
  }

  private static Answer read(InputStream in, String method) throws IOException {
    String status = line(in);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(
          Map.entry(
              line.substring(0, colon).toLowerCase(Locale.ROOT),
              line.substring(colon + 1).strip()));
    }
    Answer head = new Answer(Integer.parseInt(status.split(" ")[1]), headers, new byte[0]);
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      return head;
    }
    String length = head.header("content-length");
    byte[] body;
    if ("chunked".equals(head.header("transfer-encoding"))) {
      body = chunks(in);
    } else {
      body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    }
    return new Answer(head.status(), headers, body);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in), 16);
      if (size == 0) {
        return out.toByteArray();
      }
      out.writeBytes(in.readNBytes(size));
      line(in);
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed after: " + line);
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
