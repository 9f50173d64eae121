package io.parley.valkey;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where connections come from: one server, the master that sentinels name, or a cluster.
///
/// A connection that breaks stays broken: whoever holds it asks for another, and so knows that it
/// was away.
final class Server implements AutoCloseable {
  private static final int THREADS = 2;

  /// One connection, for one thread.
  record Line(
      StatefulConnection<byte[], byte[]> connection, RedisClusterCommands<byte[], byte[]> commands)
      implements AutoCloseable {
    @Override
    public void close() {
      if (connection.isOpen()) {
        connection.close();
      }
    }
  }

  /// Makes a connection of its kind.
  private interface Dialling {
    Line dial();

    void stop();
  }

  private final ClientResources resources;
  private final Dialling dialling;
  private final Duration timeout;

  /// Does not connect yet.
  ///
  /// @param url `redis://`, `rediss://`, `redis-sentinel://` or `rediss-sentinel://`; several
  ///     addresses behind one of the first two are a cluster's
  /// @param timeout for connecting, and for each command
  /// @throws IllegalArgumentException for any other; the text holds nothing of the URL
  Server(String url, Duration timeout) {
    this.timeout = timeout;
    List<RedisURI> addresses = addresses(url);
    addresses.forEach(address -> address.setTimeout(timeout));
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .build();
    dialling = addresses.size() == 1 ? one(addresses.getFirst()) : cluster(addresses);
  }

  private static List<RedisURI> addresses(String url) {
    try {
      URI uri = URI.create(url);
      String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
      boolean sentinels = url.startsWith("redis-sentinel:") || url.startsWith("rediss-sentinel:");
      List<RedisURI> addresses =
          !sentinels && authority.contains(",")
              ? RedisClusterURIUtil.toRedisURIs(uri)
              : List.of(RedisURI.create(uri));
      if (!sentinels && addresses.stream().anyMatch(each -> isBlank(each.getHost()))) {
        throw new IllegalArgumentException("no host");
      }
      return addresses;
    } catch (RuntimeException e) {
      // Its own text would show the password.
      throw new IllegalArgumentException("cannot be understood");
    }
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private <B extends ClientOptions.Builder> B common(B options) {
    options
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(SocketOptions.builder().connectTimeout(timeout).build());
    return options;
  }

  private Dialling one(RedisURI address) {
    RedisClient client = RedisClient.create(resources, address);
    client.setOptions(
        common(ClientOptions.builder())
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .build());
    return new Dialling() {
      @Override
      public Line dial() {
        StatefulRedisConnection<byte[], byte[]> fresh = client.connect(ByteArrayCodec.INSTANCE);
        return new Line(fresh, fresh.sync());
      }

      @Override
      public void stop() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
      }
    };
  }

  private Dialling cluster(List<RedisURI> addresses) {
    RedisClusterClient client = RedisClusterClient.create(resources, addresses);
    // It follows the cluster's changes by connecting anew beneath us; what it sends again is under
    // the number that it had.
    client.setOptions(common(ClusterClientOptions.builder()).build());
    return new Dialling() {
      @Override
      public Line dial() {
        client.refreshPartitions();
        StatefulRedisClusterConnection<byte[], byte[]> fresh =
            client.connect(ByteArrayCodec.INSTANCE);
        return new Line(fresh, fresh.sync());
      }

      @Override
      public void stop() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
      }
    };
  }

  /// A new connection, whose commands may take `extra` longer than others. Blocks.
  Line connect(Duration extra) {
    Line line = dialling.dial();
    line.connection().setTimeout(timeout.plus(extra));
    return line;
  }

  @Override
  public void close() {
    dialling.stop();
    resources.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
