package io.parley.face.socket;

import io.netty.channel.EventLoop;
import io.parley.realtime.Lane;
import java.util.Arrays;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The sockets of one event loop and the one timer that finds those whose time is up. Used on that
/// loop only, except for [#lane].
final class Loop {
  /// Time is counted in ticks: a socket remembers the tick of its last sign of life instead of
  /// holding a timer.
  static final int TICK_MS = 250;

  private static final int PARCELS_MAX = 256;

  private final EventLoop eventLoop;
  private final Lane lane;
  private @Nullable WebSocket[] sockets = new WebSocket[16];
  private int count;
  private int tick;
  private @Nullable ScheduledFuture<?> sweeping;

  Loop(EventLoop eventLoop) {
    this.eventLoop = eventLoop;
    this.lane = new Lane(eventLoop, PARCELS_MAX);
  }

  Lane lane() {
    return lane;
  }

  int tick() {
    return tick;
  }

  void add(WebSocket socket) {
    if (count == sockets.length) {
      sockets = Arrays.copyOf(sockets, count * 2);
    }
    socket.slot = count;
    sockets[count++] = socket;
    if (sweeping == null) {
      sweeping =
          eventLoop.scheduleAtFixedRate(this::sweep, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }
  }

  void remove(WebSocket socket) {
    WebSocket last = sockets[--count];
    sockets[count] = null;
    if (last != null && last != socket) {
      last.slot = socket.slot;
      sockets[socket.slot] = last;
    }
    if (count == 0 && sweeping != null) {
      sweeping.cancel(false);
      sweeping = null;
    }
  }

  private void sweep() {
    tick++;
    // Backwards: a socket that closes is replaced by the last, which has had its turn.
    for (int i = count - 1; i >= 0; i--) {
      WebSocket socket = sockets[i];
      if (socket != null) {
        socket.sweep(tick);
      }
    }
  }

  /// Tells every socket that nobody has shown to be somebody to go.
  void dismissStrangers() {
    for (int i = count - 1; i >= 0; i--) {
      WebSocket socket = sockets[i];
      if (socket != null) {
        socket.dismissStranger();
      }
    }
  }
}
