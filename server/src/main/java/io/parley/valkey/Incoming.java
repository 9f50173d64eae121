package io.parley.valkey;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.parley.base.Clock;
import io.parley.bus.EventWire;
import io.parley.bus.Loss;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What other nodes say: the thread that reads the stream from where it stopped.
///
/// A node hears itself too, so it knows within [Trails#SILENCE] that it hears nothing, whatever the
/// reason. Until it does again it tells each second that everything may be lost.
final class Incoming {
  static final Duration BLOCK = Duration.ofMillis(500);

  /// What others said so long after this node began to listen may still have begun before.
  private static final long BEGINNING_MS = 2_000;

  private static final int ENTRIES_AT_ONCE = 64;
  private static final Position START = new Position(0, 0);

  /// A place in the stream.
  record Position(long ms, long count) implements Comparable<Position> {
    static Position of(String id) {
      int dash = id.indexOf('-');
      return new Position(
          Long.parseLong(id.substring(0, dash)), Long.parseLong(id.substring(dash + 1)));
    }

    @Override
    public int compareTo(Position other) {
      return ms != other.ms ? Long.compare(ms, other.ms) : Long.compare(count, other.count);
    }

    @Override
    public String toString() {
      return ms + "-" + count;
    }
  }

  private final Clock clock;
  private final byte[] stream;
  private final Trails trails;
  private final Consumer<Loss> lost;
  private final Lines lines;
  private final LongAdder malformed = new LongAdder();
  private volatile boolean closing;

  private @Nullable Position position;
  private long begunMs;

  // Under this object's lock.
  private long heardNs;
  private long heardMs;
  private long toldNs;
  private boolean deaf;

  /// What was heard is being handed to the subscribers.
  private boolean handing;

  Incoming(Clock clock, byte[] stream, Trails trails, Consumer<Loss> lost, Lines lines) {
    this.clock = clock;
    this.stream = stream;
    this.trails = trails;
    this.lost = lost;
    this.lines = lines;
    heardNs = clock.nanos();
    heardMs = clock.millis();
  }

  void start() {
    lines.start("parley-bus-in", this::read);
  }

  void close() {
    closing = true;
    lines.join(BLOCK.multipliedBy(2));
  }

  /// Entries that were nobody's, since the start.
  long malformed() {
    return malformed.sum();
  }

  /// Tells of what is being lost. Called four times a second.
  void look() {
    long now = clock.nanos();
    Loss loss;
    synchronized (this) {
      long quietNs = now - heardNs;
      if (handing) {
        return;
      } else if (quietNs <= Trails.REPEAT.toNanos()) {
        loss = null;
      } else if (quietNs <= Trails.SILENCE.toNanos()) {
        return; // It may be this node that is deaf, or the others that are silent.
      } else if (deaf && now - toldNs < Trails.REPEAT.toNanos()) {
        return;
      } else {
        deaf = true;
        toldNs = now;
        loss = new Loss(Loss.ALL, heardMs, false);
        heardMs = Math.max(heardMs, clock.millis());
      }
    }
    if (loss == null) {
      trails.look(now, clock.millis());
    } else {
      lost.accept(loss);
    }
  }

  @SuppressWarnings("unchecked") // one stream, in an array of them
  private void read(Server.Line line) {
    Position from = begin(line);
    position = from;
    long emptySince = clock.nanos();
    while (!closing) {
      List<StreamMessage<byte[], byte[]>> entries =
          line.commands()
              .xread(
                  new XReadArgs().block(BLOCK).count(ENTRIES_AT_ONCE),
                  XReadArgs.StreamOffset.from(stream, position.toString()));
      if (entries.isEmpty()) {
        if (clock.nanos() - emptySince > Trails.SILENCE.toNanos()) {
          throw new IllegalStateException("nothing is heard, not even this node itself");
        }
        continue;
      }
      heard();
      try {
        for (StreamMessage<byte[], byte[]> entry : entries) {
          position = Position.of(entry.getId());
          hear(entry);
        }
      } finally {
        emptySince = done();
      }
    }
  }

  /// Where to go on. A server that lost what it had may number from a smaller time: then all that
  /// it has is new.
  private Position begin(Server.Line line) {
    List<StreamMessage<byte[], byte[]>> newest =
        line.commands().xrevrange(stream, Range.unbounded(), Limit.from(1));
    Position end = newest.isEmpty() ? START : Position.of(newest.getFirst().getId());
    if (position == null) {
      begunMs = end.ms();
      return end;
    }
    return end.compareTo(position) < 0 ? START : position;
  }

  /// This node may have been held up, by subscribers who are slow: then nobody else was silent.
  private synchronized long done() {
    long now = clock.nanos();
    if (now - heardNs > Trails.REPEAT.toNanos()) {
      trails.resume(now);
    }
    handing = false;
    heardNs = now;
    return now;
  }

  private void heard() {
    Loss loss = null;
    synchronized (this) {
      handing = true;
      if (deaf) {
        deaf = false;
        loss = new Loss(Loss.ALL, heardMs, true);
      }
      heardNs = clock.nanos();
      heardMs = clock.millis();
    }
    lines.work();
    if (loss != null) {
      trails.resume(clock.nanos());
      lost.accept(loss);
    }
  }

  private void hear(StreamMessage<byte[], byte[]> entry) {
    long ms = Position.of(entry.getId()).ms();
    for (byte[] value : entry.getBody().values()) {
      try {
        trails.hear(Envelope.decode(value), ms <= begunMs + BEGINNING_MS, clock.nanos());
      } catch (EventWire.Malformed e) {
        malformed.increment();
      }
    }
  }
}
