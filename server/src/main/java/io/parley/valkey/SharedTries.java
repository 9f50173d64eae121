package io.parley.valkey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.parley.account.Throttle;
import io.parley.account.Tries;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.ToLongFunction;

/// Tries of all nodes, counted on the server by its clock; without it by this node alone. Keys are
/// hashes: the server learns nobody's name or address.
final class SharedTries implements Tries {
  private static final String NOW =
      "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000) ";

  private static final String RESERVE =
      NOW
          + """
          local open = tonumber(redis.call('HGET', KEYS[1], 'open') or '0')
          if open > now then return open - now end
          local count = redis.call('HINCRBY', KEYS[1], 'count', 1)
          local over = count - tonumber(ARGV[1])
          local wait = 0
          if over >= 0 then wait = math.min(tonumber(ARGV[2]), 1000 * 2 ^ math.min(20, over)) end
          redis.call('HSET', KEYS[1], 'open', now + wait)
          redis.call('PEXPIRE', KEYS[1], ARGV[3])
          return 0
          """;

  private static final String GIVE_BACK =
      """
      if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
      local count = redis.call('HINCRBY', KEYS[1], 'count', -1)
      if count <= 0 then return redis.call('DEL', KEYS[1]) end
      if count < tonumber(ARGV[1]) then redis.call('HSET', KEYS[1], 'open', 0) end
      return redis.call('PEXPIRE', KEYS[1], ARGV[3])
      """;

  /// Of a source's tries, those that it has left at a time.
  private static final String LEFT =
      NOW
          + """
          local free = tonumber(ARGV[1])
          local known = redis.call('HGET', KEYS[1], 'left')
          local at = tonumber(redis.call('HGET', KEYS[1], 'at') or '0')
          local left = free
          if known then left = math.min(free, tonumber(known) + (now - at) / tonumber(ARGV[2])) end
          """;

  private static final String KEEP =
      """
      redis.call('HSET', KEYS[1], 'left', tostring(left), 'at', now)
      redis.call('PEXPIRE', KEYS[1], ARGV[3])
      """;

  private static final String TAKE =
      LEFT
          + "local wait = 0 if left < 1 then wait = math.ceil((1 - left) * tonumber(ARGV[2]))"
          + " else left = left - 1 end "
          + KEEP
          + "return wait";

  private static final String REFUND =
      LEFT + "if not known then return 0 end left = math.min(free, left + 1) " + KEEP + "return 0";

  private static final int REFUSED_MAX = 100_000;

  private final Shared shared;
  private final Tries local;

  /// What was refused here lately.
  private final Cache<String, Boolean> refusedNames = refused(WAIT_MAX.toMillis());

  private final Cache<String, Boolean> refusedSources = refused(SOURCE_REFILL_MS);

  /// `local`: counts where the server does not.
  SharedTries(Shared shared, Tries local) {
    this.shared = shared;
    this.local = local;
  }

  private static Cache<String, Boolean> refused(long ms) {
    return Caffeine.newBuilder()
        .maximumSize(REFUSED_MAX)
        .expireAfterWrite(Duration.ofMillis(ms))
        .build();
  }

  private byte[] key(String kind, String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return shared.key("try:" + kind + ":" + HexFormat.of().formatHex(hash, 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] key(By by, String key) {
    return switch (by) {
      case PAIR -> key("pair", key);
      case NAME -> key("name", key);
    };
  }

  private long run(String script, byte[] key, long[] values, ToLongFunction<Tries> otherwise) {
    byte[][] arguments = new byte[values.length][];
    for (int i = 0; i < values.length; i++) {
      arguments[i] = Shared.bytes(values[i]);
    }
    return shared.call(
        commands ->
            commands.<Long>eval(script, ScriptOutputType.INTEGER, new byte[][] {key}, arguments),
        () -> otherwise.applyAsLong(local));
  }

  private static long[] ofFailures(By by) {
    return new long[] {by.free(), WAIT_MAX.toMillis(), MEMORY.toMillis()};
  }

  private static long[] ofSources() {
    return new long[] {SOURCE_FREE, SOURCE_REFILL_MS, MEMORY.toMillis()};
  }

  @Override
  public long reserve(By by, String key) {
    long wait = run(RESERVE, key(by, key), ofFailures(by), tries -> tries.reserve(by, key));
    if (wait > 0) {
      refusedNames.put(by == By.PAIR ? Throttle.nameOf(key) : key, true);
    }
    return wait;
  }

  @Override
  public void giveBack(By by, String key) {
    run(
        GIVE_BACK,
        key(by, key),
        ofFailures(by),
        tries -> {
          tries.giveBack(by, key);
          return 0;
        });
  }

  @Override
  public void forget(By by, String key) {
    // In both: the one that counts may have changed since the try began.
    local.forget(by, key);
    shared.call(commands -> commands.del(key(by, key)), () -> 0L);
  }

  @Override
  public long take(String source) {
    long wait = run(TAKE, key("source", source), ofSources(), tries -> tries.take(source));
    if (wait > 0) {
      refusedSources.put(source, true);
    }
    return wait;
  }

  @Override
  public void refund(String source) {
    run(
        REFUND,
        key("source", source),
        ofSources(),
        tries -> {
          tries.refund(source);
          return 0;
        });
  }

  @Override
  public void remember(String pair) {
    local.remember(pair);
    shared.call(
        commands ->
            commands.set(
                key("known", pair), Shared.bytes("1"), SetArgs.Builder.px(FAMILIAR.toMillis())),
        () -> "");
  }

  @Override
  public boolean isFamiliar(String pair) {
    return local.isFamiliar(pair)
        || shared.call(commands -> commands.exists(key("known", pair)), () -> 0L) > 0;
  }

  /// What was refused at this node in the last minute, of addresses in the last two seconds.
  @Override
  public Throttle.Locked locked() {
    refusedNames.cleanUp();
    refusedSources.cleanUp();
    return new Throttle.Locked(refusedNames.estimatedSize(), refusedSources.estimatedSize());
  }
}
