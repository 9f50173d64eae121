package io.parley.valkey;

import io.lettuce.core.XAddArgs;
import io.parley.base.Clock;
import io.parley.base.Node;
import io.parley.bus.Event;
import io.parley.bus.EventWire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What this node says to the others: a bounded queue and the thread that empties it.
///
/// What does not fit is dropped and takes a number with it, so that the others see that it is
/// missing. What could not be sent is tried again under its number, so that it is taken once
/// however often it arrives.
final class Outgoing {
  static final Duration BEAT = Duration.ofMillis(250);

  /// Entries that the server keeps for those who are behind: what is older is lost to them.
  static final int ENTRIES_MAX = 16_384;

  private static final int EVENTS_PER_ENTRY = 128;
  private static final int BYTES_PER_ENTRY = 128 << 10;
  private static final int BYTES_MAX = 32 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final byte[] FIELD = "e".getBytes(StandardCharsets.US_ASCII);

  private final Node self;
  private final Clock clock;
  private final byte[] stream;
  private final Lines lines;
  private final BlockingQueue<Event> queue;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean hole = new AtomicBoolean();
  private final LongAdder dropped = new LongAdder();
  private long number;
  private byte @Nullable [] unsent;
  private volatile boolean closing;

  Outgoing(Node self, Clock clock, byte[] stream, int queueMax, Lines lines) {
    this.self = self;
    this.clock = clock;
    this.stream = stream;
    this.lines = lines;
    queue = new ArrayBlockingQueue<>(queueMax);
  }

  void start() {
    lines.start("parley-bus-out", this::send);
  }

  /// Never blocks.
  void offer(Event event) {
    int weight = EventWire.weight(event);
    if (bytes.addAndGet(weight) > BYTES_MAX || !queue.offer(event)) {
      bytes.addAndGet(-weight);
      drop();
    }
  }

  private void drop() {
    dropped.increment();
    hole.set(true);
  }

  /// Events that others were not told of since the start.
  long dropped() {
    return dropped.sum();
  }

  int waiting() {
    return queue.size();
  }

  /// Sends what waits, says goodbye, stops; gives up after two seconds.
  void close() {
    closing = true;
    lines.join(PATIENCE);
  }

  /// Until the connection breaks, by an exception, or everything is said.
  private void send(Server.Line line) throws InterruptedException {
    while (unsent != null || !closing || !queue.isEmpty()) {
      if (unsent == null) {
        unsent = next().encode();
      }
      add(line, unsent);
      unsent = null;
      lines.work();
    }
    add(line, say(Envelope.Kind.BYE, number, List.of()).encode());
  }

  private void add(Server.Line line, byte[] entry) {
    line.commands()
        .xadd(
            stream, new XAddArgs().maxlen(ENTRIES_MAX).approximateTrimming(), Map.of(FIELD, entry));
  }

  private Envelope next() throws InterruptedException {
    Event first = queue.poll(closing ? 0 : BEAT.toMillis(), TimeUnit.MILLISECONDS);
    if (hole.getAndSet(false)) {
      number++;
    }
    List<byte[]> events = new ArrayList<>();
    int size = 0;
    for (Event event = first; event != null; event = queue.poll()) {
      bytes.addAndGet(-EventWire.weight(event));
      byte[] encoded = EventWire.encode(event);
      if (encoded.length > EventWire.BYTES_MAX) {
        drop();
      } else {
        events.add(encoded);
        size += encoded.length;
      }
      if (events.size() == EVENTS_PER_ENTRY || size >= BYTES_PER_ENTRY) {
        break;
      }
    }
    return events.isEmpty()
        ? say(Envelope.Kind.BEAT, number, events)
        : say(Envelope.Kind.EVENTS, ++number, events);
  }

  private Envelope say(Envelope.Kind kind, long place, List<byte[]> events) {
    return new Envelope(self, kind, place, clock.millis(), events);
  }
}
