package io.parley.realtime;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A simulated wire and the device behind it, which reads when the seed says so.
final class SimLink implements Transport {
  final boolean slow;
  final List<SimEncoder.Seen> received = new ArrayList<>();
  final Set<String> expected = new HashSet<>();
  @Nullable Connection connection;
  boolean mustBeSilent;

  /// What a lane was not stopped by, since it goes on whatever fails.
  @Nullable AssertionError broken;

  private final Queue<ByteBuf> unflushed = new ArrayDeque<>();
  private final Queue<ByteBuf> wire = new ArrayDeque<>();
  private boolean touched;
  private boolean cut;
  private boolean dropped;

  SimLink(boolean slow) {
    this.slow = slow;
  }

  Connection connection() {
    Connection of = connection;
    if (of == null) {
      throw new IllegalStateException("not connected");
    }
    return of;
  }

  boolean isUp() {
    return !cut && !dropped;
  }

  boolean wasCut() {
    return cut;
  }

  @Override
  public long pendingBytes() {
    return bytes(wire) + bytes(unflushed);
  }

  private static long bytes(Queue<ByteBuf> frames) {
    return frames.stream().mapToLong(ByteBuf::readableBytes).sum();
  }

  @Override
  public void write(ByteBuf frame) {
    require(!cut, "written to after it was cut: " + connection);
    require(!mustBeSilent, "written to after its session ended: " + connection);
    require(
        pendingBytes() <= Simulation.OUTBOX_BYTES_MAX,
        "the outbox is over its limit: " + connection);
    accept(frame);
  }

  private void require(boolean holds, String promise) {
    try {
      Simulation.require(holds, promise);
    } catch (AssertionError e) {
      broken = e;
      throw e;
    }
  }

  private void accept(ByteBuf frame) {
    if (dropped) {
      frame.release();
      return;
    }
    unflushed.add(frame);
    if (!touched) {
      touched = true;
      connection().lane().touch(this);
    }
  }

  @Override
  public void flush() {
    require(touched, "flushed without need");
    touched = false;
    wire.addAll(unflushed);
    unflushed.clear();
  }

  @Override
  public void close(ByteBuf last) {
    require(!cut, "cut twice: " + connection);
    accept(last);
    cut = true;
  }

  /// The wire breaks: what was on it is lost.
  void drop() {
    dropped = true;
    unflushed.forEach(ByteBuf::release);
    unflushed.clear();
    wire.forEach(ByteBuf::release);
    wire.clear();
  }

  void read(int frames) {
    for (int i = 0; i < frames && !wire.isEmpty(); i++) {
      SimEncoder.Seen seen = SimEncoder.read(wire.remove(), connection().form());
      Simulation.require(
          received.isEmpty() || !received.getLast().isClosing(), "something behind push.closing");
      received.add(seen);
    }
  }
}
