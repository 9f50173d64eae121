package io.parley.face.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.realtime.SocketEndpoint;
import io.parley.realtime.SocketListener;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers one upgrade request (RFC 6455, section 4.2), then makes room for the [WebSocket].
///
/// Bytes that the client sends behind its request, before the answer, wait and are the socket's
/// first.
final class Handshake extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(Handshake.class);
  private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(64 << 10, 256 << 10);

  private final SocketEngine engine;
  private final @Nullable Future<?> earlierDeadline;
  private @Nullable Future<?> deadline;
  private @Nullable HttpRequest request;
  private @Nullable ByteBuf early;
  private boolean decided;
  private boolean counted;

  /// `earlierDeadline`: one that already runs for this head, or null.
  Handshake(SocketEngine engine, @Nullable Future<?> earlierDeadline) {
    this.engine = engine;
    this.earlierDeadline = earlierDeadline;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadline =
        earlierDeadline != null
            ? earlierDeadline
            : ctx.executor()
                .schedule((Runnable) ctx::close, engine.deadlineMs(), TimeUnit.MILLISECONDS);
    ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    ctx.channel().config().setWriteBufferWaterMark(MARKS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof ByteBuf bytes) {
      keepEarly(ctx, bytes);
    } else if (!decided && msg instanceof HttpRequest head) {
      request = head;
      if (head.decoderResult().isFailure()) {
        refuse(ctx, Fault.of(FaultCode.MALFORMED, "not an HTTP request"));
      }
    } else if (!decided && msg instanceof HttpContent content) {
      takeContent(ctx, content);
    } else {
      ReferenceCountUtil.release(msg);
    }
  }

  private void takeContent(ChannelHandlerContext ctx, HttpContent content) {
    boolean empty = !content.content().isReadable() && !content.decoderResult().isFailure();
    boolean last = content instanceof LastHttpContent;
    content.release();
    if (!empty) {
      refuse(ctx, Fault.of(FaultCode.MALFORMED, "an upgrade request has no body"));
    } else if (last && request != null) {
      decide(ctx, request);
    }
  }

  private void decide(ChannelHandlerContext ctx, HttpRequest head) {
    decided = true;
    ctx.channel().config().setAutoRead(false);
    // What comes after the head is no HTTP: the decoder leaves and hands on what it has already
    // got.
    ctx.pipeline().remove(HttpRequestDecoder.class);
    UpgradeRequest parsed;
    try {
      parsed = UpgradeRequest.parse(head, engine, ctx.channel());
      if (engine.isDraining()) {
        throw Fault.of(FaultCode.UNAVAILABLE, "the server is stopping");
      }
      if (!engine.enter()) {
        throw Fault.of(FaultCode.UNAVAILABLE, "limits.sockets_max: at most " + engine.socketsMax());
      }
      counted = true;
      engine.executor().execute(() -> admit(ctx, parsed));
    } catch (Fault e) {
      refuse(ctx, e);
    } catch (RejectedExecutionException e) {
      refuse(ctx, Fault.of(FaultCode.UNAVAILABLE, "the server is stopping"));
    }
  }

  /// On a virtual thread.
  private void admit(ChannelHandlerContext ctx, UpgradeRequest parsed) {
    try {
      Caller caller = parsed.endpoint().admit(parsed.upgrade());
      ctx.executor().execute(() -> accept(ctx, parsed, caller));
    } catch (Throwable e) {
      Fault fault = Fault.from(e);
      if (fault.code() == FaultCode.INTERNAL) {
        log.error("an upgrade failed", e);
      }
      ctx.executor().execute(() -> refuse(ctx, fault));
    }
  }

  private void accept(ChannelHandlerContext ctx, UpgradeRequest parsed, Caller caller) {
    if (ctx.isRemoved() || !ctx.channel().isActive()) {
      return;
    }
    Loop loop = engine.loop(ctx.channel());
    SocketEndpoint endpoint = parsed.endpoint();
    WebSocket socket =
        new WebSocket(engine, loop, (int) (endpoint.silenceMax().toMillis() / Loop.TICK_MS));
    ctx.write(HandshakeAnswer.switching(parsed.key()), ctx.voidPromise());
    ByteBuf first = early;
    early = null;
    counted = false;
    ctx.pipeline().replace(this, null, socket);
    socket.flush();
    try {
      SocketListener listener = endpoint.open(parsed.upgrade(), caller, socket);
      socket.listen(listener);
    } catch (Fault e) {
      socket.close(FrameBytes.REFUSED, e.text());
    }
    if (first != null) {
      socket.receive(first);
    }
    socket.start();
  }

  private void refuse(ChannelHandlerContext ctx, Fault fault) {
    decided = true;
    if (ctx.isRemoved()) {
      return;
    }
    HandshakeAnswer.refuse(ctx, fault);
  }

  private void keepEarly(ChannelHandlerContext ctx, ByteBuf bytes) {
    if (early == null) {
      early = ctx.alloc().buffer(bytes.readableBytes());
    }
    if (early.readableBytes() + bytes.readableBytes() <= engine.messageBytesMax()) {
      early.writeBytes(bytes);
    } else {
      ctx.close();
    }
    bytes.release();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    letGo();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    letGo();
  }

  private void letGo() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
    if (early != null) {
      early.release();
      early = null;
    }
    if (counted) {
      counted = false;
      engine.left();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.warn("a handshake failed: {}", cause.toString());
    }
    ctx.close();
  }
}
