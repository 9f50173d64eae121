package io.parley.bench.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.parley.api.realtime.AuthRequest;
import io.parley.bench.wire.Form;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The event loops of one run: epoll where it works, NIO elsewhere.
public final class Lanes implements AutoCloseable {
  /// Sockets per loopback source address, below the kernel's usual range of ephemeral ports.
  private static final int PORTS_PER_ADDRESS = 20_000;

  private final EventLoopGroup group;
  private final Class<? extends Channel> channelType;
  private final List<Lane> lanes = new ArrayList<>();
  private final URI server;
  private final Form form;
  private int connected;

  /// Starts `threads` loops that will talk to `server` in binary.
  public Lanes(URI server, int threads) {
    this(server, threads, Form.BINARY);
  }

  /// The same in either form.
  public Lanes(URI server, int threads, Form form) {
    this.server = server;
    this.form = form;
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    channelType = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    group = new MultiThreadIoEventLoopGroup(threads, io);
    for (int i = 0; i < threads; i++) {
      EventLoop loop = group.next();
      lanes.add(new Lane(loop));
    }
  }

  public List<Lane> all() {
    return lanes;
  }

  /// Begins to connect and authenticate; lanes take turns. See [ClientSocket#opened()].
  public ClientSocket connect(String token, String deviceId, SocketListener listener) {
    return connect(server, token, deviceId, listener);
  }

  /// The same to another server.
  public ClientSocket connect(URI where, String token, String deviceId, SocketListener listener) {
    int index = connected++;
    Lane lane = lanes.get(index % lanes.size());
    AuthRequest auth = AuthRequest.newBuilder().setToken(token).setDeviceId(deviceId).build();
    ClientSocket socket = new ClientSocket(lane, form, where, auth, listener);
    SocketAddress remote = new InetSocketAddress(where.getHost(), where.getPort());
    Bootstrap bootstrap =
        new Bootstrap()
            .group(lane.loop())
            .channel(channelType)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(socket);
    if (index >= PORTS_PER_ADDRESS) {
      bootstrap.localAddress(
          new InetSocketAddress("127.0.0." + (1 + index / PORTS_PER_ADDRESS), 0));
    }
    var unused =
        bootstrap
            .connect(remote)
            .addListener(
                done -> {
                  if (!done.isSuccess()) {
                    socket.opened().completeExceptionally(done.cause());
                  }
                });
    return socket;
  }

  @Override
  public void close() {
    var unused =
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
