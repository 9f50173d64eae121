package io.parley.realtime;

import io.parley.base.Caller;
import java.time.Duration;
import java.util.Set;

/// A path at which WebSockets of one contract are accepted.
public interface SocketEndpoint {
  /// Exact paths without query, such as `/ws`.
  Set<String> paths();

  /// How long a settled peer may be silent before its socket is closed.
  Duration silenceMax();

  /// Decides about an upgrade request before it is answered; the caller may still be anonymous.
  /// Runs on a virtual thread and may block. A Fault refuses: NOT_LOGGED_IN becomes 401, FORBIDDEN
  /// 403, BUSY and UNAVAILABLE 503 …
  Caller admit(Upgrade upgrade);

  /// The socket is open: returns who listens to it. On the socket's lane. A Fault closes it with
  /// code 1008.
  SocketListener open(Upgrade upgrade, Caller caller, SocketLine line);
}
