package io.parley.security;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the logger `parley.security`, a line of `key=value` each.
///
/// What strangers can cause is counted by kind and source, and written once a minute; of more than
/// 1,000 sources the rest is one line a kind. What changes who may do what is written at once. A
/// thread of its own writes; of more than 1,000 lines that wait the rest is only counted.
public final class SecurityLog implements AutoCloseable {
  /// The logger's name.
  public static final String NAME = "parley.security";

  private static final Logger log = LoggerFactory.getLogger(NAME);
  private static final Duration EACH = Duration.ofMinutes(1);
  private static final int SOURCES_MAX = 1_000;
  private static final int WAITING_MAX = 1_000;

  /// Accounts named in one line.
  private static final int NAMED_MAX = 5;

  private static final int VALUE_CHARS_MAX = 100;
  private static final String OTHERS = "others";

  private record Key(Attempt attempt, String source) {}

  /// @param accounts the first of those that it was about
  /// @param unknown how often it was about nobody
  private record Count(long count, List<Long> accounts, long unknown) {
    static final Count NONE = new Count(0, List.of(), 0);

    Count plus(@Nullable AccountId account) {
      if (account == null) {
        return new Count(count + 1, accounts, unknown + 1);
      }
      boolean more = accounts.size() < NAMED_MAX && !accounts.contains(account.value());
      if (!more) {
        return new Count(count + 1, accounts, unknown);
      }
      TreeSet<Long> named = new TreeSet<>(accounts);
      named.add(account.value());
      return new Count(count + 1, List.copyOf(named), unknown);
    }
  }

  private final Clock clock;
  private final Map<Key, Count> counts = new ConcurrentHashMap<>();
  private final Map<Attempt, LongAdder> totals = new EnumMap<>(Attempt.class);
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean closed;
  private @Nullable Thread writer;

  public SecurityLog(Clock clock) {
    this.clock = clock;
    for (Attempt attempt : Attempt.values()) {
      totals.put(attempt, new LongAdder());
    }
  }

  /// Writes from now on. Before that nothing is written, and what is counted is kept.
  public void start() {
    writer = Thread.ofPlatform().daemon().name("parley-security").start(this::run);
  }

  /// Counts one. Never blocks.
  ///
  /// @param source whoever it comes from, see [io.parley.base.Caller]; IPv6 addresses by their /64
  /// @param account whom it is about; null where there is no such account
  public void count(Attempt attempt, String source, @Nullable AccountId account) {
    total(attempt).increment();
    Key key = new Key(attempt, source.isEmpty() ? "untold" : source);
    if (counts.size() >= SOURCES_MAX && !counts.containsKey(key)) {
      key = new Key(attempt, OTHERS);
    }
    counts.compute(key, (same, known) -> (known == null ? Count.NONE : known).plus(account));
  }

  /// How many there were since the start.
  public long count(Attempt attempt) {
    return total(attempt).sum();
  }

  /// The same for /metrics: name → value.
  public Map<String, LongSupplier> gauges() {
    return Arrays.stream(Attempt.values())
        .collect(
            Collectors.toMap(
                attempt -> "parley_security_" + attempt.word() + "_total",
                attempt -> () -> count(attempt)));
  }

  private LongAdder total(Attempt attempt) {
    LongAdder total = totals.get(attempt);
    if (total == null) {
      throw new IllegalStateException(attempt.name());
    }
    return total;
  }

  /// Tells of something that matters by itself. Never blocks.
  ///
  /// @param event such as `password_changed`
  /// @param facts name, value, name, value …; no secret
  public void tell(String event, String... facts) {
    StringBuilder line = new StringBuilder("event=").append(value(event));
    for (int i = 0; i + 1 < facts.length; i += 2) {
      line.append(' ').append(facts[i]).append('=').append(value(facts[i + 1]));
    }
    if (!waiting.offer(line.toString())) {
      dropped.incrementAndGet();
    }
  }

  /// Nothing in a value looks like the next key.
  private static String value(String text) {
    String cut = text.substring(0, Math.min(text.length(), VALUE_CHARS_MAX));
    return cut.isEmpty() ? "-" : cut.replaceAll("[^\\p{L}\\p{N}_.:/@,-]", "_");
  }

  private void run() {
    long written = clock.nanos();
    while (!closed) {
      try {
        long left = EACH.toNanos() - (clock.nanos() - written);
        String line = waiting.poll(Math.max(1, left), TimeUnit.NANOSECONDS);
        if (line != null) {
          log.info("{}", line);
        }
        if (clock.nanos() - written >= EACH.toNanos()) {
          written = clock.nanos();
          flush();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        // Whatever it was about is lost; the next line may get through.
        log.error("a line is missing", e);
      }
    }
  }

  /// Writes what was told and counted so far.
  public void flush() {
    for (String line = waiting.poll(); line != null; line = waiting.poll()) {
      log.info("{}", line);
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      log.warn("event=lines_dropped count={}", lost);
    }
    for (Key key : List.copyOf(counts.keySet())) {
      Count count = counts.remove(key);
      if (count != null) {
        log.info("{}", line(key, count));
      }
    }
  }

  private static String line(Key key, Count count) {
    String accounts =
        count.accounts().stream().map(String::valueOf).collect(Collectors.joining(","));
    return "event="
        + key.attempt().word()
        + " source="
        + value(key.source())
        + " count="
        + count.count()
        + " accounts="
        + value(accounts)
        + " unknown="
        + count.unknown();
  }

  /// Writes what is left, if it was started.
  @Override
  public void close() {
    closed = true;
    Thread running = writer;
    if (running != null) {
      running.interrupt();
      flush();
    }
  }
}
