package io.parley.bench.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Connections to one server that ask one dialog, on one event loop.
public final class HttpRun implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup group;
  private final EventLoop loop;
  private final Class<? extends Channel> channelType;
  private final URI server;
  private final List<HttpConnection> connections = new ArrayList<>();

  public HttpRun(URI server) {
    this.server = server;
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    channelType = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    group = new MultiThreadIoEventLoopGroup(1, io);
    loop = group.next();
  }

  /// Connects until there are `count` connections.
  public void connect(int count) {
    InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
    while (connections.size() < count) {
      HttpConnection connection = new HttpConnection();
      Bootstrap bootstrap =
          new Bootstrap()
              .group(loop)
              .channel(channelType)
              .option(ChannelOption.TCP_NODELAY, true)
              .handler(connection);
      bootstrap.connect(address).syncUninterruptibly();
      connections.add(connection);
    }
  }

  /// Asks for `warmup` without counting, then for `measured`; returns once every connection has its
  /// last answer.
  public HttpResult run(Dialog dialog, Duration warmup, Duration measured) {
    HttpResult result = new HttpResult();
    long from = System.nanoTime() + warmup.toNanos();
    Phase phase = new Phase(dialog, result, from, from + measured.toNanos());
    result.measured(measured.toNanos());
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (HttpConnection connection : connections) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      ends.add(end);
      loop.execute(() -> connection.begin(phase, end));
    }
    try {
      CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
          .orTimeout(warmup.plus(measured).toSeconds() + 60, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException("answers did not come within 60 s", e);
    }
    return result;
  }

  /// One phase of a run.
  ///
  /// @param from System.nanoTime when counting begins
  /// @param until when asking ends
  record Phase(Dialog dialog, HttpResult result, long from, long until) {
    boolean measures(long now) {
      return now - from >= 0 && now - until < 0;
    }

    boolean over(long now) {
      return now - until >= 0;
    }
  }

  @Override
  public void close() {
    var unused =
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
