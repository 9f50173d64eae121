package io.parley.realtime;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Ids;
import io.parley.base.SessionId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.bus.GroupChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/// The one store of simulated nodes. Whoever commits anything but a message does so alone, with ids
/// above all that there are; messages of several nodes are on their way at the same time, and what
/// got its id first may be committed last.
final class SimStore {
  /// Few, so that reading takes several turns.
  private static final int AT_ONCE = 3;

  /// A message.
  ///
  /// @param node the number of the node that it came in at
  /// @param members of its group when it was committed
  /// @param isTold false where its event only says that something is there
  record Message(
      long id, ConversationId group, long seq, int node, Set<Long> members, boolean isTold) {
    String key() {
      return group.value() + "/" + seq;
    }
  }

  private record Found(long id, Event event) {}

  private record Place(long group, long account) {}

  private final NavigableMap<Long, Message> messages = new TreeMap<>();
  private final Map<String, Message> byKey = new HashMap<>();
  private final NavigableMap<Long, Event> events = new TreeMap<>();
  private final Map<Long, Set<Long>> members = new HashMap<>();
  private final Map<Long, Long> changed = new HashMap<>();
  private final Map<Place, Long> joined = new HashMap<>();
  private final Map<Long, Long> lastSeq = new HashMap<>();
  private final Map<Long, Long> sessionOf = new HashMap<>();
  /// By node, the id of a message that it is about to commit.
  private final Map<Integer, Long> begun = new HashMap<>();

  private final Map<Long, Long> lastId = new HashMap<>();
  private long nextSession = 1;
  private long newest;
  private long settled;

  SimStore(int accounts, int groups) {
    for (long account = 1; account <= accounts; account++) {
      sessionOf.put(account, nextSession++);
    }
    for (long group = 1; group <= groups; group++) {
      members.put(group, new HashSet<>());
      lastSeq.put(group, 0L);
      changed.put(group, 0L);
    }
  }

  long newest() {
    return newest;
  }

  /// Up to where nothing more will come.
  long settled() {
    return settled;
  }

  /// Whether a node can have a turn of its own: nobody has begun a message.
  boolean isFree() {
    return begun.isEmpty();
  }

  private long next(Ids ids) {
    Simulation.require(isFree(), "a turn while messages are stored");
    ids.startAbove(newest);
    newest = ids.next();
    settle();
    return newest;
  }

  /// A turn that leaves nothing behind, if it can be had.
  void settle() {
    if (isFree()) {
      settled = newest;
    }
  }

  /// A node makes the id of a message that it commits later.
  void begin(int node, Ids ids) {
    begun.computeIfAbsent(node, _ -> shared(ids, settled));
  }

  /// What a node had begun is undone.
  void undo(int node) {
    begun.remove(node);
  }

  private long shared(Ids ids, long above) {
    ids.startAbove(above);
    long id = ids.next();
    newest = Math.max(newest, id);
    return id;
  }

  /// Commits the next message of `group`.
  Message post(int node, Ids ids, long group, boolean isTold) {
    long seq = lastSeq.merge(group, 1L, Long::sum);
    long last = lastId.getOrDefault(group, 0L);
    Long made = begun.remove(node);
    // Within a group ids grow with the seqs.
    long id = made != null && made > last ? made : shared(ids, Math.max(settled, last));
    lastId.put(group, id);
    Message fresh =
        new Message(
            id,
            new ConversationId(group),
            seq,
            Ids.nodeOf(id),
            new HashSet<>(members(group)),
            isTold);
    messages.put(id, fresh);
    byKey.put(fresh.key(), fresh);
    return fresh;
  }

  /// What tells of `message`.
  Event event(Message message, long origin) {
    return message.isTold()
        ? posted(message, origin)
        : new Event.Missed(message.group(), audience(message));
  }

  private Event.MessagePosted posted(Message message, long origin) {
    return new Event.MessagePosted(
        message.group(), message.seq(), origin, audience(message), new byte[0]);
  }

  private Audience audience(Message message) {
    return new Audience.Members(changed(message.group().value()));
  }

  /// Puts `account` into `group`, or takes it out.
  void changeMember(Ids ids, long group, long account) {
    long change = next(ids);
    boolean joins = members(group).add(account);
    if (joins) {
      joined.put(new Place(group, account), change);
    } else {
      members(group).remove(account);
    }
    changed.put(group, change);
    events.put(
        next(ids),
        new Event.GroupChanged(
            new ConversationId(group),
            new AccountId(account),
            joins ? GroupChange.JOINED : GroupChange.LEFT,
            List.of()));
  }

  /// Ends the session of `account`, which logs in again.
  void endSession(Ids ids, long account) {
    SessionId ended = session(account);
    sessionOf.put(account, nextSession++);
    events.put(next(ids), new Event.SessionEnded(new AccountId(account), ended));
  }

  SessionId session(long account) {
    return new SessionId(Simulation.required(sessionOf, account));
  }

  Set<Long> members(long group) {
    return Simulation.required(members, group);
  }

  /// The id of the newest change of the members of `group`.
  long changed(long group) {
    return Simulation.required(changed, group);
  }

  long lastSeq(long group) {
    return Simulation.required(lastSeq, group);
  }

  Set<Long> groups() {
    return members.keySet();
  }

  Message message(String key) {
    return Simulation.required(byKey, key);
  }

  /// Whether `account` was a member when `message` was committed or has come since.
  boolean concerns(Message message, long account) {
    return message.members().contains(account) || joinedAt(message, account) > message.id();
  }

  /// The messages that `account` can read: of each group that it is in, all since it came.
  List<Message> readable(long account) {
    return messages.values().stream()
        .filter(
            each ->
                members(each.group().value()).contains(account)
                    && joinedAt(each, account) < each.id())
        .toList();
  }

  private long joinedAt(Message message, long account) {
    return joined.getOrDefault(new Place(message.group().value(), account), 0L);
  }

  /// As [io.parley.bus.MissedReader].
  long read(long above, int node, ObjLongConsumer<Event.MessagePosted> sink) {
    long last = above;
    int left = AT_ONCE;
    for (Message each : messages.tailMap(above, false).values()) {
      boolean isOf = node >= 0 ? each.node() == node : each.node() != -node - 1;
      if (isOf && left > 0) {
        left--;
        last = each.id();
        if (each.isTold()) {
          sink.accept(posted(each, 0), each.id());
        }
      }
    }
    return last;
  }

  /// What was committed above `above` and not above `upTo`, in the order of the ids.
  ///
  /// @param but also messages, except those of the node with this number; null for no messages
  List<Event> after(long above, long upTo, @Nullable Integer but) {
    List<Found> found = new ArrayList<>();
    events.tailMap(above, false).forEach((id, event) -> found.add(new Found(id, event)));
    if (but != null) {
      long from = above;
      long last;
      do {
        last = from;
        from = read(last, -but - 1, (event, id) -> found.add(new Found(id, event)));
      } while (from != last);
    }
    found.sort(Comparator.comparingLong(Found::id));
    return found.stream().filter(each -> each.id() <= upTo).map(Found::event).toList();
  }
}
