package io.parley.social;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.messaging.Blocks;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.List;

/// Who follows whom: one-sided, without asking.
public final class Follows {
  private final Db db;
  private final Clock clock;
  private final Accounts accounts;
  private final Blocks blocks;
  private final Limits limits;
  private final SocialActivity activity;
  private final FollowStore store = new FollowStore();

  public Follows(Platform platform, Accounts accounts, Blocks blocks, Limits limits) {
    this.db = platform.db();
    this.clock = platform.clock();
    this.accounts = accounts;
    this.blocks = blocks;
    this.limits = limits;
    this.activity = new SocialActivity(platform, limits);
  }

  /// Follows. Following twice changes nothing.
  ///
  /// @throws Fault NO_SUCH_ACCOUNT; INVALID_FIELD for oneself; FORBIDDEN where one blocks the
  ///     other; QUOTA at `limits.follows_per_account_max`
  public void follow(Caller caller, AccountId followee) {
    AccountId follower = caller.requireAccount();
    if (follower.equals(followee)) {
      throw Fault.invalid("user_id", "nobody follows itself");
    }
    db.change(
        tx -> {
          accounts.requireExists(tx, followee);
          if (store.exists(tx, follower, followee)) {
            return;
          }
          if (blocks.between(tx, follower, followee)) {
            throw Fault.of(FaultCode.FORBIDDEN, "user_id: this account cannot be followed");
          }
          if (store.followeeCount(tx, follower) >= limits.followsPerAccountMax()) {
            throw Fault.of(
                FaultCode.QUOTA,
                "limits.follows_per_account_max = " + limits.followsPerAccountMax() + " reached");
          }
          store.insert(tx, follower, followee, clock.millis());
          activity.followed(tx, followee, follower);
        });
  }

  /// Stops following. Not having followed changes nothing.
  public void unfollow(Caller caller, AccountId followee) {
    AccountId follower = caller.requireAccount();
    db.change(tx -> end(tx, follower, followee));
  }

  /// Inside a transaction: neither follows the other any more.
  void part(Tx tx, AccountId one, AccountId other) {
    end(tx, one, other);
    end(tx, other, one);
  }

  private void end(Tx tx, AccountId follower, AccountId followee) {
    if (store.delete(tx, follower, followee)) {
      activity.followedNoMore(tx, followee, follower);
    }
  }

  /// Inside a transaction: whether the first follows the second.
  public boolean exists(Tx tx, AccountId follower, AccountId followee) {
    return store.exists(tx, follower, followee);
  }

  /// Inside a transaction: whom an account follows, at most `limits.follows_per_account_max`, in
  /// the order of their ids.
  public List<AccountId> followees(Tx tx, AccountId follower) {
    return store.followees(tx, follower);
  }

  /// Inside a transaction: how many follow an account.
  public long followerCount(Tx tx, AccountId followee) {
    return store.followerCount(tx, followee);
  }

  /// Inside a transaction: the next followers after `after` (0: the first) in the order of their
  /// ids.
  public List<AccountId> followersAfter(Tx tx, AccountId followee, AccountId after, int limit) {
    return store.followersAfter(tx, followee, after, limit);
  }

  /// Whom `account` follows, latest first.
  public Page<Account> following(AccountId account, Page.Request page) {
    return db.read(
        tx -> {
          accounts.requireExists(tx, account);
          return Page.of(
              page,
              store.followeePage(tx, account, page),
              row -> new long[] {row.since(), row.followee().value()},
              row -> accounts.findEvenDeleted(tx, row.followee()),
              store.followeeCount(tx, account));
        });
  }

  /// Who follows `account`, newest account first.
  public Page<Account> followers(AccountId account, Page.Request page) {
    return db.read(
        tx -> {
          accounts.requireExists(tx, account);
          return Page.of(
              page,
              store.followerPage(tx, account, page),
              row -> new long[] {row.value()},
              row -> accounts.findEvenDeleted(tx, row),
              store.followerCount(tx, account));
        });
  }
}
