package io.parley.valkey;

import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.parley.base.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
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
  private final Lock dialling = new ReentrantLock();
  private volatile Server.@Nullable Line line;
  private volatile @Nullable Long restsUntilNs;
  private volatile boolean closed;

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

  /// Null while it rests, or somebody else is connecting: nobody waits for that.
  private Server.@Nullable Line line() {
    Server.Line known = line;
    if (known != null || closed || isResting() || !dialling.tryLock()) {
      return known;
    }
    try {
      if (line == null) {
        rest();
        dial();
      }
      return line;
    } finally {
      dialling.unlock();
    }
  }

  private void dial() {
    try {
      Server.Line fresh = server.connect(Duration.ZERO);
      line = fresh;
      if (closed) {
        fresh.close();
      }
    } catch (RuntimeException e) {
      fails(e);
    }
  }

  private boolean isResting() {
    Long until = restsUntilNs;
    return until != null && clock.nanos() - until < 0;
  }

  private void rest() {
    restsUntilNs = clock.nanos() + REST.toNanos();
  }

  private void drop(Server.Line over, RuntimeException why) {
    Server.Line known = line;
    if (known != null && known.connection() == over.connection()) {
      rest();
      line = null;
      fails(why);
    }
    over.close();
  }

  /// Who stops has not failed.
  private void fails(RuntimeException why) {
    if (!closed && !Thread.currentThread().isInterrupted()) {
      condition.fails(Condition.Way.SHARING, why);
    }
  }

  void close() {
    closed = true;
    Server.Line known = line;
    if (known != null) {
      known.close();
    }
  }
}
