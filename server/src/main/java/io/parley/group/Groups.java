package io.parley.group;

import io.parley.account.Names;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.base.Slice;
import io.parley.base.Urls;
import io.parley.bus.GroupChange;
import io.parley.messaging.Content.GroupLine;
import io.parley.messaging.Members;
import io.parley.messaging.Role;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Scans;
import io.parley.store.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Groups: what they are called, who finds them, how they begin and end. Who is in them is the
/// [Roster]'s matter.
public final class Groups {
  /// What an update changes; an empty text leaves things as they are, because the contract cannot
  /// tell the two apart.
  public record Update(String name, String introduction, String avatarUrl) {}

  private static final int NAME_CODE_POINTS_MAX = 64;
  private static final int INTRODUCTION_CHARS_MAX = 1000;
  private static final int ANNOUNCEMENT_CHARS_MAX = 2000;

  private final Db db;
  private final Scans scans;
  private final GroupSearch searching;
  private final Ids ids;
  private final Clock clock;
  private final Members members;
  private final Limits limits;
  private final GroupActivity activity;
  private final GroupStore store = new GroupStore();
  private final InvitationStore invitations = new InvitationStore();

  public Groups(Platform platform, Scans scans, Members members, Limits limits) {
    this.db = platform.db();
    this.scans = scans;
    this.searching = new GroupSearch(scans);
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.members = members;
    this.limits = limits;
    this.activity = new GroupActivity(platform, members, limits);
  }

  /// Creates a group that the caller owns.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field; QUOTA
  public GroupView create(Caller caller, String name, String introduction, String avatarUrl) {
    AccountId owner = caller.requireAccount();
    Names.require("name", name, NAME_CODE_POINTS_MAX);
    requireLength("introduction", introduction, INTRODUCTION_CHARS_MAX);
    requireUrl(avatarUrl);
    long now = clock.millis();
    Group group =
        new Group(
            new ConversationId(ids.next()),
            name,
            introduction,
            avatarUrl,
            "",
            owner,
            Group.JoinPolicy.OPEN,
            "",
            null,
            now,
            now);
    return db.write(
        tx -> {
          store.insert(tx, group);
          members.create(tx, group.id(), owner);
          return new GroupView(group, 1, Role.OWNER, false);
        });
  }

  /// A group as the caller sees it. A closed group is there for its members and for those who are
  /// invited. What an open group announces is for all, what any other announces for its members.
  ///
  /// @throws Fault NOT_FOUND
  public GroupView get(Caller caller, ConversationId id) {
    AccountId account = caller.requireAccount();
    return db.read(
        tx -> {
          GroupView view = find(tx, id, account);
          if (view == null) {
            throw missing(id);
          }
          return view;
        });
  }

  /// Inside a transaction: a group as `account` sees it, as [#get] has it; null where it sees none.
  /// What those of `ids` were called that are dissolved. For whoever was in them to the end.
  public Map<ConversationId, String> formerNames(Collection<ConversationId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return db.read(
        tx -> {
          Map<ConversationId, String> names = new HashMap<>();
          for (ConversationId id : ids) {
            String name = store.formerName(tx, id);
            if (name != null) {
              names.put(id, name);
            }
          }
          return names;
        });
  }

  @Nullable GroupView find(Tx tx, ConversationId id, AccountId account) {
    Group group = store.find(tx, id);
    if (group == null) {
      return null;
    }
    GroupView view = view(tx, group, account);
    if (group.joinPolicy() != Group.JoinPolicy.CLOSED || view.role() != null) {
      return view;
    }
    return invitations.findOpen(tx, id, account) == null ? null : view;
  }

  /// Groups that are not closed and whose name begins with `keyword`, at most 10,000, and those of
  /// the newest 50,000 whose name contains it (case-folded; empty: all of these), newest first.
  ///
  /// @throws Fault TOO_LARGE; BUSY as [Scans#read]
  public Page<GroupView> search(Caller caller, String keyword, Page.Request page) {
    AccountId account = caller.requireAccount();
    requireLength("keyword", keyword, 2 * NAME_CODE_POINTS_MAX);
    return scans.read(
        caller,
        (tx, budget) -> {
          List<Group> rows = store.search(tx, keyword, page.pageSize(), page.offset());
          boolean last = rows.size() < page.pageSize() && (page.page() == 1 || !rows.isEmpty());
          long total = last ? page.offset() + rows.size() : store.searchCount(tx, keyword);
          return new Page<>(
              rows.stream().map(group -> view(tx, group, account)).toList(),
              page.page(),
              page.pageSize(),
              total);
        });
  }

