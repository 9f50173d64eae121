package io.parley.face.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Decides from the first bytes of a connection whether it is a live socket or belongs to the HTTP
/// server.
///
/// It stands in front of the HTTP server's handlers; on a TLS port behind the TLS handler, where it
/// sees plain text: HTTP/2 begins with `PRI`, so only HTTP/1.1 can match. As long as what was read
/// is a beginning of `GET <socket path>`, it is held back; then either everything is handed on and
/// the sniffer leaves, or the HTTP server's handlers are told that the connection ended (they give
/// up their timers) and are replaced.
///
/// A peer that does not get to the end of its request head within the deadline is closed.
final class SocketSniffer extends ChannelInboundHandlerAdapter {
  private static final int LINE_CHARS_MAX = 4096;
  private static final int HEAD_CHARS_MAX = 8192;
  private static final String METHOD = "GET ";

  private enum Verdict {
    OPEN,
    SOCKET,
    OTHER
  }

  private final SocketEngine engine;
  private final List<byte[]> prefixes;
  private @Nullable ByteBuf held;
  private @Nullable Future<?> deadline;

  private SocketSniffer(SocketEngine engine, List<byte[]> prefixes) {
    this.engine = engine;
    this.prefixes = prefixes;
  }

  /// What [#addTo] looks for, made once.
  static List<byte[]> prefixes(Set<String> paths) {
    List<byte[]> prefixes = new ArrayList<>();
    for (String path : paths) {
      prefixes.add((METHOD + path).getBytes(StandardCharsets.US_ASCII));
    }
    return List.copyOf(prefixes);
  }

  /// Adds a sniffer to the pipeline of a new connection, which the HTTP server has just put
  /// together.
  static void addTo(ChannelPipeline pipeline, SocketEngine engine, List<byte[]> prefixes) {
    SocketSniffer sniffer = new SocketSniffer(engine, prefixes);
    if (pipeline.get(AbstractSniHandler.class) == null) {
      pipeline.addFirst(sniffer);
    } else {
      // Before the last handler, which chooses HTTP/1 or HTTP/2 when the TLS handshake is over.
      pipeline.addBefore(pipeline.lastContext().name(), null, sniffer);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof ByteBuf read)) {
      ctx.fireChannelRead(msg);
      return;
    }
    ByteBuf bytes = read;
    if (held != null) {
      bytes = held.writeBytes(read);
      read.release();
      held = null;
    }
    switch (judge(bytes)) {
      case OPEN -> hold(ctx, bytes);
      case SOCKET -> takeOver(ctx, bytes);
      case OTHER -> {
        stopDeadline();
        // First remove: the connection is the HTTP server's before it sees the first byte.
        ChannelHandlerContext next = ctx;
        ctx.pipeline().remove(this);
        next.fireChannelRead(bytes);
      }
    }
  }

  private void hold(ChannelHandlerContext ctx, ByteBuf bytes) {
    if (deadline == null) {
      deadline =
          ctx.executor()
              .schedule((Runnable) ctx::close, engine.deadlineMs(), TimeUnit.MILLISECONDS);
    }
    if (bytes.isWritable(HEAD_CHARS_MAX)) {
      held = bytes;
    } else {
      held = ctx.alloc().buffer(64).writeBytes(bytes);
      bytes.release();
    }
  }

  /// A prefix must be followed by a blank or a question mark, so that `/wsx` is not taken for
  /// `/ws`.
  private Verdict judge(ByteBuf bytes) {
    Verdict verdict = Verdict.OTHER;
    for (byte[] prefix : prefixes) {
      int common = Math.min(prefix.length, bytes.readableBytes());
      if (!startsWith(bytes, prefix, common)) {
        continue;
      }
      if (bytes.readableBytes() <= prefix.length) {
        verdict = Verdict.OPEN;
        continue;
      }
      byte after = bytes.getByte(bytes.readerIndex() + prefix.length);
      if (after == ' ' || after == '?') {
        return Verdict.SOCKET;
      }
    }
    return verdict;
  }

  private static boolean startsWith(ByteBuf bytes, byte[] prefix, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes.getByte(bytes.readerIndex() + i) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private void takeOver(ChannelHandlerContext ctx, ByteBuf bytes) {
    ChannelPipeline pipeline = ctx.pipeline();
    ctx.fireChannelInactive();
    for (ChannelHandler handler : List.copyOf(pipeline.toMap().values())) {
      if (handler != this && !(handler instanceof SslHandler)) {
        pipeline.remove(handler);
      }
    }
    Future<?> running = deadline;
    deadline = null;
    HttpDecoderConfig config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LINE_CHARS_MAX)
            .setMaxHeaderSize(HEAD_CHARS_MAX);
    pipeline.addLast(new HttpRequestDecoder(config));
    pipeline.addLast(new Handshake(engine, running));
    ChannelHandlerContext next = ctx;
    pipeline.remove(this);
    next.fireChannelRead(bytes);
    next.fireChannelReadComplete();
  }

  private void stopDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    letGo();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    letGo();
  }

  private void letGo() {
    stopDeadline();
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
