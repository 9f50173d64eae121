package io.parley.valkey;

import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.parley.base.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What nodes keep together on the server, for callers that have another answer where it cannot be
/// had: after a failure they get that one at once, and once a second somebody tries again.
final class Shared {
  private static final Duration REST = Duration.ofSeconds(1);

  private final Server server;
  private final Condition condition;
  private final Clock clock;
  private final String prefix;
  private Server.@Nullable Line line;
  private long restsUntilNs;
  private boolean rests;
  private boolean closed;

  /// `prefix`: of all keys, in braces.
  Shared(Server server, Condition condition, Clock clock, String prefix) {
    this.server = server;
    this.condition = condition;
    this.clock = clock;
    this.prefix = prefix;
  }

  /// The key called `name`.
  byte[] key(String name) {
    return bytes(prefix + name);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] bytes(long number) {
    return bytes(Long.toString(number));
  }

  /// What `work` answers, or `otherwise` where it fails. Blocks.
  <T> T call(Function<RedisClusterCommands<byte[], byte[]>, T> work, Supplier<T> otherwise) {
    Server.Line over = line();
    if (over == null) {
      return otherwise.get();
    }
    try {
      T answer = work.apply(over.commands());
      condition.works(Condition.Way.SHARING);
      return answer;
    } catch (RuntimeException e) {
      drop(over, e);
      return otherwise.get();
    }
  }

  private synchronized Server.@Nullable Line line() {
    if (closed || (rests && clock.nanos() - restsUntilNs < 0)) {
      return null;
    }
    if (line == null) {
      // Others come away at once while this one tries.
      rest();
      try {
        line = server.connect(Duration.ZERO);
        rests = false;
      } catch (RuntimeException e) {
        condition.fails(Condition.Way.SHARING, e);
      }
    }
    return line;
  }

  private void rest() {
    rests = true;
    restsUntilNs = clock.nanos() + REST.toNanos();
  }

  private synchronized void drop(Server.Line over, RuntimeException why) {
    if (line != null && line.connection() == over.connection()) {
      line = null;
      rest();
      over.close();
      if (!closed) {
        condition.fails(Condition.Way.SHARING, why);
      }
    }
  }

  synchronized void close() {
    closed = true;
    if (line != null) {
      line.close();
      line = null;
    }
  }
}