  /// Groups that are not closed and whose name contains `keyword`, newest first, as many of them as
  /// the search comes to: `next` goes on from there, and finds all in as many calls as it takes.
  ///
  /// @throws Fault TOO_LARGE; INVALID_FIELD for a cursor of another list; BUSY as [Scans#read]
  public Slice<GroupView> search(Caller caller, String keyword, Slice.Request part) {
    AccountId account = caller.requireAccount();
    requireLength("keyword", keyword, 2 * NAME_CODE_POINTS_MAX);
    return searching.run(
        caller,
        part,
        (tx, below, floor, limit) ->
            store.open(tx, keyword, below, floor, limit).stream()
                .map(group -> view(tx, group, account))
                .toList());
  }

  /// The groups that the caller is in, latest joined first.
  public Page<GroupView> mine(Caller caller, Page.Request page) {
    AccountId account = caller.requireAccount();
    return db.read(
        tx ->
            Page.of(
                page,
                members.groups(tx, account, page),
                row -> new long[] {row.at(), row.group().value()},
                row -> {
                  Group group = store.find(tx, row.group());
                  return group == null ? null : view(tx, group, account);
                },
                members.groupCount(tx, account)));
  }

  /// Changes what the group says of itself: by its owner or an admin.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN; INVALID_FIELD or TOO_LARGE naming the field
  public void update(Caller caller, ConversationId id, Update update) {
    if (!update.name().isEmpty()) {
      Names.require("name", update.name(), NAME_CODE_POINTS_MAX);
    }
    requireLength("introduction", update.introduction(), INTRODUCTION_CHARS_MAX);
    requireUrl(update.avatarUrl());
    change(
        caller,
        id,
        GroupChange.UPDATED,
        group ->
            new Group(
                id,
                orElse(update.name(), group.name()),
                orElse(update.introduction(), group.introduction()),
                orElse(update.avatarUrl(), group.avatarUrl()),
                group.extra(),
                group.owner(),
                group.joinPolicy(),
                group.announcement(),
                group.announcedAt(),
                group.createdAt(),
                clock.millis()));
  }

