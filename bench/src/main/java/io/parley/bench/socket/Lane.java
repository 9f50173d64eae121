package io.parley.bench.socket;

import io.netty.channel.EventLoop;
import io.parley.bench.wire.FrameScan;
import io.parley.bench.wire.WebSocketHeader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// One event loop and what its sockets share: the array that reads are parsed in, and the list of
/// sockets with unsent bytes. Bytes are written out once per loop tick, after the scenario had its
/// say, so that everything a tick caused costs one system call per socket.
public final class Lane {
  private static final int SCRATCH_BYTES = 1 << 17;

  final FrameScan frame = new FrameScan();
  final WebSocketHeader header = new WebSocketHeader();

  private final EventLoop loop;
  private final List<ClientSocket> sockets = new ArrayList<>();
  private final ArrayDeque<ClientSocket> dirty = new ArrayDeque<>();
  private byte[] scratch = new byte[SCRATCH_BYTES];
  private Runnable onTick = () -> {};
  private boolean tickDue;
  private int masks = 0x2545f491;
  private int beat;
  private int beatPeriodS;

  Lane(EventLoop loop) {
    this.loop = loop;
  }

  /// The loop itself, for timers.
  public EventLoop loop() {
    return loop;
  }

  /// Runs `task` at the end of every loop tick in which bytes were read.
  public void onTick(Runnable task) {
    onTick = task;
  }

  /// Asks for a tick once the current batch of reads is through. On the lane's thread only.
  public void tickSoon() {
    if (!tickDue) {
      tickDue = true;
      loop.execute(this::tick);
    }
  }

  /// Runs `task` on this lane and waits for its result.
  public <T> T ask(Callable<T> task) {
    try {
      return loop.submit(task).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void tick() {
    tickDue = false;
    onTick.run();
    for (ClientSocket socket = dirty.poll(); socket != null; socket = dirty.poll()) {
      socket.flush();
    }
  }

  void dirty(ClientSocket socket) {
    dirty.add(socket);
    tickSoon();
  }

  /// An array of at least `bytes`, overwritten by the next read on this lane.
  byte[] scratch(int bytes) {
    if (scratch.length < bytes) {
      scratch = Arrays.copyOf(scratch, Integer.highestOneBit(bytes) << 1);
    }
    return scratch;
  }

  /// The next masking key (xorshift: unpredictable enough to cost the server what a real key
  /// costs).
  int mask() {
    masks ^= masks << 13;
    masks ^= masks >>> 17;
    masks ^= masks << 5;
    return masks;
  }

  /// Keeps an authenticated socket alive with WebSocket pings, twice per `heartbeatS`, spread
  /// evenly over time.
  void keepAlive(ClientSocket socket, int heartbeatS) {
    sockets.add(socket);
    if (beatPeriodS == 0) {
      beatPeriodS = Math.max(1, heartbeatS / 2);
      var unused = loop.scheduleAtFixedRate(this::beat, 1, 1, TimeUnit.SECONDS);
    }
  }

  private void beat() {
    for (int i = beat++ % beatPeriodS; i < sockets.size(); i += beatPeriodS) {
      sockets.get(i).ping();
    }
  }
}
