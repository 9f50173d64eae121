package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.bus.Audience;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// What strangers write waits until it is accepted.
///
/// A conversation of two that one began whose friend the other is not is a request to the other,
/// until that one accepts it, writes there, or the two become friends; then it is ordinary for
/// good. While it waits nothing of what the other does reaches the one who asks: not that it read,
/// is writing or is online. The one who asks is never told that it waits.
///
/// It is decided when the conversation is made, so whoever writes first asks; of two who write to
/// each other at the same moment the second one answers.
public final class Requests {
  /// Says who are no strangers to each other. Everything inside a transaction.
  public interface Acquaintance {
    boolean areFriends(Tx tx, AccountId one, AccountId other);

    /// Whether whoever is no friend of `account` may write to it.
    boolean takesStrangers(Tx tx, AccountId account);
  }

  private static final Duration DAY = Duration.ofDays(1);

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final Limits limits;
  private final RequestStore store = new RequestStore();
  private final ConversationStore conversations = new ConversationStore();
  private final Memberships memberships;
  private volatile @Nullable Acquaintance acquaintance;
  private volatile boolean on;

  public Requests(Platform platform, Limits limits) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.limits = limits;
    this.memberships = new Memberships(clock);
  }

  /// From now on `acquaintance` says who is a stranger; before, nobody is one.
  ///
  /// @param on whether what strangers write is a request
  public void ask(Acquaintance acquaintance, boolean on) {
    this.acquaintance = acquaintance;
    this.on = on;
  }

  /// Makes a request that waits for the caller an ordinary conversation. Anything else stays as it
  /// is.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN for a conversation that the caller may not read
  public void accept(Caller caller, ConversationId id) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          memberships.requireReader(tx, id, account);
          AccountId asker = store.asker(tx, id);
          if (asker != null && !asker.equals(account)) {
            accept(tx, id, account, asker);
          }
        });
  }

  /// Inside a transaction: two have become friends, so nothing waits between them.
  public void befriended(Tx tx, AccountId one, AccountId other) {
    boolean ascending = one.value() <= other.value();
    ConversationId id = store.waiting(tx, ascending ? one : other, ascending ? other : one);
    AccountId asker = id == null ? null : store.asker(tx, id);
    if (id != null && asker != null) {
      accept(tx, id, asker.equals(one) ? other : one, asker);
    }
  }

  /// Inside a transaction: whether what `asker` wrote waits for `account`.
  public boolean waits(Tx tx, AccountId account, AccountId asker) {
    boolean ascending = account.value() <= asker.value();
    ConversationId id = store.waiting(tx, ascending ? account : asker, ascending ? asker : account);
    return id != null && asker.equals(store.asker(tx, id));
  }

  /// Nobody else has any of `senders` begin a conversation until the transaction ends, so that what
  /// each has begun can be counted.
  void hold(Tx tx, Collection<AccountId> senders) {
    if (on) {
      store.hold(tx, senders);
    }
  }

  /// Whether a conversation that `sender` begins with `peer` is a request. Before it is made.
  ///
  /// @throws Fault FORBIDDEN if `peer` takes no messages of strangers; QUOTA at
  ///     `limits.requests_per_day_max`
  boolean isAsking(Tx tx, AccountId sender, AccountId peer) {
    Acquaintance known = acquaintance;
    if (known == null || sender.equals(peer) || known.areFriends(tx, sender, peer)) {
      return false;
    }
    if (!known.takesStrangers(tx, peer)) {
      throw Fault.of(FaultCode.FORBIDDEN, "this account takes no messages from the caller");
    }
    if (!on) {
      return false;
    }
    long dayAgo = Ids.before(clock.millis() - DAY.toMillis());
    if (store.waitingSince(tx, sender, dayAgo) >= limits.requestsPerDayMax()) {
      throw Fault.of(
          FaultCode.QUOTA,
          "limits.requests_per_day_max = "
              + limits.requestsPerDayMax()
              + " conversations that were begun in a day wait to be accepted");
    }
    return true;
  }

  /// `asker` has begun a conversation that is a request to `account`.
  void begin(Tx tx, ConversationId id, AccountId account, AccountId asker) {
    store.setAsker(tx, id, asker);
    bus.publish(tx, new Event.RequestChanged(account, id, asker, true));
  }

  /// The request to `account` waits no more. What it has read is known to the other from now on,
  /// unless one blocks the other.
  void accept(Tx tx, ConversationId id, AccountId account, AccountId asker) {
    store.setAsker(tx, id, null);
    store.touch(tx, id, account, ids.next());
    bus.publish(tx, new Event.RequestChanged(account, id, asker, false));
    Membership membership = memberships.find(tx, id, account);
    if (membership != null && membership.readSeq() > 0 && !conversations.closed(tx, id)) {
      conversations.setTold(tx, id, account, membership.readSeq());
      Audience both = membership.audience();
      bus.publish(tx, new Event.ReadMarked(id, membership.readSeq(), account, both));
    }
  }
}