  /// Sets who comes in: by the owner or an admin.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public void setJoinPolicy(Caller caller, ConversationId id, Group.JoinPolicy policy) {
    change(caller, id, GroupChange.UPDATED, group -> with(group, group.owner(), policy));
  }

  /// Tells the members something that stays to be seen; empty takes it away. By the owner or an
  /// admin.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN, TOO_LARGE
  public void announce(Caller caller, ConversationId id, String text) {
    requireLength("announcement", text, ANNOUNCEMENT_CHARS_MAX);
    change(
        caller,
        id,
        GroupChange.ANNOUNCED,
        group -> {
          long now = clock.millis();
          return new Group(
              id,
              group.name(),
              group.introduction(),
              group.avatarUrl(),
              group.extra(),
              group.owner(),
              group.joinPolicy(),
              text,
              text.isEmpty() ? null : Long.valueOf(now),
              group.createdAt(),
              now);
        });
  }

  /// Dissolves the group: by its owner. Its members keep what was sent.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public void delete(Caller caller, ConversationId id) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          Group group = requireIn(tx, id, account);
          if (!group.owner().equals(account)) {
            throw Fault.of(FaultCode.FORBIDDEN, "only the owner may dissolve a group");
          }
          dissolve(tx, group, account);
        });
  }

  /// Inside a transaction: ends a group for all.
  void dissolve(Tx tx, Group group, AccountId actor) {
    store.delete(tx, group.id(), clock.millis());
    members.removeAll(tx, group.id(), actor, invitations.deleteAll(tx, group.id()));
    activity.dissolved(tx, group.id());
  }

  /// Inside a transaction: `account` is in or wants to be no more, so nothing of it waits.
  void settle(Tx tx, ConversationId id, AccountId account) {
    if (store.deleteRequest(tx, id, account)) {
      activity.askedNoMore(tx, id, account);
    }
    invitations.delete(tx, id, account);
    activity.invitedNoMore(tx, id, account);
  }

  /// Inside a transaction: gives the group another owner.
  void setOwner(Tx tx, Group group, AccountId owner) {
    store.update(tx, with(group, owner, group.joinPolicy()));
  }

  /// Inside a transaction.
  ///
  /// @throws Fault NOT_FOUND
  Group requireIn(Tx tx, ConversationId id) {
    Group group = store.find(tx, id);
    if (group == null) {
      throw missing(id);
    }
    return group;
  }

  /// Inside a transaction: the group, if `account` may know of it. Every call that names a group
  /// begins here.
  ///
  /// @throws Fault NOT_FOUND, for a closed group that `account` was never in and is not invited
  ///     into as for none
  Group requireIn(Tx tx, ConversationId id, AccountId account) {
    Group group = requireIn(tx, id);
    if (!members.discloses(tx, id, account) && invitations.findOpen(tx, id, account) == null) {
      throw missing(id);
    }
    return group;
  }

  private void change(
      Caller caller, ConversationId id, GroupChange kind, UnaryOperator<Group> change) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          Group group = requireIn(tx, id, account);
          requireModerator(members.role(tx, id, account));
          Group fresh = change.apply(group);
          store.update(tx, fresh);
          members.setSecret(tx, id, fresh.joinPolicy() == Group.JoinPolicy.CLOSED);
          if (kind == GroupChange.ANNOUNCED) {
            store.announced(tx, id, ids.next());
          }
          members.changed(tx, id, account, kind);
          if (!fresh.name().equals(group.name())) {
            members.say(tx, id, account, GroupLine.of(GroupLine.Event.RENAMED, fresh.name()));
          }
          if (kind == GroupChange.ANNOUNCED && !fresh.announcement().isEmpty()) {
            String text = fresh.announcement();
            members.say(tx, id, account, GroupLine.of(GroupLine.Event.ANNOUNCED, text));
          }
        });
  }

  static boolean moderates(@Nullable Role role) {
    return role != null && role.moderates();
  }

  static void requireModerator(@Nullable Role role) {
    if (!moderates(role)) {
      throw Fault.of(FaultCode.FORBIDDEN, "only the owner or an admin may do this");
    }
  }

  private GroupView view(Tx tx, Group group, AccountId account) {
    ConversationId id = group.id();
    Role role = members.role(tx, id, account);
    boolean all = role != null || group.joinPolicy() == Group.JoinPolicy.OPEN;
    return new GroupView(
        all ? group : group.fromOutside(),
        members.count(tx, id),
        role,
        members.closed(tx, id),
        role == null && store.hasRequest(tx, id, account),
        moderates(role) ? store.requestCount(tx, id) : 0);
  }

  private Group with(Group group, AccountId owner, Group.JoinPolicy policy) {
    return new Group(
        group.id(),
        group.name(),
        group.introduction(),
        group.avatarUrl(),
        group.extra(),
        owner,
        policy,
        group.announcement(),
        group.announcedAt(),
        group.createdAt(),
        clock.millis());
  }

  private static Fault missing(ConversationId id) {
    return Fault.of(FaultCode.NOT_FOUND, "no group " + id);
  }

  private static String orElse(String fresh, String old) {
    return fresh.isEmpty() ? old : fresh;
  }

  private void requireUrl(String url) {
    requireLength("avatar_url", url, limits.urlCharsMax());
    if (url.chars().anyMatch(Character::isISOControl)) {
      throw Fault.invalid("avatar_url", "must not contain control characters");
    }
    Urls.requireSafe("avatar_url", url);
  }

  private static void requireLength(String field, String value, int charsMax) {
    if (value.length() > charsMax) {
      throw Fault.of(FaultCode.TOO_LARGE, field + ": longer than " + charsMax + " characters");
    }
  }
}
