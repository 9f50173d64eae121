package io.parley.face.edge;

import com.linecorp.armeria.server.ServerBuilder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.AbstractSniHandler;
import io.parley.base.Clock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The connections of a port, and who may stay when there are too many.
///
/// One more than `max` ends one that has not asked for anything yet, the oldest first; where there
/// is none, the one that has been idle longest; where all are in use, the new one. Loopback and
/// proxies of ours may have any number, everybody else `perAddressMax`, IPv6 by /64.
public final class Connections {
  private static final int NETWORK_PARTS = 4;

  private final Settings settings;
  private final Set<ConnectionGuard> open = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Integer> perAddress = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong numbers = new AtomicLong();

  /// @param perAddressMax 0 for any number
  /// @param headDeadline for the head of a request
  public record Settings(
      int max, int perAddressMax, Duration headDeadline, Proxies proxies, Clock clock) {}

  public Connections(Settings settings) {
    this.settings = settings;
  }

  /// Puts the connections of each port, by its number, in front of everything that has been added
  /// to `server`.
  public static void install(ServerBuilder server, IntFunction<Connections> ofPort) {
    server.childChannelPipelineCustomizer(
        pipeline -> {
          if (pipeline.channel().localAddress() instanceof InetSocketAddress local) {
            ofPort.apply(local.getPort()).admit(pipeline);
          }
        });
  }

  long headDeadlineMs() {
    return settings.headDeadline().toMillis();
  }

  long nanos() {
    return settings.clock().nanos();
  }

  Proxies proxies() {
    return settings.proxies();
  }

  /// Takes a new connection in, whose pipeline the HTTP server has just put together.
  private void admit(ChannelPipeline pipeline) {
    Channel channel = pipeline.channel();
    String peer = peer(channel);
    ConnectionGuard guard = new ConnectionGuard(this, channel, peer, numbers.incrementAndGet());
    channel.attr(ConnectionGuard.KEY).set(guard);
    open.add(guard);
    boolean full = size.incrementAndGet() > settings.max();
    channel.closeFuture().addListener(closed -> forget(guard));
    if (full && !makeRoom(guard)) {
      guard.end();
      return;
    }
    if (pipeline.get(AbstractSniHandler.class) == null) {
      pipeline.addFirst(guard);
    } else {
      // Where plain text passes: before the last handler, which waits for the TLS handshake.
      pipeline.addBefore(pipeline.lastContext().name(), null, guard);
    }
    if (proxies().trusts(peer)) {
      pipeline.addFirst(new ProxyHead(guard));
    } else {
      located(guard);
    }
  }

  private void forget(ConnectionGuard guard) {
    open.remove(guard);
    size.decrementAndGet();
    String key = guard.counted;
    if (key != null) {
      perAddress.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  /// Counts a connection by the address that it is known to come from.
  void located(ConnectionGuard guard) {
    String address = guard.address();
    if (settings.perAddressMax() == 0 || isExempt(address) || !guard.isOpen()) {
      return;
    }
    String key = network(address);
    int count = perAddress.merge(key, 1, Integer::sum);
    guard.counted = key;
    if (count > settings.perAddressMax()) {
      guard.end();
    }
  }

  private boolean isExempt(String address) {
    return address.startsWith("127.")
        || address.startsWith("0:0:0:0:0:0:0:1")
        || address.equals("::1")
        || proxies().trusts(address);
  }

  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    String[] parts = address.split(":", NETWORK_PARTS + 1);
    return String.join(":", java.util.Arrays.copyOf(parts, Math.min(parts.length, NETWORK_PARTS)))
        + "::/64";
  }

  private synchronized boolean makeRoom(ConnectionGuard newcomer) {
    ConnectionGuard oldest = null;
    ConnectionGuard idlest = null;
    for (ConnectionGuard each : open) {
      if (each == newcomer) {
        continue;
      }
      switch (each.state()) {
        case UNPROVEN -> {
          if (oldest == null || each.number < oldest.number) {
            oldest = each;
          }
        }
        case IDLE -> {
          if (idlest == null || each.idleSince() - idlest.idleSince() < 0) {
            idlest = each;
          }
        }
        case BUSY, SOCKET, ENDING -> {}
      }
    }
    ConnectionGuard chosen = oldest != null ? oldest : idlest;
    if (chosen == null) {
      return false;
    }
    chosen.end();
    return true;
  }

  private static String peer(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress inet ? text(inet) : "unknown";
  }

  static String text(InetSocketAddress peer) {
    @Nullable InetAddress address = peer.getAddress();
    return address == null ? "unknown" : address.getHostAddress();
  }
}
