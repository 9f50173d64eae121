package io.parley.face.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection: where it comes from, and whether its peer gets to the end of what it begins to
/// ask for.
///
/// The head of the first request must be whole in time from the moment of connecting, TLS and all;
/// that of a later one from its first byte. Where plain text passes, and gone once a live socket
/// takes the connection over, which has deadlines of its own.
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
  static final AttributeKey<ConnectionGuard> KEY =
      AttributeKey.valueOf(ConnectionGuard.class, "GUARD");
  private static final byte[] PREFACE = "PRI * HTTP/2".getBytes(StandardCharsets.US_ASCII);

  /// What a connection is worth when there are too many.
  enum State {
    UNPROVEN,
    BUSY,
    IDLE,
    SOCKET,
    ENDING
  }

  private final Connections connections;
  private final Channel channel;
  final long number;

  /// What [Connections] counts it under; null for nothing. Written on the event loop before the
  /// close is heard of.
  volatile @Nullable String counted;

  private volatile State state = State.UNPROVEN;
  private volatile long idleSince;
  private volatile String address;

  /// Requests that have not been answered yet, and all since the beginning, as far as an int goes.
  private int requests;

  private int begun;
  private @Nullable Frames frames;
  private @Nullable Future<?> deadline;
  private @Nullable ChannelHandlerContext context;

  ConnectionGuard(Connections connections, Channel channel, String address, long number) {
    this.connections = connections;
    this.channel = channel;
    this.address = address;
    this.number = number;
  }

  Connections connections() {
    return connections;
  }

  String address() {
    return address;
  }

  State state() {
    return state;
  }

  long idleSince() {
    return idleSince;
  }

  /// A proxy of ours says who is there.
  void tell(String source) {
    address = source;
  }

  /// Nothing more will be told of the address.
  void located() {
    connections.located(this);
  }

  void end() {
    state = State.ENDING;
    channel.close();
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    start(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof ByteBuf bytes) {
      if (frames == null && startsWithPreface(bytes)) {
        frames = new Frames();
      }
      if (frames != null) {
        frames.read(bytes);
        if (state != State.UNPROVEN) {
          follow(ctx, frames.pending());
        }
      } else if (state == State.IDLE) {
        readHead(ctx, msg);
        return;
      }
    }
    ctx.fireChannelRead(msg);
  }

  /// Most heads come whole: those need no deadline, and [#began] is called before this returns.
  private void readHead(ChannelHandlerContext ctx, Object msg) {
    int before = begun;
    ctx.fireChannelRead(msg);
    if (begun == before && state == State.IDLE && channel.isActive()) {
      start(ctx);
    }
  }

  private static boolean startsWithPreface(ByteBuf bytes) {
    if (bytes.readableBytes() < PREFACE.length) {
      return false;
    }
    for (int i = 0; i < PREFACE.length; i++) {
      if (bytes.getByte(bytes.readerIndex() + i) != PREFACE[i]) {
        return false;
      }
    }
    return true;
  }

  private void follow(ChannelHandlerContext ctx, boolean pending) {
    if (pending) {
      start(ctx);
    } else {
      stop();
    }
  }

  private void start(ChannelHandlerContext ctx) {
    if (deadline == null) {
      deadline =
          ctx.executor()
              .schedule((Runnable) this::end, connections.headDeadlineMs(), TimeUnit.MILLISECONDS);
    }
  }

  private void stop() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  /// The head of a request has come. On the connection's event loop.
  void began() {
    begun++;
    requests++;
    if (state != State.ENDING) {
      state = State.BUSY;
    }
    stop();
    if (frames != null && frames.pending() && context != null) {
      start(context);
    }
  }

  /// A request has been answered.
  void ended() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      return;
    }
    if (!ctx.executor().inEventLoop()) {
      ctx.executor().execute(this::ended);
      return;
    }
    requests--;
    if (requests == 0 && state == State.BUSY) {
      idleSince = connections.nanos();
      state = State.IDLE;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stop();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    stop();
    if (state != State.ENDING) {
      state = State.SOCKET;
    }
  }
}
