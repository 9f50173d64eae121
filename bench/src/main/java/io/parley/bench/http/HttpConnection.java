package io.parley.bench.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One connection that asks, reads the whole answer, asks again.
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int ANSWER_BYTES_MAX = 1 << 20;

  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf received;
  private HttpRun.@Nullable Phase phase;
  private @Nullable CompletableFuture<Void> end;
  private int asked;
  private long askedAt;

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    received = ctx.alloc().buffer(1024);
  }

  void begin(HttpRun.Phase next, CompletableFuture<Void> whenOver) {
    phase = next;
    end = whenOver;
    ChannelHandlerContext ctx = context;
    if (ctx == null || !ctx.channel().isActive()) {
      next.result().wrong("connection lost");
      whenOver.complete(null);
      return;
    }
    ask(ctx, next);
  }

  private void ask(ChannelHandlerContext ctx, HttpRun.Phase current) {
    ByteBuf request = ctx.alloc().buffer(512);
    asked = current.dialog().ask(request);
    askedAt = System.nanoTime();
    ctx.writeAndFlush(request, ctx.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    ByteBuf all = received;
    HttpRun.Phase current = phase;
    if (all == null || current == null) {
      in.release();
      return;
    }
    all.writeBytes(in);
    in.release();
    int head = headEnd(all);
    if (head < 0) {
      return;
    }
    int length = contentLength(all, head);
    if (length < 0 || length > ANSWER_BYTES_MAX) {
      current.result().wrong("an answer without content-length");
      ctx.close();
      return;
    }
    if (all.readableBytes() >= head + length) {
      answered(ctx, current, all, head, length);
    }
  }

  private void answered(
      ChannelHandlerContext ctx, HttpRun.Phase current, ByteBuf all, int head, int length) {
    long now = System.nanoTime();
    int status = number(all, all.readerIndex() + "HTTP/1.1 ".length(), 3);
    ByteBuf body = all.slice(all.readerIndex() + head, length);
    if (current.dialog().right(asked, status, body)) {
      current.result().wasRight();
      if (current.measures(now)) {
        current.result().answered(now - askedAt);
      }
    } else if (current.dialog().busy(status, body)) {
      current.result().wasBusy();
    } else {
      String shown = body.toString(0, Math.min(length, 120), StandardCharsets.UTF_8);
      current.result().wrong(status + " " + shown);
    }
    all.clear();
    if (current.over(now)) {
      ended();
    } else {
      ask(ctx, current);
    }
  }

  /// Bytes from the start to the body; −1 while the head is not whole.
  private static int headEnd(ByteBuf all) {
    int start = all.readerIndex();
    int end = all.writerIndex();
    for (int i = start + 3; i < end; i++) {
      if (all.getByte(i) == '\n' && all.getByte(i - 2) == '\n') {
        return i + 1 - start;
      }
    }
    return -1;
  }

  private static int contentLength(ByteBuf all, int head) {
    ByteBuf header = all.slice(all.readerIndex(), head);
    int at = ByteBufUtil.indexOf(LENGTH_NEEDLE, header);
    if (at < 0) {
      return -1;
    }
    int digits = at + LENGTH.length;
    while (header.getByte(digits) == ' ') {
      digits++;
    }
    int count = 0;
    while (header.getByte(digits + count) >= '0') {
      count++;
    }
    return number(header, digits, count);
  }

  private static final ByteBuf LENGTH_NEEDLE =
      io.netty.buffer.Unpooled.unreleasableBuffer(
          io.netty.buffer.Unpooled.wrappedBuffer(LENGTH).asReadOnly());

  private static int number(ByteBuf from, int at, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      value = value * 10 + from.getByte(at + i) - '0';
    }
    return value;
  }

  private void ended() {
    phase = null;
    CompletableFuture<Void> known = end;
    if (known != null) {
      known.complete(null);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    HttpRun.Phase current = phase;
    if (current != null) {
      current.result().wrong("connection lost");
      ended();
    }
    ByteBuf all = received;
    received = null;
    if (all != null) {
      all.release();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
