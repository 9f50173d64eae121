package io.parley.bench.load;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.HistoryResponse;
import io.parley.api.conversation.Message;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.message.SendUserTextMessageResponse;
import io.parley.api.message.TextMessage;
import io.parley.api.realtime.AuthRequest;
import io.parley.api.realtime.AuthResponse;
import io.parley.api.realtime.ClosingPush;
import io.parley.api.realtime.Error;
import io.parley.api.realtime.Frame;
import io.parley.api.realtime.MessagePush;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Just enough of the native protocol for one conversation between account 1, who sends, and
/// account 2, with one fault on purpose at the tenth message. A token is an account's id.
final class FaultyServer implements AutoCloseable {
  enum Fault {
    NONE,
    PUSH_DROPPED,
    PUSHED_TWICE,
    PUSHED_LATE,
    PUSH_ALTERED,
    PUSHED_TO_SENDER,
    SEQ_TWICE,
    SEQ_SKIPPED,
    STORED_ANOTHER,
    STORED_NOTHING,
    REFUSED,
    UNANSWERED,
    CLOSED_SLOW,
    CLOSED_ABRUPTLY
  }

  private static final int FAULTY = 10;

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Fault fault;
  private final List<Message> stored = new ArrayList<>();
  private final Socket[] devices = new Socket[3];
  private int received;
  private int seq;

  FaultyServer(Fault fault) throws IOException {
    this.fault = fault;
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      upgrade(socket, in);
      while (true) {
        Frame frame = read(in);
        synchronized (this) {
          handle(socket, frame);
        }
      }
    } catch (Exception e) {
      // the client is gone
    }
  }

  private static void upgrade(Socket socket, DataInputStream in) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    String key =
        head.toString()
            .lines()
            .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
            .findFirst()
            .orElseThrow()
            .substring(19);
    String guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    byte[] hash =
        MessageDigest.getInstance("SHA-1").digest((key + guid).getBytes(StandardCharsets.US_ASCII));
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(hash)
            + "\r\n\r\n";
    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  private static Frame read(DataInputStream in) throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & 15;
      int length = in.readUnsignedByte() & 127;
      length = length == 126 ? in.readUnsignedShort() : length;
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes(length);
      for (int i = 0; i < length; i++) {
        payload[i] ^= mask[i % 4];
      }
      if (opcode == 2) {
        return Frame.parseFrom(payload);
      }
    }
  }

  private static void write(Socket socket, Frame frame) throws IOException {
    byte[] payload = frame.toByteArray();
    ByteBuffer out = ByteBuffer.allocate(payload.length + 4);
    out.put((byte) 0x82);
    if (payload.length < 126) {
      out.put((byte) payload.length);
    } else {
      out.put((byte) 126).putShort((short) payload.length);
    }
    out.put(payload);
    socket.getOutputStream().write(out.array(), 0, out.position());
  }

  private static void answer(Socket socket, Frame request, MessageLite data) throws IOException {
    write(socket, request.toBuilder().setData(data.toByteString()).build());
  }

  private void push(int account, String cmd, MessageLite data) throws IOException {
    Socket device = devices[account];
    if (!device.isClosed()) {
      write(device, Frame.newBuilder().setCmd(cmd).setData(data.toByteString()).build());
    }
  }

  private void handle(Socket socket, Frame frame) throws IOException {
    switch (frame.getCmd()) {
      case "auth" -> {
        int account = Integer.parseInt(AuthRequest.parseFrom(frame.getData()).getToken());
        devices[account] = socket;
        answer(socket, frame, AuthResponse.newBuilder().setHeartbeatS(60).build());
      }
      case "conversation.ConversationService/History" -> {
        HistoryRequest request = HistoryRequest.parseFrom(frame.getData());
        answer(socket, frame, history(request));
      }
      default -> send(socket, frame);
    }
  }

  private HistoryResponse history(HistoryRequest request) {
    return HistoryResponse.newBuilder()
        .addAllMessage(
            stored.stream()
                .filter(message -> message.getSeq() > request.getAfterSeq())
                .limit(request.getLimit())
                .toList())
        .build();
  }

  private void send(Socket socket, Frame frame) throws IOException {
    SendUserTextMessageRequest request = SendUserTextMessageRequest.parseFrom(frame.getData());
    boolean now = ++received == FAULTY;
    if (now && fault == Fault.REFUSED) {
      Error error = Error.newBuilder().setCode(8).setMessage("slow down").build();
      write(socket, frame.toBuilder().setData(ByteString.EMPTY).setError(error).build());
      return;
    }
    if (now && fault == Fault.UNANSWERED) {
      return;
    }
    if (!now || fault != Fault.SEQ_TWICE) {
      seq += now && fault == Fault.SEQ_SKIPPED ? 2 : 1;
    }
    Message message =
        Message.newBuilder()
            .setConversationId(12)
            .setSeq(seq)
            .setSenderId(1)
            .setText(request.getText())
            .build();
    if (!now || fault != Fault.STORED_NOTHING) {
      stored.add(now && fault == Fault.STORED_ANOTHER ? another(message) : message);
    }
    answer(
        socket,
        frame,
        SendUserTextMessageResponse.newBuilder().setConversationId(12).setSeq(seq).build());
    deliver(message, now ? fault : Fault.NONE);
  }

  /// The same place, with a text that claims another number.
  private static Message another(Message message) {
    String text = message.getText().getContent();
    TextMessage other =
        TextMessage.newBuilder()
            .setContent(text.substring(0, 24) + "aaaapppp" + text.substring(32))
            .build();
    return message.toBuilder().setText(other).build();
  }

  private void deliver(Message message, Fault now) throws IOException {
    MessagePush push = MessagePush.newBuilder().setMessage(message).build();
    switch (now) {
      case PUSH_DROPPED, PUSHED_LATE -> {}
      case PUSH_ALTERED ->
          push(2, "push.message", MessagePush.newBuilder().setMessage(another(message)).build());
      case CLOSED_SLOW -> {
        push(2, "push.closing", ClosingPush.newBuilder().setReason("slow").build());
        devices[2].close();
      }
      case CLOSED_ABRUPTLY -> devices[2].close();
      default -> push(2, "push.message", push);
    }
    if (now == Fault.PUSHED_TWICE) {
      push(2, "push.message", push);
    }
    if (now == Fault.PUSHED_TO_SENDER) {
      push(1, "push.message", push);
    }
    if (fault == Fault.PUSHED_LATE && message.getSeq() == FAULTY + 1) {
      Message late = stored.get(FAULTY - 1);
      push(2, "push.message", MessagePush.newBuilder().setMessage(late).build());
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket device : devices) {
      if (device != null) {
        device.close();
      }
    }
  }
}
