package io.parley.realtime;

import io.netty.buffer.ByteBuf;
import io.parley.base.SessionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks at a simulation that has settled: whether each link got what it must, and nothing that it
/// must not.
///
/// @param posted by `group/seq`
/// @param sessionOf each account's session that is live
record SimVerdict(Map<String, Posted> posted, Map<Long, Long> sessionOf) {
  /// A message and who may be pushed it: whoever was a member when it was posted or when it was
  /// delivered.
  record Posted(long group, long seq, long origin, Set<Long> mayGet) {}

  /// Throws AssertionError where a promise was broken.
  void check(List<SimLink> links, Registry registry, SimEncoder encoder) {
    Set<String> devices = new HashSet<>();
    Set<Connection> up = new HashSet<>();
    for (SimLink link : links) {
      check(link);
      if (link.isUp()) {
        Connection connection = link.connection();
        up.add(connection);
        Simulation.require(
            devices.add(connection.account() + "/" + connection.device()),
            "one connection for a device: " + connection);
        SessionId live =
            new SessionId(Simulation.required(sessionOf, connection.account().value()));
        Simulation.require(
            live.equals(connection.caller().sessionId()), "of an ended session: " + connection);
      }
    }
    Set<Connection> registered = new HashSet<>();
    registry.forEach(registered::add);
    Simulation.require(
        registered.equals(up), "the registry knows those that are up, and no others");
    Simulation.require(registry.size() == up.size(), "the registry counts right");
    for (ByteBuf frame : encoder.made) {
      Simulation.require(frame.refCnt() == 0, "a frame was not given back");
    }
  }

  private void check(SimLink link) {
    if (link.broken != null) {
      throw link.broken;
    }
    Map<Long, Long> last = new HashMap<>();
    for (SimEncoder.Seen seen : link.received) {
      if (!seen.isMessage()) {
        continue;
      }
      Posted message = Simulation.required(posted, seen.key());
      Connection connection = link.connection();
      Simulation.require(
          message.mayGet().contains(connection.account().value()),
          "pushed to one who is no member: " + seen.key() + " " + connection);
      Simulation.require(
          message.origin() != connection.id(), "pushed to its sender: " + seen.key());
      Long before = last.put(message.group(), message.seq());
      Simulation.require(before == null || before < message.seq(), "out of order: " + seen.key());
      link.expected.remove(seen.key());
    }
    Simulation.require(
        !link.isUp() || link.expected.isEmpty(), "lost, though still open: " + link.expected);
  }
}
