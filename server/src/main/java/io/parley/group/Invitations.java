package io.parley.group;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.NoticeKind;
import io.parley.messaging.Members;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.List;

/// Invitations into groups: what is made where an account may not be brought in without asking it.
///
/// An account has at most one into a group. It sees the group while it has one, and counts for no
/// limit of groups or members. Whoever made it must still lead the group when it is accepted. One
/// between accounts of which one blocks the other, or of a hidden account, is seen by those who
/// lead the group and not by the invited one.
public final class Invitations {
  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final Accounts accounts;
  private final Members members;
  private final Groups groups;
  private final Limits limits;
  private final GroupActivity activity;
  private final InvitationStore store = new InvitationStore();

  public Invitations(
      Platform platform, Accounts accounts, Members members, Groups groups, Limits limits) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.accounts = accounts;
    this.members = members;
    this.groups = groups;
    this.limits = limits;
    this.activity = new GroupActivity(platform, members, limits);
  }

  /// The invitations that wait for the caller, latest first.
  public Page<Invitation> mine(Caller caller, Page.Request page) {
    AccountId self = caller.requireAccount();
    return db.read(
        tx ->
            Page.of(
                page,
                store.of(tx, self, page),
                row -> new long[] {row.at(), row.group().value()},
                row -> {
                  Account inviter = accounts.findEvenDeleted(tx, row.inviter());
                  GroupView group = groups.find(tx, row.group(), self);
                  return inviter == null || group == null
                      ? null
                      : new Invitation(group, inviter, row.at());
                },
                store.countOf(tx, self)));
  }

  /// Brings the caller into a group that it was invited into.
  ///
  /// @throws Fault NOT_FOUND if there is no invitation, or who made it leads the group no more;
  ///     QUOTA if the group is full or the caller in too many
  public void accept(Caller caller, ConversationId id) {
    AccountId self = caller.requireAccount();
    db.change(
        tx -> {
          if (!holds(tx, id, self)) {
            throw none(id);
          }
          members.add(tx, id, self, self);
          groups.settle(tx, id, self);
        });
  }

  /// Declines an invitation. Nobody is told; it leaves the list of those who lead the group, who
  /// may invite the caller again after `limits.group_reinvite_s`.
  ///
  /// @throws Fault NOT_FOUND if there is none
  public void decline(Caller caller, ConversationId id) {
    AccountId self = caller.requireAccount();
    db.change(
        tx -> {
          if (!declineIn(tx, id, self)) {
            throw none(id);
          }
        });
  }

  /// Who was invited into a group and has not answered, oldest first: for the owner and admins.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public Page<Invited> into(Caller caller, ConversationId id, Page.Request page) {
    AccountId self = caller.requireAccount();
    return db.read(
        tx -> {
          requireLeading(tx, id, self);
          return Page.of(
              page,
              store.into(tx, id, page),
              row -> new long[] {row.at(), row.account().value()},
              row -> {
                Account account = accounts.findEvenDeleted(tx, row.account());
                Account inviter = accounts.findEvenDeleted(tx, row.inviter());
                return account == null || inviter == null
                    ? null
                    : new Invited(account, inviter, row.at());
              },
              store.countInto(tx, id));
        });
  }

  /// Takes an invitation back: by the owner or an admin.
  ///
  /// @throws Fault NOT_FOUND (no such invitation), FORBIDDEN
  public void withdraw(Caller caller, ConversationId id, AccountId account) {
    AccountId self = caller.requireAccount();
    db.change(
        tx -> {
          requireLeading(tx, id, self);
          if (!withdrawIn(tx, id, self, account)) {
            throw Fault.of(FaultCode.NOT_FOUND, "user_id: is not invited");
          }
        });
  }

  /// Inside a transaction: invites `account`. Inviting it again changes nothing, unless it does not
  /// see the invitation that is there.
  ///
  /// @throws Fault THROTTLED if it declined not long ago; QUOTA if the group is full or too many
  ///     invitations wait
  void invite(Tx tx, ConversationId id, AccountId inviter, AccountId account) {
    InvitationStore.Row known = store.find(tx, id, account);
    if (known != null && known.waits()) {
      if (known.inviter().equals(inviter) || store.findOpen(tx, id, account) != null) {
        return;
      }
    } else {
      if (known != null) {
        requireCooled(known);
      }
      requireRoom(
          store.countInto(tx, id), "limits.group_invitations_max", limits.groupInvitationsMax());
    }
    members.requireRoomIn(tx, id);
    requireRoom(
        store.countOf(tx, account), "limits.group_invitations_max", limits.groupInvitationsMax());
    requireRoom(
        store.countBy(tx, inviter),
        "limits.group_invitations_made_max",
        limits.groupInvitationsMadeMax());
    store.put(tx, new InvitationStore.Row(account, id, inviter, clock.millis(), 0), ids.next());
    if (store.findOpen(tx, id, account) != null) {
      tell(tx, NoticeKind.GROUP_INVITED, id, inviter, List.of(account));
      activity.invited(tx, id, account, inviter);
    }
  }

  /// Inside a transaction: whether `account` was invited and may come in.
  boolean holds(Tx tx, ConversationId id, AccountId account) {
    InvitationStore.Row invitation = store.findOpen(tx, id, account);
    return invitation != null && Groups.moderates(members.role(tx, id, invitation.inviter()));
  }

  /// Inside a transaction: declines, if there is something to decline.
  boolean declineIn(Tx tx, ConversationId id, AccountId account) {
    if (store.findOpen(tx, id, account) == null) {
      return false;
    }
    long now = clock.millis();
    store.forgetDeclined(tx, account, now - reinviteAfter().toMillis());
    store.decline(tx, id, account, now);
    tell(tx, NoticeKind.GROUP_UNINVITED, id, account, List.of(account));
    activity.invitedNoMore(tx, id, account);
    return true;
  }

  /// Inside a transaction: takes an invitation back, if there is one.
  boolean withdrawIn(Tx tx, ConversationId id, AccountId actor, AccountId account) {
    InvitationStore.Row known = store.find(tx, id, account);
    if (known == null || !known.waits()) {
      return false;
    }
    if (store.findOpen(tx, id, account) != null) {
      tell(tx, NoticeKind.GROUP_UNINVITED, id, actor, List.of(account));
    }
    store.delete(tx, id, account);
    activity.invitedNoMore(tx, id, account);
    return true;
  }

  /// Inside a transaction: `inviter` leads the group no more, so what it made is gone.
  void fall(Tx tx, ConversationId id, AccountId inviter) {
    List<AccountId> invited = store.deleteOf(tx, id, inviter);
    tell(tx, NoticeKind.GROUP_UNINVITED, id, inviter, invited);
    invited.forEach(account -> activity.invitedNoMore(tx, id, account));
  }

  private void requireLeading(Tx tx, ConversationId id, AccountId account) {
    groups.requireIn(tx, id, account);
    Groups.requireModerator(members.role(tx, id, account));
  }

  private void requireCooled(InvitationStore.Row declined) {
    long again = declined.declinedAt() + reinviteAfter().toMillis();
    long now = clock.millis();
    if (now < again) {
      throw Fault.retry(
          FaultCode.THROTTLED,
          "user_id: declined less than limits.group_reinvite_s = %d ago"
              .formatted(limits.groupReinviteS()),
          Duration.ofMillis(again - now));
    }
  }

  private Duration reinviteAfter() {
    return Duration.ofSeconds(limits.groupReinviteS());
  }

  private void tell(
      Tx tx, NoticeKind kind, ConversationId id, AccountId actor, List<AccountId> audience) {
    if (!audience.isEmpty()) {
      bus.publish(tx, new Event.Notice(kind, id.value(), actor, audience));
    }
  }

  private static void requireRoom(long waiting, String limit, int max) {
    if (waiting >= max) {
      throw Fault.of(FaultCode.QUOTA, limit + " = " + max + " invitations wait");
    }
  }

  private static Fault none(ConversationId id) {
    return Fault.of(FaultCode.NOT_FOUND, "no invitation to group " + id);
  }
}
