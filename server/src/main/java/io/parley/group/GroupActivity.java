package io.parley.group;

import io.parley.activity.About;
import io.parley.activity.Activities;
import io.parley.activity.ActivityKind;
import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Limits;
import io.parley.messaging.Members;
import io.parley.platform.Platform;
import io.parley.store.Tx;
import java.util.List;

/// What accounts find in their activity lists of groups they come into or lead. Everything inside a
/// transaction.
final class GroupActivity {
  /// So many of those who lead a group are told who asks to come in, so that a group of admins does
  /// not make a request dear.
  private static final int LEADERS_TOLD_MAX = 100;

  private final Activities activities;
  private final Members members;

  GroupActivity(Platform platform, Members members, Limits limits) {
    this.activities = new Activities(platform, limits);
    this.members = members;
  }

  void asked(Tx tx, ConversationId id, AccountId by) {
    leaders(tx, id)
        .forEach(leader -> activities.tell(tx, leader, about(ActivityKind.GROUP_ASKED, id), by));
  }

  /// No request of `by` waits any more.
  void askedNoMore(Tx tx, ConversationId id, AccountId by) {
    leaders(tx, id)
        .forEach(
            leader -> activities.takeBack(tx, leader, about(ActivityKind.GROUP_ASKED, id), by));
  }

  void invited(Tx tx, ConversationId id, AccountId account, AccountId by) {
    activities.tell(tx, account, about(ActivityKind.GROUP_INVITED, id), by);
  }

  /// No invitation of `account` waits any more.
  void invitedNoMore(Tx tx, ConversationId id, AccountId account) {
    activities.forget(tx, account, about(ActivityKind.GROUP_INVITED, id));
  }

  void broughtIn(Tx tx, ConversationId id, AccountId account, AccountId by) {
    activities.tell(tx, account, about(ActivityKind.GROUP_ADDED, id), by);
  }

  void letIn(Tx tx, ConversationId id, AccountId account, AccountId by) {
    activities.tell(tx, account, about(ActivityKind.GROUP_LET_IN, id), by);
  }

  void leadsNoMore(Tx tx, ConversationId id, AccountId account) {
    activities.forget(tx, account, about(ActivityKind.GROUP_ASKED, id));
  }

  void left(Tx tx, ConversationId id, AccountId account) {
    activities.forgetPlace(tx, account, id.value());
  }

  void dissolved(Tx tx, ConversationId id) {
    activities.forgetPlace(tx, id.value());
  }

  private List<AccountId> leaders(Tx tx, ConversationId id) {
    return members.leaders(tx, id).stream().limit(LEADERS_TOLD_MAX).toList();
  }

  private static About about(ActivityKind kind, ConversationId id) {
    return About.place(kind, id.value());
  }
}
