package io.parley.bench.socket;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.parley.api.realtime.AuthRequest;
import io.parley.api.realtime.AuthResponse;
import io.parley.api.realtime.ClosingPush;
import io.parley.bench.wire.Form;
import io.parley.bench.wire.FrameScan;
import io.parley.bench.wire.Masked;
import io.parley.bench.wire.SendTemplate;
import io.parley.bench.wire.WebSocketHeader;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One authenticated native socket. [#opened()] completes when the server has accepted the token.
///
/// A read is copied into the lane's array behind what the previous read left over, and every whole
/// frame in it goes to the listener; nothing is allocated unless a frame was cut in two.
public final class ClientSocket extends ChannelInboundHandlerAdapter {
  private static final int OUT_BYTES = 1024;

  private final Lane lane;
  private final Form form;
  private final URI server;
  private final AuthRequest auth;
  private final CompletableFuture<ClientSocket> opened = new CompletableFuture<>();
  private final Map<Integer, Call> calls = new HashMap<>(2);

  private @Nullable Handshake handshake = new Handshake();
  private SocketListener listener;
  private @Nullable Channel channel;
  private @Nullable ByteBuf out;
  private byte @Nullable [] carry;
  private String closing = "";
  private int callIds;
  private boolean abandoned;

  ClientSocket(Lane lane, Form form, URI server, AuthRequest auth, SocketListener listener) {
    this.form = form;
    this.lane = lane;
    this.server = server;
    this.auth = auth;
    this.listener = listener;
  }

  public Lane lane() {
    return lane;
  }

  /// Replaces the listener. On the lane's thread, or before traffic starts.
  public void listener(SocketListener next) {
    listener = next;
  }

  /// Completes with this socket once it is authenticated, or with why it could not be.
  public CompletableFuture<ClientSocket> opened() {
    return opened;
  }

  /// Whether the connection stands.
  public boolean open() {
    return channel != null && channel.isActive();
  }

  /// Queues one message; it leaves at the end of the tick. On the lane's thread only.
  public void send(SendTemplate template, int number, long dueNanos) {
    template.write(out(), number, dueNanos, lane.mask());
  }

  /// A call that waits, and the type of its answer.
  private record Call(CompletableFuture<byte[]> answer, Message prototype) {}

  /// Calls a method and gives its serialized answer, which is of the type of `prototype`. From any
  /// thread.
  public CompletableFuture<byte[]> call(String cmd, Message request, Message prototype) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    lane.loop()
        .execute(
            () -> {
              if (!open()) {
                answer.completeExceptionally(new IllegalStateException("connection lost"));
                return;
              }
              int id = ++callIds;
              calls.put(id, new Call(answer, prototype));
              byte[] frame = form.frame(cmd, id, request);
              Masked.write(out(), form.opcode(), frame, frame.length, lane.mask());
            });
    return answer;
  }

  /// The same on a socket that speaks binary, which need not know the type.
  public CompletableFuture<byte[]> call(String cmd, Message request) {
    if (form != Form.BINARY) {
      throw new IllegalStateException("the type of the answer is needed");
    }
    return call(cmd, request, request);
  }

  /// Ends the connection, also one that is not made yet. From any thread.
  public void close() {
    lane.loop()
        .execute(
            () -> {
              abandoned = true;
              Channel c = channel;
              if (c != null) {
                var unused = c.close();
              }
            });
  }

  void ping() {
    if (open()) {
      Masked.write(out(), WebSocketHeader.PING, new byte[0], 0, lane.mask());
    }
  }

  private ByteBuf out() {
    ByteBuf pending = out;
    if (pending == null) {
      pending = requireChannel().alloc().directBuffer(OUT_BYTES);
      out = pending;
      lane.dirty(this);
    }
    return pending;
  }

  void flush() {
    ByteBuf pending = out;
    out = null;
    if (pending != null) {
      Channel c = requireChannel();
      var unused = c.writeAndFlush(pending, c.voidPromise());
    }
  }

  private Channel requireChannel() {
    if (channel == null) {
      throw new IllegalStateException("not connected");
    }
    return channel;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    if (abandoned) {
      var unused = ctx.close();
      return;
    }
    if (handshake != null) {
      out().writeBytes(handshake.request(server));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ByteBuf in = (ByteBuf) msg;
    long now = System.nanoTime();
    int carried = carry == null ? 0 : carry.length;
    int total = carried + in.readableBytes();
    byte[] bytes = lane.scratch(total);
    if (carry != null) {
      System.arraycopy(carry, 0, bytes, 0, carried);
      carry = null;
    }
    in.readBytes(bytes, carried, total - carried);
    in.release();
    int used = take(bytes, total, now);
    if (used < total) {
      carry = Arrays.copyOfRange(bytes, used, total);
    }
    lane.tickSoon();
  }

  private int take(byte[] bytes, int total, long now) {
    int at = 0;
    if (handshake != null) {
      int end = handshake.end(bytes, 0, total);
      if (end < 0) {
        return 0;
      }
      at = end;
      handshake = null;
      authenticate();
    }
    WebSocketHeader header = lane.header;
    while (header.read(bytes, at, total)) {
      at = header.payloadTo();
      switch (header.opcode()) {
        case WebSocketHeader.BINARY, WebSocketHeader.TEXT ->
            frame(bytes, header.payloadFrom(), at, now);
        case WebSocketHeader.PING -> {
          byte[] echo = Arrays.copyOfRange(bytes, header.payloadFrom(), at);
          Masked.write(out(), WebSocketHeader.PONG, echo, echo.length, lane.mask());
        }
        case WebSocketHeader.CLOSE -> {
          if (closing.isEmpty()) {
            closing = "closed by the server";
          }
          var unused = requireChannel().close();
          return total;
        }
        default -> {}
      }
    }
    return at;
  }

  private void frame(byte[] bytes, int from, int to, long now) {
    FrameScan frame = lane.frame;
    frame.scan(form, bytes, from, to);
    switch (frame.kind()) {
      case PUSH_MESSAGE -> listener.frame(frame, now);
      case ANSWER -> {
        if (frame.requestId() >= SendTemplate.REQUEST_BASE) {
          listener.frame(frame, now);
        } else {
          answered(frame);
        }
      }
      case PUSH_SYNC -> listener.pull();
      case PUSH_CLOSING -> closing = reason(frame.data(ClosingPush.getDefaultInstance()));
      case PUSH_OTHER -> {}
    }
  }

  private void answered(FrameScan frame) {
    Call call = calls.remove(frame.requestId());
    if (call == null) {
      return;
    }
    if (frame.failed()) {
      call.answer.completeExceptionally(CallFailed.of(frame.error()));
    } else {
      call.answer.complete(frame.data(call.prototype));
    }
  }

  private void authenticate() {
    var unused =
        call("auth", auth, AuthResponse.getDefaultInstance())
            .whenComplete(
                (answer, failure) -> {
                  if (answer == null) {
                    opened.completeExceptionally(
                        failure == null ? new IllegalStateException("no answer") : failure);
                  } else {
                    lane.keepAlive(this, heartbeatS(answer));
                    opened.complete(this);
                  }
                });
  }

  private static int heartbeatS(byte[] answer) {
    try {
      return AuthResponse.parseFrom(answer).getHeartbeatS();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String reason(byte[] push) {
    try {
      return ClosingPush.parseFrom(push).getReason();
    } catch (InvalidProtocolBufferException e) {
      return "unreadable push.closing";
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    String reason = closing.isEmpty() ? "connection lost" : closing;
    if (out != null) {
      out.release();
      out = null;
    }
    opened.completeExceptionally(new IllegalStateException(reason));
    calls
        .values()
        .forEach(call -> call.answer.completeExceptionally(new IllegalStateException(reason)));
    calls.clear();
    listener.closed(reason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (closing.isEmpty()) {
      closing = cause.toString();
    }
    var unused = ctx.close();
  }
}
