package io.parley.group;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.NoticeKind;
import io.parley.messaging.Content.GroupLine;
import io.parley.messaging.Members;
import io.parley.messaging.Role;
import io.parley.platform.Platform;
import io.parley.social.Friends;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is in a group and what they may do there: joining, leaving, roles, mutes.
///
/// The owner may do everything; admins may do to members what the owner may do to all: bring in,
/// take out, mute.
public final class Roster {
  private static final int NOTE_CHARS_MAX = 200;

  private final Db db;
  private final Bus bus;
  private final Clock clock;
  private final Groups groups;
  private final Accounts accounts;
  private final Members members;
  private final Friends friends;
  private final Invitations invitations;
  private final Limits limits;
  private final GroupActivity activity;
  private final GroupStore store = new GroupStore();

  public Roster(
      Platform platform,
      Accounts accounts,
      Members members,
      Friends friends,
      Groups groups,
      Invitations invitations,
      Limits limits) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.clock = platform.clock();
    this.accounts = accounts;
    this.members = members;
    this.friends = friends;
    this.invitations = invitations;
    this.groups = groups;
    this.limits = limits;
    this.activity = new GroupActivity(platform, members, limits);
  }

  /// Lets `account` in. The caller itself comes in, or asks to, as the group's policy says, or at
  /// once if it is invited. Anybody else is brought in by the owner or an admin where its privacy
  /// allows it or it has asked to come in, and is invited elsewhere. Joining twice changes nothing.
  ///
  /// @return whether `account` is in now; false if a request or an invitation waits
  /// @throws Fault NOT_FOUND (also for a closed group), NO_SUCH_ACCOUNT, FORBIDDEN, QUOTA,
  ///     THROTTLED
  public boolean join(Caller caller, ConversationId id, AccountId account, String note) {
    AccountId self = caller.requireAccount();
    if (note.length() > NOTE_CHARS_MAX) {
      throw Fault.of(FaultCode.TOO_LARGE, "note: longer than " + NOTE_CHARS_MAX + " characters");
    }
    return db.write(
        tx -> {
          Group group = groups.requireIn(tx, id, self);
          if (!account.equals(self)) {
            Groups.requireModerator(members.role(tx, id, self));
            accounts.requireExists(tx, account);
          }
          boolean was = members.role(tx, id, account) != null;
          boolean in =
              was
                  || (account.equals(self)
                      ? admits(tx, group, self, note)
                      : letsBringIn(tx, id, self, account));
          if (in) {
            members.add(tx, id, account, self);
            groups.settle(tx, id, account);
            if (!was) {
              activity.broughtIn(tx, id, account, self);
            }
          }
          return in;
        });
  }

  /// Takes `account` out: the caller itself leaves, or the owner or an admin takes out somebody
  /// lower. What waits for it to come in is taken back or declined. Leaving twice changes nothing;
  /// an owner who is alone dissolves the group.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN; FAILED_PRECONDITION for an owner who is not alone
  public void quit(Caller caller, ConversationId id, AccountId account) {
    AccountId self = caller.requireAccount();
    db.change(
        tx -> {
          Group group = groups.requireIn(tx, id, self);
          Role role = members.role(tx, id, account);
          if (!account.equals(self)) {
            requireAbove(members.role(tx, id, self), role);
            invitations.withdrawIn(tx, id, self, account);
          } else {
            invitations.declineIn(tx, id, self);
          }
          if (store.deleteRequest(tx, id, account)) {
            tellAnswered(tx, id, self, account);
          }
          if (role == Role.OWNER) {
            if (members.count(tx, id) > 1) {
              throw Fault.of(
                  FaultCode.FAILED_PRECONDITION, "the owner must transfer the group first");
            }
            groups.dissolve(tx, group, self);
          } else if (role != null) {
            remove(tx, id, account, self);
          }
        });
  }

  /// Inside a transaction: takes a present member out, and back what it invited.
  ///
  /// @param actor as [Members#remove] has it
  void remove(Tx tx, ConversationId id, AccountId account, @Nullable AccountId actor) {
    members.remove(tx, id, account, actor);
    invitations.fall(tx, id, account);
    activity.left(tx, id, account);
  }

  /// Makes a member an admin or an admin a member: by the owner.
  ///
  /// @throws Fault NOT_FOUND (no such member), FORBIDDEN; INVALID_FIELD for the owner
  public void setRole(Caller caller, ConversationId id, AccountId account, boolean admin) {
    AccountId self = caller.requireAccount();
    db.change(
        tx -> {
          groups.requireIn(tx, id, self);
          requireOwner(members.role(tx, id, self));
          Role before = requireRole(tx, id, account);
          if (before == Role.OWNER) {
            throw Fault.invalid(
                "user_id", "the owner stays the owner until the group is transferred");
          }
          Role role = admin ? Role.ADMIN : Role.MEMBER;
          members.setRole(tx, id, account, role);
          if (role != before) {
            var event = admin ? GroupLine.Event.ADMIN_ADDED : GroupLine.Event.ADMIN_REMOVED;
            members.say(tx, id, self, GroupLine.of(event, account));
          }
          if (!admin) {
            invitations.fall(tx, id, account);
            activity.leadsNoMore(tx, id, account);
          }
        });
  }

  /// Makes a member the owner and the owner an admin.
  ///
  /// @throws Fault NOT_FOUND (no such member), FORBIDDEN
  public void transfer(Caller caller, ConversationId id, AccountId account) {
    AccountId self = caller.requireAccount();
    db.change(
        tx -> {
          Group group = groups.requireIn(tx, id, self);
          requireOwner(members.role(tx, id, self));
          requireRole(tx, id, account);
          if (!account.equals(self)) {
            groups.setOwner(tx, group, account);
            members.setRole(tx, id, self, Role.ADMIN);
            members.setRole(tx, id, account, Role.OWNER);
            members.say(tx, id, self, GroupLine.of(GroupLine.Event.OWNER_CHANGED, account));
          }
        });
  }

  /// Forbids somebody lower to write for `seconds` from now; 0 allows it again.
  ///
  /// @throws Fault NOT_FOUND (no such member), FORBIDDEN
  public void mute(Caller caller, ConversationId id, AccountId account, long seconds) {
    AccountId self = caller.requireAccount();
    db.change(
        tx -> {
          groups.requireIn(tx, id, self);
          requireAbove(members.role(tx, id, self), requireRole(tx, id, account));
          muteIn(tx, id, account, seconds);
        });
  }

  /// The same inside a transaction that has seen that it may be.
  void muteIn(Tx tx, ConversationId id, AccountId account, long seconds) {
    if (seconds < 0 || seconds > 366L * 86_400) {
      throw Fault.invalid("seconds", "must be 0 … 31622400");
    }
    members.mute(tx, id, account, seconds == 0 ? 0 : clock.millis() + seconds * 1000);
  }

  /// Lets only the owner and admins write, or everybody again: by the owner or an admin.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public void muteAll(Caller caller, ConversationId id, boolean muted) {
    AccountId self = caller.requireAccount();
    db.change(
        tx -> {
          groups.requireIn(tx, id, self);
          Groups.requireModerator(members.role(tx, id, self));
          members.setClosed(tx, id, muted, self);
        });
  }

  /// The members: the owner, then admins, then the others as they came. For members only.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public Page<GroupMember> list(Caller caller, ConversationId id, Page.Request page) {
    AccountId self = caller.requireAccount();
    return db.read(
        tx -> {
          groups.requireIn(tx, id, self);
          if (members.role(tx, id, self) == null) {
            throw Fault.of(FaultCode.FORBIDDEN, "not a member of group " + id);
          }
          return listIn(tx, id, page);
        });
  }

  /// Inside a transaction: the members, whoever asks.
  Page<GroupMember> listIn(Tx tx, ConversationId id, Page.Request page) {
    return Page.of(
        page,
        members.page(tx, id, page),
        row -> new long[] {2 - row.role().code(), row.joinedAt(), row.account().value()},
        row -> {
          Account account = accounts.findEvenDeleted(tx, row.account());
          return account == null ? null : new GroupMember(account, row);
        },
        members.count(tx, id));
  }

  /// Who asked to come in, oldest first: for the owner and admins.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public Page<JoinRequest> requests(Caller caller, ConversationId id, Page.Request page) {
    AccountId self = caller.requireAccount();
    return db.read(
        tx -> {
          groups.requireIn(tx, id, self);
          Groups.requireModerator(members.role(tx, id, self));
          return Page.of(
              page,
              store.requests(tx, id, page),
              row -> new long[] {row.at(), row.account().value()},
              row -> {
                Account account = accounts.findEvenDeleted(tx, row.account());
                return account == null ? null : new JoinRequest(account, row.note(), row.at());
              },
              store.requestCount(tx, id));
        });
  }

  /// Answers a request to come in: by the owner or an admin.
  ///
  /// @throws Fault NOT_FOUND (no such request), FORBIDDEN, QUOTA
  public void answer(Caller caller, ConversationId id, AccountId account, boolean accept) {
    AccountId self = caller.requireAccount();
    db.change(
        tx -> {
          groups.requireIn(tx, id, self);
          Groups.requireModerator(members.role(tx, id, self));
          if (!store.deleteRequest(tx, id, account)) {
            throw Fault.of(FaultCode.NOT_FOUND, "user_id: has not asked");
          }
          if (accept) {
            members.add(tx, id, account, account);
            groups.settle(tx, id, account);
            activity.letIn(tx, id, account, self);
          }
          tellAnswered(tx, id, self, account);
        });
  }

  /// A request of `account` waits no more: whoever leads the group is told, and `account`.
  private void tellAnswered(Tx tx, ConversationId id, AccountId actor, AccountId account) {
    activity.askedNoMore(tx, id, account);
    List<AccountId> audience = new ArrayList<>(members.leaders(tx, id));
    if (!audience.contains(account)) {
      audience.add(account);
    }
    bus.publish(tx, new Event.Notice(NoticeKind.GROUP_ANSWERED, id.value(), actor, audience));
  }

  private boolean letsBringIn(Tx tx, ConversationId id, AccountId self, AccountId account) {
    boolean consents = store.hasRequest(tx, id, account) || friends.letsBringIn(tx, account, self);
    if (consents && !accounts.isHidden(tx, account)) {
      return true;
    }
    invitations.invite(tx, id, self, account);
    return false;
  }

  private boolean admits(Tx tx, Group group, AccountId account, String note) {
    if (invitations.holds(tx, group.id(), account)) {
      return true;
    }
    return switch (group.joinPolicy()) {
      case OPEN -> true;
      case APPROVAL -> {
        if (store.requestCount(tx, group.id()) >= limits.groupRequestsMax()) {
          throw Fault.of(
              FaultCode.QUOTA,
              "limits.group_requests_max = " + limits.groupRequestsMax() + " requests wait");
        }
        store.putRequest(tx, group.id(), account, note, clock.millis());
        List<AccountId> audience = new ArrayList<>(members.leaders(tx, group.id()));
        audience.add(account);
        bus.publish(
            tx, new Event.Notice(NoticeKind.GROUP_ASKED, group.id().value(), account, audience));
        activity.asked(tx, group.id(), account);
        yield false;
      }
      case CLOSED -> throw Fault.of(FaultCode.NOT_FOUND, "no group " + group.id());
    };
  }

  private Role requireRole(Tx tx, ConversationId id, AccountId account) {
    Role role = members.role(tx, id, account);
    if (role == null) {
      throw Fault.of(FaultCode.NOT_FOUND, "user_id: not a member");
    }
    return role;
  }

  private static void requireOwner(@Nullable Role role) {
    if (role != Role.OWNER) {
      throw Fault.of(FaultCode.FORBIDDEN, "only the owner may do this");
    }
  }

  /// The other may be nobody: then a moderator is enough.
  private static void requireAbove(@Nullable Role role, @Nullable Role other) {
    Groups.requireModerator(role);
    if (role != null && other != null && role.code() <= other.code()) {
      throw Fault.of(FaultCode.FORBIDDEN, "only somebody higher may do this");
    }
  }
}
