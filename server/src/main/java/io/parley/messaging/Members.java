package io.parley.messaging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.GroupChange;
import io.parley.messaging.Content.GroupLine;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who belongs to a group's conversation. Groups decide who may change that; this keeps it, and
/// says in the conversation what changed.
public final class Members {
  /// A group that an account is in.
  ///
  /// @param at since when, epoch milliseconds
  public record Joined(ConversationId group, long at) {}

  /// @param since the id of the newest change that the list knows of
  private record Known(long[] members, long since) {}

  private static final int CACHED_IDS_MAX = 2_000_000;

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final Limits limits;
  private final ConversationStore store = new ConversationStore();
  private final ChatStore chats = new ChatStore();
  private final Memberships memberships;
  private final Lines lines;

  /// Weighed by members, so that a few huge groups cannot hold more memory than many small ones.
  private final Cache<ConversationId, Known> cache =
      Caffeine.newBuilder()
          .maximumWeight(CACHED_IDS_MAX)
          .weigher((ConversationId id, Known known) -> known.members().length + 8)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  public Members(Platform platform, MessageEncoder encoder, Limits limits) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.memberships = new Memberships(clock);
    this.lines = new Lines(platform, encoder);
    this.limits = limits;
    bus.subscribe(
        event -> {
          if (event instanceof Event.GroupChanged changed) {
            cache.invalidate(changed.group());
          }
        });
    bus.onLoss(loss -> cache.invalidateAll());
  }

  /// The account ids of a conversation's present members, in no order. Shared: not to be changed.
  /// Reads the store when it is not remembered, on a connection that no caller holds; a change is
  /// seen as soon as its event is. For the bus's thread.
  public long[] of(ConversationId id) {
    return of(id, 0);
  }

  /// The same, and not older than the change with the id `since`, whether or not its event came.
  public long[] of(ConversationId id, long since) {
    return cache
        .asMap()
        .compute(id, (same, known) -> known != null && known.since() >= since ? known : load(same))
        .members();
  }

  /// Inside a transaction: makes the conversation of a new group with its first member, the owner.
  ///
  /// @throws Fault QUOTA if the owner is in too many groups
  public void create(Tx tx, ConversationId id, AccountId owner) {
    requireRoomFor(tx, owner);
    long now = clock.millis();
    store.insert(tx, id, now);
    put(tx, id, owner, Role.OWNER, 0);
    announce(tx, id, owner, GroupChange.JOINED);
  }

  /// Inside a transaction: adds a member. Adding one who is there changes nothing. What was said
  /// before is readable and counts as read.
  ///
  /// @param actor who brings it in; `account` itself where nobody does
  /// @throws Fault NOT_FOUND if there is no such conversation; QUOTA if the group is full or
  ///     `account` in too many
  public void add(Tx tx, ConversationId id, AccountId account, AccountId actor) {
    Long lastSeq = store.lastSeq(tx, id);
    if (lastSeq == null) {
      throw Fault.of(FaultCode.NOT_FOUND, "no group " + id);
    }
    Membership known = memberships.find(tx, id, account);
    if (known != null && known.active()) {
      return;
    }
    requireRoomFor(tx, account);
    requireRoomIn(tx, id);
    put(tx, id, account, Role.MEMBER, lastSeq);
    announce(tx, id, account, GroupChange.JOINED);
    lines.came(tx, id, account, actor);
  }

  /// Inside a transaction: passes if one more can come in.
  ///
  /// @throws Fault QUOTA if the group is full
  public void requireRoomIn(Tx tx, ConversationId id) {
    if (store.memberCount(tx, id) >= limits.groupMembersMax()) {
      throw Fault.of(
          FaultCode.QUOTA, "the group has limits.group_members_max = " + limits.groupMembersMax());
    }
  }

  /// Inside a transaction: takes a present member out. It keeps what was sent until now, the line
  /// that says so too, and sees nothing after.
  ///
  /// @param actor who takes it out; `account` itself if it leaves; null where nobody is told
  public void remove(Tx tx, ConversationId id, AccountId account, @Nullable AccountId actor) {
    lines.goes(tx, id, account, actor);
    Standing ended = account.equals(actor) ? Standing.LEFT : Standing.REMOVED;
    long change = ids.next();
    store.removeMember(tx, id, account, ended, change);
    store.membersChanged(tx, id, change);
    announce(tx, id, account, GroupChange.LEFT);
  }

  /// Inside a transaction: takes everybody out of a group that is dissolved by `actor`.
  ///
  /// @param others whom to tell besides the members
  public void removeAll(Tx tx, ConversationId id, AccountId actor, List<AccountId> others) {
    List<AccountId> present = List.copyOf(store.members(tx, id));
    lines.sayLast(tx, id, actor, GroupLine.of(GroupLine.Event.DISSOLVED, ""), present);
    List<AccountId> all = new ArrayList<>(present);
    all.addAll(others);
    announce(tx, id, actor, GroupChange.DISSOLVED, List.copyOf(all));
    long change = ids.next();
    store.removeMembers(tx, id, change);
    store.membersChanged(tx, id, change);
  }

  /// Inside a transaction: gives a present member another role.
  public void setRole(Tx tx, ConversationId id, AccountId account, Role role) {
    store.setRole(tx, id, account, role);
    announce(tx, id, account, GroupChange.UPDATED);
  }

  /// Inside a transaction: a present member may not write before `until`, epoch milliseconds.
  public void mute(Tx tx, ConversationId id, AccountId account, long until) {
    store.setMuted(tx, id, account, until);
    announce(tx, id, account, GroupChange.UPDATED);
  }

  /// Inside a transaction: whether only the owner and admins may write.
  public void setClosed(Tx tx, ConversationId id, boolean closed, AccountId actor) {
    store.setClosed(tx, id, closed);
    announce(tx, id, actor, GroupChange.UPDATED);
  }

  /// Inside a transaction: whether only the owner and admins may write.
  public boolean closed(Tx tx, ConversationId id) {
    return store.closed(tx, id);
  }

  /// Inside a transaction: tells the members that the group says something else of itself.
  public void changed(Tx tx, ConversationId id, AccountId actor, GroupChange kind) {
    announce(tx, id, actor, kind);
  }

  /// Inside a transaction: tells the members something of the group, as a message.
  public void say(Tx tx, ConversationId id, AccountId actor, GroupLine line) {
    lines.say(tx, id, actor, line);
  }

  /// Inside a transaction: the owner and admins of a group, in no order.
  public List<AccountId> leaders(Tx tx, ConversationId id) {
    return store.leaders(tx, id);
  }

  /// Inside a transaction: how many present members a group has.
  public long count(Tx tx, ConversationId id) {
    return store.memberCount(tx, id);
  }

  /// Inside a transaction: the owner, then admins, then members as they came.
  public List<Member> page(Tx tx, ConversationId id, Page.Request page) {
    return store.memberPage(tx, id, page);
  }

  /// Inside a transaction: how many groups an account is in.
  public long groupCount(Tx tx, AccountId account) {
    return store.groupCount(tx, account);
  }

  /// How many groups an account is in.
  public long groupCount(AccountId account) {
    return db.read(tx -> groupCount(tx, account));
  }

  /// Inside a transaction: the groups that an account is in, latest joined first.
  public List<Joined> groups(Tx tx, AccountId account, Page.Request page) {
    return store.groupPage(tx, account, page);
  }

  /// Inside a transaction: the role of a present member; null for anybody else.
  public @Nullable Role role(Tx tx, ConversationId id, AccountId account) {
    return memberships.role(tx, id, account);
  }

  /// Inside a transaction: whether `account` is in, or how it came to be out; OUT for who never
  // was.
  public Standing standing(Tx tx, ConversationId id, AccountId account) {
    Membership known = memberships.find(tx, id, account);
    if (known == null) {
      return Standing.OUT;
    }
    return known.active() ? Standing.IN : chats.ended(tx, id, account);
  }

  /// Inside a transaction: whether `account` may know that there is such a group: whoever is or was
  /// in it, and of one that is not secret anybody.
  public boolean discloses(Tx tx, ConversationId id, AccountId account) {
    return memberships.discloses(tx, id, account);
  }

  /// Inside a transaction: whether a group is there for nobody who was never in it.
  public void setSecret(Tx tx, ConversationId id, boolean secret) {
    store.setSecret(tx, id, secret);
  }

  private void put(Tx tx, ConversationId id, AccountId account, Role role, long readSeq) {
    Membership membership = new Membership(id, null, null, readSeq, role, readSeq, null, 0);
    long change = ids.next();
    store.putMember(tx, membership, account, change, clock.millis());
    store.membersChanged(tx, id, change);
  }

  private void announce(Tx tx, ConversationId id, AccountId account, GroupChange kind) {
    announce(tx, id, account, kind, List.of());
  }

  private void announce(
      Tx tx, ConversationId id, AccountId account, GroupChange kind, List<AccountId> gone) {
    bus.publish(tx, new Event.GroupChanged(id, account, kind, gone));
  }

  private void requireRoomFor(Tx tx, AccountId account) {
    if (store.groupCount(tx, account) >= limits.groupsPerAccountMax()) {
      throw Fault.of(
          FaultCode.QUOTA,
          "in limits.groups_per_account_max = " + limits.groupsPerAccountMax() + " groups already");
    }
  }

  /// The change first, so that the list knows of it at least.
  private Known load(ConversationId id) {
    return db.readApart(
        tx -> {
          long since = store.membersChanged(tx, id);
          long[] members = store.members(tx, id).stream().mapToLong(AccountId::value).toArray();
          return new Known(members, since);
        });
  }
}
