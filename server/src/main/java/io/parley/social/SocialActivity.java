package io.parley.social;

import io.parley.activity.About;
import io.parley.activity.Activities;
import io.parley.activity.ActivityKind;
import io.parley.base.AccountId;
import io.parley.base.Limits;
import io.parley.platform.Platform;
import io.parley.store.Tx;

/// What accounts find in their activity lists of who wants to know them. Everything inside a
/// transaction.
final class SocialActivity {
  private static final About FOLLOWED = new About(ActivityKind.FOLLOWED, 0, 0);

  private final Activities activities;

  SocialActivity(Platform platform, Limits limits) {
    this.activities = new Activities(platform, limits);
  }

  void followed(Tx tx, AccountId followee, AccountId by) {
    activities.tell(tx, followee, FOLLOWED, by);
  }

  void followedNoMore(Tx tx, AccountId followee, AccountId by) {
    activities.takeBack(tx, followee, FOLLOWED, by);
  }

  void asked(Tx tx, AccountId peer, AccountId by) {
    activities.tell(tx, peer, About.account(ActivityKind.FRIEND_REQUEST, by), by);
  }

  /// No request of `from` waits for `to` any more.
  void askedNoMore(Tx tx, AccountId from, AccountId to) {
    activities.forget(tx, to, About.account(ActivityKind.FRIEND_REQUEST, from));
  }

  /// They are friends, which `by` brought about.
  void befriended(Tx tx, AccountId by, AccountId peer) {
    askedNoMore(tx, by, peer);
    askedNoMore(tx, peer, by);
    activities.tell(tx, peer, About.account(ActivityKind.FRIEND_ACCEPTED, by), by);
  }

  void friendsNoMore(Tx tx, AccountId one, AccountId other) {
    activities.forget(tx, one, About.account(ActivityKind.FRIEND_ACCEPTED, other));
    activities.forget(tx, other, About.account(ActivityKind.FRIEND_ACCEPTED, one));
  }

  /// One blocks the other.
  void parted(Tx tx, AccountId one, AccountId other) {
    activities.part(tx, one, other);
  }
}
