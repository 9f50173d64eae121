package io.parley.group;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.messaging.Members;
import io.parley.messaging.Standing;
import io.parley.store.Tx;
import org.jspecify.annotations.Nullable;

/// The way into a group for whoever was sent a link to it. Who may send one is who may bring people
/// in: its owner and admins. Everything inside a transaction.
public final class Doorway {
  private final Groups groups;
  private final Members members;

  public Doorway(Groups groups, Members members) {
    this.groups = groups;
    this.members = members;
  }

  /// Passes whoever may bring people in.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public void requireInviting(Tx tx, ConversationId id, AccountId account) {
    groups.requireIn(tx, id, account);
    Groups.requireModerator(members.role(tx, id, account));
  }

  /// Whether there still is that group and `account` may bring people in.
  public boolean mayInvite(Tx tx, ConversationId id, AccountId account) {
    return groups.find(tx, id, account) != null && Groups.moderates(members.role(tx, id, account));
  }

  /// What `leader`'s group says of itself; null where there is none any more.
  public @Nullable GroupView sight(Tx tx, ConversationId id, AccountId leader) {
    return groups.find(tx, id, leader);
  }

  /// Whether a link lets `account` in. Not whom somebody took out: a link that went round must not
  /// undo that. A leader can bring it in by hand.
  public boolean admits(Tx tx, ConversationId id, AccountId account) {
    return members.standing(tx, id, account) != Standing.REMOVED;
  }

  /// Lets `account` in; what waited for it to come in is settled.
  ///
  /// @return false if it was in already
  /// @throws Fault QUOTA if the group is full or the account in too many
  public boolean letIn(Tx tx, ConversationId id, AccountId account) {
    if (members.role(tx, id, account) != null) {
      return false;
    }
    members.add(tx, id, account, account);
    groups.settle(tx, id, account);
    return true;
  }
}
