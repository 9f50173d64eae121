package io.parley.social;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.Names;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.NoticeKind;
import io.parley.messaging.Blocks;
import io.parley.messaging.Messaging.Guards;
import io.parley.messaging.Requests;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Friendships: asked for, accepted, ended; and blocks, which end them.
///
/// Every change is told to the live devices of both sides.
public final class Friends {
  private static final int KEYWORD_CHARS_MAX = 128;

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final Accounts accounts;
  private final Blocks blocks;
  private final Follows follows;
  private final Requests requests;
  private final Limits limits;
  private final SocialActivity activity;
  private final FriendStore store = new FriendStore();

  public Friends(
      Platform platform, Accounts accounts, Guards guards, Follows follows, Limits limits) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.accounts = accounts;
    this.blocks = guards.blocks();
    this.requests = guards.requests();
    this.follows = follows;
    this.limits = limits;
    this.activity = new SocialActivity(platform, limits);
  }

  /// Asks `peer` to be friends. They are at once where `peer` takes friends openly or has asked
  /// already; else a request waits. To a hidden account every request waits. Asking a friend
  /// confirms the friendship.
  ///
  /// @return whether they are friends now
  /// @throws Fault NO_SUCH_ACCOUNT; INVALID_FIELD for oneself; FORBIDDEN where one blocks the other
  ///     or `peer` takes no requests; QUOTA
  public boolean request(Caller caller, AccountId peer, String note) {
    AccountId account = caller.requireAccount();
    requireOther(account, peer);
    FriendRequest.requireNote(note);
    return db.write(
        tx -> {
          boolean hidden = accounts.isHidden(tx, peer);
          if (store.find(tx, account, peer) != null) {
            store.confirm(tx, account, peer);
            return true;
          }
          if (blocks.between(tx, account, peer)) {
            throw Fault.of(FaultCode.FORBIDDEN, "user_id: this account cannot be asked");
          }
          if (!hidden && store.hasRequest(tx, peer, account)) {
            befriend(tx, account, peer);
            store.confirm(tx, peer, account);
            return true;
          }
          Privacy.FriendPolicy policy = store.privacy(tx, peer).friends();
          return switch (policy) {
            case OPEN, APPROVAL -> {
              boolean open = !hidden && policy == Privacy.FriendPolicy.OPEN;
              if (open) {
                befriend(tx, account, peer);
              } else {
                ask(tx, account, peer, note);
              }
              yield open;
            }
            case CLOSED ->
                throw Fault.of(FaultCode.FORBIDDEN, "user_id: this account takes no requests");
          };
        });
  }

  /// Accepts the request of `peer`.
  ///
  /// @throws Fault NOT_FOUND if it has not asked, or is hidden for now; QUOTA
  public void accept(Caller caller, AccountId peer) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          requireRequest(tx, peer, account);
          if (accounts.isHidden(tx, peer)) {
            throw Fault.of(FaultCode.NOT_FOUND, "user_id: has not asked");
          }
          befriend(tx, account, peer);
          store.confirm(tx, /* account= */ peer, /* peer= */ account);
        });
  }

  /// Refuses the request of `peer`, who is not told.
  ///
  /// @throws Fault NOT_FOUND if it has not asked
  public void refuse(Caller caller, AccountId peer) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          requireRequest(tx, peer, account);
          store.deleteRequest(tx, peer, account);
          activity.askedNoMore(tx, peer, account);
          bus.publish(
              tx,
              new Event.Notice(NoticeKind.FRIEND_REMOVED, peer.value(), account, List.of(account)));
        });
  }

  /// Ends a friendship, or takes back a request that the caller made. Neither there: changes
  /// nothing.
  public void remove(Caller caller, AccountId peer) {
    AccountId account = caller.requireAccount();
    db.change(tx -> part(tx, account, peer));
  }

  /// Sets the caller's own name for a friend; empty for none.
  ///
  /// @throws Fault NOT_FOUND if they are not friends; TOO_LARGE
  public void setRemark(Caller caller, AccountId peer, String remark) {
    AccountId account = caller.requireAccount();
    if (!remark.isEmpty()) {
      Names.require("remark", remark, limits.nicknameCodePointsMax());
    }
    boolean friends = db.write(tx -> store.setRemark(tx, account, peer, remark));
    if (!friends) {
      throw Fault.of(FaultCode.NOT_FOUND, "user_id: not a friend");
    }
  }

  /// The caller's friends whose remark, display name, username or phone contains `keyword` (empty:
  /// all), latest first.
  public Page<Friend> list(Caller caller, String keyword, Page.Request page) {
    AccountId account = caller.requireAccount();
    if (keyword.length() > KEYWORD_CHARS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "keyword: longer than " + KEYWORD_CHARS_MAX + " characters");
    }
    return db.read(
        tx -> {
          boolean all = keyword.isBlank();
          var rows = all ? store.page(tx, account, page) : store.search(tx, account, keyword, page);
          long total = all ? store.count(tx, account) : store.searchCount(tx, account, keyword);
          return Page.of(
              page,
              rows,
              row -> new long[] {row.since(), row.peer().value()},
              row -> friend(tx, row),
              total);
        });
  }

  /// The requests that wait for the caller's answer, or with `incoming` false those that the caller
  /// made, latest first.
  public Page<FriendRequest> requests(Caller caller, boolean incoming, Page.Request page) {
    AccountId account = caller.requireAccount();
    return db.read(
        tx -> {
          var rows =
              incoming ? store.incoming(tx, account, page) : store.outgoing(tx, account, page);
          long total =
              incoming ? store.incomingCount(tx, account) : store.outgoingCount(tx, account);
          return Page.of(
              page,
              rows,
              row -> new long[] {row.at(), row.peer().value()},
              row -> request(tx, row, incoming),
              total);
        });
  }

  /// Wants nothing from `peer` any more: no message, request or follow passes in either direction,
  /// and what there was of them ends.
  ///
  /// @throws Fault NO_SUCH_ACCOUNT; INVALID_FIELD for oneself; QUOTA
  public void block(Caller caller, AccountId peer) {
    AccountId account = caller.requireAccount();
    requireOther(account, peer);
    db.change(
        tx -> {
          accounts.requireExists(tx, peer);
          blocks.add(tx, account, peer);
          part(tx, account, peer);
          store.deleteRequest(tx, peer, account);
          follows.part(tx, account, peer);
          activity.parted(tx, account, peer);
        });
  }

  /// Takes a block back; what it ended does not come back.
  public void unblock(Caller caller, AccountId peer) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          blocks.remove(tx, account, peer);
        });
  }

  /// Whom the caller blocks, latest first.
  public Page<Account> blocked(Caller caller, Page.Request page) {
    AccountId account = caller.requireAccount();
    return db.read(
        tx ->
            Page.of(
                page,
                blocks.list(tx, account, page),
                row -> new long[] {row.at(), row.peer().value()},
                row -> accounts.findEvenDeleted(tx, row.peer()),
                blocks.count(tx, account)));
  }

  /// What `peer` is to the caller.
  ///
  /// @throws Fault NO_SUCH_ACCOUNT
  public Relation relation(Caller caller, AccountId peer) {
    AccountId account = caller.requireAccount();
    return db.read(
        tx -> {
          accounts.requireExists(tx, peer);
          var friend = store.find(tx, account, peer);
          return new Relation(
              friend != null,
              friend != null && store.hasConfirmed(tx, /* account= */ peer, /* peer= */ account),
              friend == null ? "" : friend.remark(),
              store.hasRequest(tx, account, peer),
              store.hasRequest(tx, peer, account),
              follows.exists(tx, account, peer),
              follows.exists(tx, peer, account),
              blocks.exists(tx, account, peer));
        });
  }

  /// How many friends `account` has.
  public long count(AccountId account) {
    return db.read(tx -> store.count(tx, account));
  }

  /// Inside a transaction: the friends of `account`, at most `limits.friends_per_account_max`, in
  /// the order of their ids.
  public List<AccountId> of(Tx tx, AccountId account) {
    return store.ids(tx, account);
  }

  /// Inside a transaction: whether two accounts are friends.
  public boolean areFriends(Tx tx, AccountId one, AccountId other) {
    return store.find(tx, one, other) != null;
  }

  /// Inside a transaction.
  public Privacy privacyIn(Tx tx, AccountId account) {
    return store.privacy(tx, account);
  }

  public Privacy privacy(AccountId account) {
    return db.read(tx -> store.privacy(tx, account));
  }

  /// Changes what the caller lets others do and see; `change` is given what holds until then.
  public void setPrivacy(Caller caller, UnaryOperator<Privacy> change) {
    AccountId account = caller.requireAccount();
    db.change(tx -> store.putPrivacy(tx, account, change.apply(store.privacy(tx, account))));
  }

  /// Inside a transaction: whether `inviter` may bring `account` into a group without asking it.
  public boolean letsBringIn(Tx tx, AccountId account, AccountId inviter) {
    if (blocks.between(tx, account, inviter)) {
      return false;
    }
    return switch (store.privacy(tx, account).groups()) {
      case EVERYBODY -> true;
      case FRIENDS -> store.hasConfirmed(tx, account, /* peer= */ inviter);
      case NOBODY -> false;
    };
  }

  /// Inside a transaction: a new account takes friends openly, as where it was registered is
  /// expected of it.
  public void takeOpenly(Tx tx, AccountId account) {
    store.putPrivacy(tx, account, Privacy.DEFAULT.with(Privacy.FriendPolicy.OPEN));
  }

  /// Inside a transaction: `account` and `peer` have both said that they are to be friends. Whoever
  /// asks first sees to blocks.
  ///
  /// @return false if they were already
  /// @throws Fault QUOTA
  public boolean agree(Tx tx, AccountId account, AccountId peer) {
    boolean fresh = store.find(tx, account, peer) == null;
    if (fresh) {
      befriend(tx, account, peer);
    }
    store.confirm(tx, account, peer);
    store.confirm(tx, /* account= */ peer, /* peer= */ account);
    return fresh;
  }

  private void befriend(Tx tx, AccountId account, AccountId peer) {
    requireRoomFor(tx, account);
    requireRoomFor(tx, peer);
    store.deleteRequest(tx, peer, account);
    store.deleteRequest(tx, account, peer);
    long now = clock.millis();
    store.insert(tx, account, peer, ids.next(), now);
    store.insert(tx, peer, account, ids.next(), now);
    store.confirm(tx, account, peer);
    requests.befriended(tx, account, peer);
    tell(tx, NoticeKind.FRIEND_ACCEPTED, account, peer);
    activity.befriended(tx, account, peer);
  }

  private void ask(Tx tx, AccountId account, AccountId peer, String note) {
    if (!store.hasRequest(tx, account, peer)) {
      if (store.incomingCount(tx, peer) >= limits.friendRequestsMax()
          || store.outgoingCount(tx, account) >= limits.friendRequestsMax()) {
        throw Fault.of(
            FaultCode.QUOTA,
            "limits.friend_requests_max = " + limits.friendRequestsMax() + " requests wait");
      }
      tell(tx, NoticeKind.FRIEND_REQUEST, account, peer);
      activity.asked(tx, peer, account);
    }
    store.putRequest(tx, account, peer, note, ids.next(), clock.millis());
  }

  private boolean part(Tx tx, AccountId account, AccountId peer) {
    store.deleteRequest(tx, account, peer);
    activity.askedNoMore(tx, account, peer);
    if (!store.delete(tx, account, peer)) {
      return false;
    }
    store.delete(tx, peer, account);
    tell(tx, NoticeKind.FRIEND_REMOVED, account, peer);
    activity.friendsNoMore(tx, account, peer);
    return true;
  }

  /// To each side the id is the other one's.
  private void tell(Tx tx, NoticeKind kind, AccountId actor, AccountId peer) {
    bus.publish(tx, new Event.Notice(kind, actor.value(), actor, List.of(peer)));
    bus.publish(tx, new Event.Notice(kind, peer.value(), actor, List.of(actor)));
  }

  private void requireRequest(Tx tx, AccountId from, AccountId to) {
    if (!store.hasRequest(tx, from, to)) {
      throw Fault.of(FaultCode.NOT_FOUND, "user_id: has not asked");
    }
  }

  private void requireRoomFor(Tx tx, AccountId account) {
    if (store.count(tx, account) >= limits.friendsPerAccountMax()) {
      throw Fault.of(
          FaultCode.QUOTA,
          "limits.friends_per_account_max = " + limits.friendsPerAccountMax() + " reached");
    }
  }

  private @Nullable Friend friend(Tx tx, FriendStore.Row row) {
    Account account = accounts.findEvenDeleted(tx, row.peer());
    return account == null ? null : new Friend(account, row.remark(), row.since());
  }

  private @Nullable FriendRequest request(Tx tx, FriendStore.RequestRow row, boolean incoming) {
    Account account = accounts.findEvenDeleted(tx, row.peer());
    return account == null ? null : new FriendRequest(account, incoming, row.note(), row.at());
  }

  private static void requireOther(AccountId account, AccountId peer) {
    if (account.equals(peer)) {
      throw Fault.invalid("user_id", "must be another account");
    }
  }
}
