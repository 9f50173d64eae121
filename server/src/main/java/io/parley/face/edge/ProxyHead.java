package io.parley.face.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.ProtocolDetectionResult;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import java.util.List;

/// Reads the PROXY protocol's head, version 1 or 2, where a proxy of ours begins with one. First of
/// all handlers: it comes before TLS.
final class ProxyHead extends ByteToMessageDecoder {
  private final ConnectionGuard guard;

  ProxyHead(ConnectionGuard guard) {
    this.guard = guard;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    ProtocolDetectionResult<HAProxyProtocolVersion> found =
        HAProxyMessageDecoder.detectProtocol(in);
    switch (found.state()) {
      case NEEDS_MORE_DATA -> {}
      case INVALID -> {
        guard.located();
        ctx.pipeline().remove(this);
      }
      case DETECTED -> {
        String decoder = ctx.name() + "-decoder";
        ctx.pipeline().addAfter(ctx.name(), decoder, new HAProxyMessageDecoder());
        ctx.pipeline().addAfter(decoder, null, new Told());
        ctx.pipeline().remove(this);
      }
    }
  }

  private final class Told extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      if (!(msg instanceof HAProxyMessage head)) {
        ctx.fireChannelRead(msg);
        return;
      }
      String source = head.sourceAddress();
      head.release();
      if (source != null) {
        guard.tell(source);
      }
      guard.located();
      ctx.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
