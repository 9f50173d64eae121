package io.parley.face.socket;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.parley.base.Limits;
import io.parley.realtime.SocketEndpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What all sockets of the server share: the paths, the limits, the event loops, the count.
final class SocketEngine {
  /// Room in a message for what surrounds `data` in a frame.
  private static final int ENVELOPE_BYTES = 1024;

  private static final int MS_PER_S = 1000;

  private final Map<String, SocketEndpoint> endpoints = new HashMap<>();
  private final Map<EventLoop, Loop> loops = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Limits limits;
  private final Set<String> origins;
  private final Executor executor;
  private volatile boolean draining;

  SocketEngine(List<SocketEndpoint> endpoints, SocketSettings settings, Executor executor) {
    for (SocketEndpoint endpoint : endpoints) {
      for (String path : endpoint.paths()) {
        this.endpoints.put(path, endpoint);
      }
    }
    this.limits = settings.limits();
    this.origins =
        settings.origins().stream()
            .map(origin -> origin.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.executor = executor;
  }

  Set<String> paths() {
    return endpoints.keySet();
  }

  @Nullable SocketEndpoint endpoint(String path) {
    return endpoints.get(path);
  }

  boolean allows(String origin) {
    return origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  Executor executor() {
    return executor;
  }

  Loop loop(Channel channel) {
    return loops.computeIfAbsent(channel.eventLoop(), Loop::new);
  }

  /// Bytes of one message, all of its fragments together.
  int messageBytesMax() {
    return limits.frameBytesMax() + ENVELOPE_BYTES;
  }

  int deadlineMs() {
    return limits.authDeadlineS() * MS_PER_S;
  }

  int strangerTicks() {
    return deadlineMs() / Loop.TICK_MS;
  }

  int socketsMax() {
    return limits.socketsMax();
  }

  /// Counts one more socket; false if there are as many as may be.
  boolean enter() {
    if (open.incrementAndGet() > limits.socketsMax()) {
      open.decrementAndGet();
      return false;
    }
    return true;
  }

  void left() {
    open.decrementAndGet();
  }

  int openSockets() {
    return open.get();
  }

  boolean isDraining() {
    return draining;
  }

  /// Admits no more, and sends those away who have not authenticated.
  void drain() {
    draining = true;
    loops.forEach((eventLoop, loop) -> eventLoop.execute(loop::dismissStrangers));
  }
}
