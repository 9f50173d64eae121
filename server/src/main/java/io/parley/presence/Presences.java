package io.parley.presence;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.bus.Event;
import io.parley.messaging.Blocks;
import io.parley.messaging.Messaging;
import io.parley.messaging.Requests;
import io.parley.platform.Platform;
import io.parley.social.Friends;
import io.parley.social.Privacy;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells friends when an account comes and goes, and answers who is online.
///
/// Going is told two seconds late, and not at all if the account is back by then: phones change
/// networks. Of more than [#WAITING_MAX] changes at once the rest are not told; whoever asks gets
/// the truth.
public final class Presences implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Presences.class);
  private static final int WAITING_MAX = 10_000;
  private static final int ASKED_MAX = 100;
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Platform platform;
  private final Places places;
  private final Friends friends;
  private final Blocks blocks;
  private final Requests requests;
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("presence-", 0).factory());
  private final LastSeenStore store = new LastSeenStore();
  private final Set<AccountId> here = ConcurrentHashMap.newKeySet();
  private final Set<AccountId> told = ConcurrentHashMap.newKeySet();
  private final Semaphore waiting = new Semaphore(WAITING_MAX);

  /// `places`: where accounts are besides here.
  public Presences(Platform platform, Places places, Friends friends, Messaging.Guards guards) {
    this.platform = platform;
    this.places = places;
    this.friends = friends;
    this.blocks = guards.blocks();
    this.requests = guards.requests();
  }

  /// Tells nothing more. Does not wait.
  @Override
  public void close() {
    executor.shutdownNow();
  }

  /// An account's first connection came, or its last one went. Never blocks.
  public void changed(AccountId account, boolean online) {
    if (online ? !here.add(account) : !here.remove(account)) {
      return;
    }
    if (!waiting.tryAcquire()) {
      return;
    }
    try {
      executor.execute(
          () -> {
            try {
              if (!online) {
                platform.clock().sleep(GRACE);
              }
              tell(account);
            } catch (RuntimeException | Error e) {
              if (!executor.isShutdown()) {
                log.error("presence was not told", e);
              }
            } finally {
              waiting.release();
            }
          });
    } catch (RejectedExecutionException stopping) {
      waiting.release();
    }
  }

  private void tell(AccountId account) {
    boolean online = here.contains(account);
    if (online ? !told.add(account) : !told.remove(account)) {
      return;
    }
    if (!(online ? places.came(account) : places.went(account))) {
      return;
    }
    long now = platform.clock().millis();
    if (!online) {
      platform
          .db()
          .write(
              tx -> {
                store.put(tx, account, now);
                return account;
              });
    }
    List<AccountId> hearers =
        platform
            .db()
            .read(
                tx ->
                    friends.privacyIn(tx, account).presence() == Privacy.PresencePolicy.NOBODY
                        ? List.of()
                        : friends.of(tx, account));
    if (!hearers.isEmpty()) {
      platform.bus().publish(new Event.Presence(account, online, now, hearers));
    }
  }

  /// What the caller may know of these accounts, in their order; of one that it may not, that it is
  /// offline and was never seen.
  ///
  /// @throws Fault TOO_LARGE for more than 100
  public List<Presence> of(Caller caller, List<AccountId> accounts) {
    AccountId self = caller.requireAccount();
    if (accounts.size() > ASKED_MAX) {
      throw Fault.of(FaultCode.TOO_LARGE, "user_id: more than " + ASKED_MAX + " accounts");
    }
    Set<AccountId> elsewhere = places.elsewhere(accounts);
    return platform
        .db()
        .read(
            tx ->
                accounts.stream()
                    .map(account -> of(tx, self, account, elsewhere.contains(account)))
                    .toList());
  }

  private Presence of(Tx tx, AccountId self, AccountId account, boolean elsewhere) {
    if (!mayKnow(tx, self, account)) {
      return new Presence(account, false, 0);
    }
    boolean online = elsewhere || here.contains(account);
    return new Presence(
        account, online, online ? platform.clock().millis() : store.find(tx, account));
  }

  private boolean mayKnow(Tx tx, AccountId self, AccountId account) {
    if (self.equals(account)) {
      return true;
    }
    if (blocks.between(tx, self, account)) {
      return false;
    }
    return switch (friends.privacyIn(tx, account).presence()) {
      case EVERYBODY -> !requests.waits(tx, account, /* asker= */ self);
      case FRIENDS -> friends.areFriends(tx, self, account);
      case NOBODY -> false;
    };
  }
}
