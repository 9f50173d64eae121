package io.parley.admin;

import io.parley.base.Clock;
import io.parley.base.Histogram;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the server is and was: one [Sample] every five seconds, the last ten minutes of them.
public final class Vitals implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Vitals.class);

  /// Samples kept.
  public static final int SAMPLES_MAX = 120;

  private static final long STEP_MS = 5000;

  private final Gauges gauges;
  private final Clock clock;
  private final long startedAt;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private @Nullable Thread sampler;
  private volatile boolean closed;
  private Reading last;

  /// What the gauges that grow said.
  private record Reading(
      long nanos,
      long requests,
      long messages,
      long deliveries,
      long logins,
      long faults,
      long cuts,
      long gcMs,
      long[] writes) {}

  public Vitals(Gauges gauges, Clock clock) {
    this.gauges = gauges;
    this.clock = clock;
    startedAt = clock.millis();
    last = read(0);
  }

  /// Samples from now on, on a thread of its own.
  public void start() {
    sampler = Thread.ofPlatform().daemon().name("parley-vitals").start(this::run);
  }

  /// The same for /metrics: name → value. Names that end in `_total` only grow.
  public Map<String, LongSupplier> gauges() {
    return Map.ofEntries(
        Map.entry("parley_requests_total", gauges.requests()),
        Map.entry("parley_faults_total", gauges.faults()),
        Map.entry("parley_messages_total", gauges.messages()),
        Map.entry("parley_deliveries_total", gauges.deliveries()),
        Map.entry("parley_logins_total", gauges.logins()),
        Map.entry("parley_receivers_cut_total", gauges.cuts()),
        Map.entry("parley_events_waiting", gauges.eventsWaiting()),
        Map.entry("parley_store_write_p50_us", () -> latest().writeP50Us()),
        Map.entry("parley_store_write_p99_us", () -> latest().writeP99Us()),
        Map.entry("parley_gc_ms_total", Machine::gcMs),
        Map.entry("parley_rss_bytes", Machine::rssBytes));
  }

  private synchronized Sample latest() {
    return samples.isEmpty() ? now() : samples.getLast();
  }

  /// Epoch milliseconds.
  public long startedAt() {
    return startedAt;
  }

  /// Oldest first.
  public synchronized List<Sample> samples() {
    return new ArrayList<>(samples);
  }

  /// How things are at this moment, counted since the last sample; it is not kept.
  public synchronized Sample now() {
    return between(last, read(Machine.gcMs()));
  }

  private void run() {
    while (!closed) {
      try {
        synchronized (this) {
          // A monitor's wait ends early when this is closed, which the clock's sleep would not.
          wait(STEP_MS);
        }
      } catch (InterruptedException e) {
        return;
      }
      try {
        if (!closed) {
          sample();
        }
      } catch (RuntimeException | Error e) {
        log.error("a sample is missing", e);
      }
    }
  }

  /// Takes one sample.
  synchronized void sample() {
    Reading now = read(Machine.gcMs());
    if (samples.size() == SAMPLES_MAX) {
      samples.removeFirst();
    }
    samples.addLast(between(last, now));
    last = now;
  }

  private Reading read(long gcMs) {
    return new Reading(
        clock.nanos(),
        gauges.requests().getAsLong(),
        gauges.messages().getAsLong(),
        gauges.deliveries().getAsLong(),
        gauges.logins().getAsLong(),
        gauges.faults().getAsLong(),
        gauges.cuts().getAsLong(),
        gcMs,
        gauges.writes().counts());
  }

  private Sample between(Reading before, Reading now) {
    double seconds = Math.max(1e-3, (now.nanos() - before.nanos()) / 1e9);
    Runtime runtime = Runtime.getRuntime();
    return new Sample(
        clock.millis(),
        (now.requests() - before.requests()) / seconds,
        (now.messages() - before.messages()) / seconds,
        (now.deliveries() - before.deliveries()) / seconds,
        (now.logins() - before.logins()) / seconds,
        (now.faults() - before.faults()) / seconds,
        gauges.sockets().getAsLong(),
        gauges.gateways().getAsLong(),
        runtime.totalMemory() - runtime.freeMemory(),
        Machine.rssBytes(),
        now.gcMs() - before.gcMs(),
        gauges.writesWaiting().getAsLong(),
        Histogram.percentile(before.writes(), now.writes(), 0.5),
        Histogram.percentile(before.writes(), now.writes(), 0.99),
        gauges.eventsWaiting().getAsLong(),
        now.cuts() - before.cuts());
  }

  /// Stops sampling.
  @Override
  public void close() {
    closed = true;
    Thread running = sampler;
    if (running != null) {
      running.interrupt();
    }
  }
}
