package io.parley.realtime;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A device of simulated nodes, which behaves as a client must: it pulls when it has connected,
/// when it sees a gap and when it is told to, and never otherwise.
final class SimDevice {
  final long account;
  final String name;
  private final SimStore store;
  private final Set<String> has = new HashSet<>();

  /// By group: all up to this seq is here. Without those that it has not read about.
  private final Map<Long, Long> whole = new HashMap<>();

  /// By group, of this connection: the seq that was pushed last.
  private final Map<Long, Long> pushed = new HashMap<>();

  private final boolean slow;
  private @Nullable SimLink link;
  private @Nullable SimNode node;
  private int handled;
  private boolean wantsToPull;

  SimDevice(long account, String name, SimStore store, boolean slow) {
    this.account = account;
    this.name = name;
    this.store = store;
    this.slow = slow;
  }

  @Nullable SimLink link() {
    return link;
  }

  boolean isUp() {
    return link != null && link.isUp();
  }

  /// The node that it is or was connected to.
  @Nullable SimNode node() {
    return node;
  }

  boolean isAt(SimNode other) {
    return link != null && node == other;
  }

  boolean isSlow() {
    return slow;
  }

  /// Whether something is on its wire.
  boolean hasToRead() {
    return link != null && link.pendingBytes() > 0;
  }

  boolean wantsToPull() {
    return wantsToPull;
  }

  void connected(SimLink fresh, SimNode to) {
    requireUnbroken();
    link = fresh;
    node = to;
    handled = 0;
    pushed.clear();
    wantsToPull = true;
  }

  /// Nothing failed on its wire.
  void requireUnbroken() {
    if (link != null && link.broken != null) {
      throw link.broken;
    }
  }

  /// The wire is gone, whether or not the node knows.
  void drop() {
    requireUnbroken();
    if (link != null) {
      link.drop();
      link = null;
      wantsToPull = false;
    }
  }

  /// It has posted `message` itself.
  void sent(SimStore.Message message) {
    has.add(message.key());
    goOn(message.group().value());
  }

  void read(int frames) {
    SimLink from = link;
    if (from == null) {
      return;
    }
    from.read(frames);
    while (handled < from.received.size()) {
      SimEncoder.Seen seen = from.received.get(handled++);
      if (seen.isMessage()) {
        message(store.message(seen.key()), from.connection());
      } else if (seen.isSync()) {
        wantsToPull = true;
      }
    }
  }

  private void message(SimStore.Message message, Connection over) {
    long group = message.group().value();
    Simulation.require(
        store.concerns(message, account),
        "pushed to one who is no member: " + message.key() + " " + over);
    Long before = pushed.put(group, message.seq());
    Simulation.require(
        before == null || before < message.seq(),
        "out of order: " + message.key() + " after " + before + " " + over);
    has.add(message.key());
    Long known = whole.get(group);
    if (known == null || message.seq() > known + 1) {
      wantsToPull = true;
    }
    goOn(group);
  }

  private void goOn(long group) {
    whole.computeIfPresent(
        group,
        (same, known) -> {
          long last = known;
          while (has.contains(group + "/" + (last + 1))) {
            last++;
          }
          return last;
        });
  }

  void pull() {
    wantsToPull = false;
    whole.clear();
    for (long group : store.groups()) {
      if (store.members(group).contains(account)) {
        whole.put(group, store.lastSeq(group));
      }
    }
    store.readable(account).forEach(each -> has.add(each.key()));
  }

  /// What it can read and does not have.
  Set<String> lacks() {
    Set<String> lacking = new HashSet<>();
    for (SimStore.Message each : store.readable(account)) {
      if (!has.contains(each.key())) {
        lacking.add(each.key());
      }
    }
    return lacking;
  }
}
