package io.parley.face.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.parley.realtime.Lane;
import io.parley.realtime.SocketLine;
import io.parley.realtime.SocketListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket after its handshake: the only handler of its channel, besides TLS.
///
/// Closing: the close frame goes out behind everything queued, what still comes in is thrown away,
/// and the channel closes when the peer has answered or [#LINGER_MS] have passed. Closing at once
/// could destroy the last frames on their way, because a TCP stack that drops unread input resets
/// the connection.
///
/// While more than the high-water mark of bytes waits to go out, nothing is read: who does not read
/// answers cannot ask for more, and is silent to the sweep.
final class WebSocket extends ChannelInboundHandlerAdapter implements SocketLine, FrameReader.Sink {
  private static final Logger log = LoggerFactory.getLogger(WebSocket.class);
  private static final int LINGER_MS = 500;

  /// The place in [Loop]'s list.
  int slot;

  private final SocketEngine engine;
  private final Loop loop;
  private final FrameReader reader = new FrameReader();
  private final int silenceTicks;
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable SocketListener listener;
  private int lastTick;

  /// Nothing stands between this and the channel, so frames go straight into its buffer: a million
  /// a second pass here, and the pipeline would look for who is next for each.
  private boolean plain;

  private boolean settled;
  private boolean paused;
  private boolean touched;
  private boolean closing;

  WebSocket(SocketEngine engine, Loop loop, int silenceTicks) {
    this.engine = engine;
    this.loop = loop;
    this.silenceTicks = silenceTicks;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    plain = context.pipeline().first() == this;
    lastTick = loop.tick();
    loop.add(this);
  }

  void listen(SocketListener to) {
    listener = to;
  }

  /// Bytes that came before the handler did.
  void receive(ByteBuf bytes) {
    reader.feed(bytes, engine.messageBytesMax(), this);
  }

  /// Begins to read, unless the listener has paused.
  void start() {
    readIfPossible();
  }

  // --- what comes in

  @Override
  public void channelRead(ChannelHandlerContext context, Object msg) {
    if (!(msg instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(msg);
      return;
    }
    if (settled) {
      lastTick = loop.tick();
    }
    reader.feed(bytes, engine.messageBytesMax(), this);
  }

  @Override
  public boolean isPaused() {
    return paused;
  }

  @Override
  public void onMessage(boolean text, byte[] payload) {
    SocketListener to = listener;
    if (closing || to == null) {
      return;
    }
    if (!text) {
      to.onBinary(payload);
      return;
    }
    String decoded;
    try {
      decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      close(FrameBytes.NOT_UTF8, "a text message must be UTF-8");
      return;
    }
    to.onText(decoded);
  }

  @Override
  public void onControl(int opcode, byte[] payload) {
    if (opcode == FrameBytes.CLOSE) {
      if (closing) {
        requireCtx().close();
      } else {
        close(FrameBytes.answerTo(payload), "");
      }
    } else if (opcode == FrameBytes.PING && !closing) {
      write(FrameBytes.of(FrameBytes.PONG, payload));
    } else if (opcode == FrameBytes.PONG && listener != null) {
      listener.onPong(payload);
    }
  }

  @Override
  public void onViolation(int code, String reason) {
    close(code, reason);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closing = true;
    loop.remove(this);
    engine.left();
    reader.release();
    SocketListener to = listener;
    listener = null;
    if (to != null) {
      to.onClosed();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException || cause instanceof DecoderException) {
      context.close();
      return;
    }
    log.error("a socket failed", cause);
    close(FrameBytes.BROKEN, "internal error");
  }

  // --- what goes out

  @Override
  public Lane lane() {
    return loop.lane();
  }

  @Override
  public boolean isOpen() {
    return !closing;
  }

  @Override
  public long pendingBytes() {
    ChannelOutboundBuffer buffer = requireCtx().channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  @Override
  public void write(ByteBuf frame) {
    if (closing) {
      frame.release();
      return;
    }
    ChannelHandlerContext context = requireCtx();
    Channel channel = context.channel();
    if (plain) {
      channel.unsafe().write(frame, channel.voidPromise());
    } else {
      context.write(frame, channel.voidPromise());
    }
    if (!touched) {
      touched = true;
      loop.lane().touch(this);
    }
  }

  @Override
  public void flush() {
    touched = false;
    ChannelHandlerContext context = requireCtx();
    if (plain) {
      context.channel().unsafe().flush();
    } else {
      context.flush();
    }
  }

  @Override
  public void close(ByteBuf last) {
    write(last);
    close(FrameBytes.GOING_AWAY, "");
  }

  @Override
  public void close(int code, String reason) {
    if (closing) {
      return;
    }
    closing = true;
    paused = false;
    ChannelHandlerContext context = requireCtx();
    context.channel().config().setAutoRead(true);
    context.writeAndFlush(FrameBytes.close(code, reason), context.voidPromise());
    context.executor().schedule((Runnable) context::close, LINGER_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public ByteBuf textFrame(byte[] utf8) {
    return FrameBytes.of(FrameBytes.TEXT, utf8);
  }

  @Override
  public ByteBuf pingFrame(byte[] payload) {
    return FrameBytes.of(FrameBytes.PING, payload);
  }

  // --- pace

  @Override
  public void pause() {
    paused = true;
    requireCtx().channel().config().setAutoRead(false);
  }

  @Override
  public void resume() {
    if (!paused) {
      return;
    }
    paused = false;
    reader.goOn(engine.messageBytesMax(), this);
    readIfPossible();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    readIfPossible();
  }

  private void readIfPossible() {
    var channel = requireCtx().channel();
    channel.config().setAutoRead(closing || (!paused && channel.isWritable()));
  }

  @Override
  public void settle() {
    settled = true;
    lastTick = loop.tick();
  }

  /// Closes a socket whose peer has been silent, or a stranger, for too long.
  void sweep(int tick) {
    if (!settled && tick - lastTick > engine.strangerTicks()) {
      close(FrameBytes.REFUSED, "limits.auth_deadline_s: not authenticated in time");
    } else if (settled && tick - lastTick > silenceTicks) {
      close(FrameBytes.GOING_AWAY, "limits.heartbeat_s: nothing heard");
    }
  }

  void dismissStranger() {
    if (!settled) {
      close(FrameBytes.GOING_AWAY, "restart");
    }
  }

  private ChannelHandlerContext requireCtx() {
    ChannelHandlerContext context = ctx;
    if (context == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return context;
  }
}
