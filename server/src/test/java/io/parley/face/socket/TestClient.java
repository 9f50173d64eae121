package io.parley.face.socket;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.parley.api.realtime.AuthRequest;
import io.parley.api.realtime.Frame;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A WebSocket client written against the RFC, with nothing of the server's: it can also misbehave.
final class TestClient implements AutoCloseable {
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  /// What a frame carried.
  record Received(int opcode, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    Frame frame() {
      try {
        return Frame.parseFrom(payload);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    int closeCode() {
      return opcode == 8 ? ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF) : -1;
    }
  }

  final Socket socket;
  final DataInputStream in;
  final OutputStream out;

  TestClient(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  TestClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  static TestClient open(int port, String... headers) throws IOException {
    TestClient client = new TestClient(port);
    client.upgrade("/ws", headers);
    return client;
  }

  /// A socket of `token`, authenticated by frame, speaking protobuf.
  static TestClient authenticated(int port, String token, String device) throws IOException {
    TestClient client = open(port);
    client.auth(token, device);
    Frame answer = client.frame();
    if (answer.hasError()) {
      throw new IOException("refused: " + answer.getError());
    }
    return client;
  }

  static String request(String path, String... headers) {
    StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    head.append("Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n");
    head.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ").append(KEY).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  void upgrade(String path, String... headers) throws IOException {
    raw(request(path, headers).getBytes(StandardCharsets.US_ASCII));
    String head = head();
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException(head);
    }
    if (!head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) {
      throw new IOException("wrong accept: " + head);
    }
  }

  /// Status line and headers of an HTTP answer.
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  String untilEnd() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  static byte[] frameBytes(int first, byte[] payload, boolean masked) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream to = new DataOutputStream(bytes)) {
      int mask = masked ? 0x80 : 0;
      to.writeByte(first);
      if (payload.length < 126) {
        to.writeByte(mask | payload.length);
      } else if (payload.length < 65536) {
        to.writeByte(mask | 126);
        to.writeShort(payload.length);
      } else {
        to.writeByte(mask | 127);
        to.writeLong(payload.length);
      }
      byte[] key = {0x37, (byte) 0xFA, 0x21, 0x3D};
      if (masked) {
        to.write(key);
      }
      for (int i = 0; i < payload.length; i++) {
        to.writeByte(masked ? payload[i] ^ key[i % 4] : payload[i]);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  void text(String text) throws IOException {
    raw(frameBytes(0x81, text.getBytes(StandardCharsets.UTF_8), true));
  }

  void send(String cmd, int id, Message data) throws IOException {
    send(cmd, id, data.toByteString());
  }

  void send(String cmd, int id, ByteString data) throws IOException {
    raw(binary(cmd, id, data));
  }

  static byte[] binary(String cmd, int id, ByteString data) {
    Frame frame = Frame.newBuilder().setCmd(cmd).setRequestId(id).setData(data).build();
    return frameBytes(0x82, frame.toByteArray(), true);
  }

  void auth(String token, String device) throws IOException {
    send("auth", 1, AuthRequest.newBuilder().setToken(token).setDeviceId(device).build());
  }

  /// The next data or control frame.
  Received receive() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length = second & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    if ((first & 0x80) == 0 || (second & 0x80) != 0) {
      throw new IOException("a server sends whole, unmasked frames");
    }
    return new Received(first & 0x0F, payload);
  }

  Frame frame() throws IOException {
    Received received = receive();
    if (received.opcode() != 2) {
      throw new IOException("not binary: " + received.opcode() + " " + received.text());
    }
    return received.frame();
  }

  /// Whether the server ends the connection after what it may still send.
  boolean ends() throws IOException {
    try {
      while (true) {
        receive();
      }
    } catch (EOFException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
