package io.parley.realtime;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Node;
import io.parley.base.Right;
import io.parley.base.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The live connections of this node, by account. Any thread may call it; none waits for another's
/// connection.
///
/// - One connection for each account and device: a new one cuts the older with reason `replaced`;
///   [Replacing] does so among several servers.
/// - At most `limits.sockets_per_account_max` for an account, not counted for callers with the
///   admin or gateway right nor with throttling off; at most `limits.sockets_max` in all.
/// - What [#of] returns is a snapshot that nobody changes.
public final class Registry {
  private static final Logger log = LoggerFactory.getLogger(Registry.class);
  private static final Connection[] NONE = {};
  private static final int COUNTER_BITS = 48;
  private static final int RECONNECT_MS_MIN = 500;
  private static final int RECONNECT_SPREAD_MS = 4_500;
  private static final Duration FULL_RETRY = Duration.ofSeconds(5);

  private final Map<Long, Connection[]> byAccount = new ConcurrentHashMap<>();
  private final AtomicLong ids;
  private final AtomicInteger size = new AtomicInteger();
  private final Limits limits;
  private final boolean throttle;
  private final PushEncoder encoder;
  private final Entropy entropy;
  private final Executor looks;
  private volatile boolean draining;
  private volatile Watcher watcher = (account, here) -> {};
  private volatile Consumer<Connection> announcer = fresh -> {};

  /// Hears when an account's first connection came and when its last one went, in that order for
  /// each account. Called on any thread, with the account's entry locked: must not block.
  @FunctionalInterface
  public interface Watcher {
    void changed(AccountId account, boolean here);
  }

  /// `throttle` false lifts the limit for each account. `entropy` spreads the returns of those who
  /// were cut. `looks` runs what may block, each task on a thread of its own.
  public Registry(
      Node node,
      Limits limits,
      boolean throttle,
      PushEncoder encoder,
      Entropy entropy,
      Executor looks) {
    this.ids = new AtomicLong((long) node.number() << COUNTER_BITS);
    this.looks = looks;
    this.limits = limits;
    this.throttle = throttle;
    this.encoder = encoder;
    this.entropy = entropy;
  }

  /// Replaces who is told.
  public void watch(Watcher fresh) {
    watcher = fresh;
  }

  /// Replaces who hears of each connection that was admitted. Called on any thread: must not block.
  void announce(Consumer<Connection> fresh) {
    announcer = fresh;
  }

  /// The id of the next connection: 1, 2, 3 …, above the node's number. Events carry it to other
  /// nodes, where it must be nobody's.
  public long nextId() {
    return ids.incrementAndGet();
  }

  /// Makes `fresh` reachable for pushes: every event that the bus delivers from now on is pushed to
  /// it. On its lane.
  ///
  /// Then its token is looked at once more: a session that ended after it was recognised and before
  /// it came here has left no event that would find it. The same happens whenever its account
  /// changes. A dead token cuts it; where that cannot be found out, its client is asked to come
  /// back.
  ///
  /// @param again who `fresh` is now, by what it has shown; may block
  /// @throws Fault QUOTA (too many of this account), BUSY (too many in all), UNAVAILABLE (the
  ///     server is stopping); then nothing has changed, except that an older connection of the
  ///     device may have been cut
  public void admit(Connection fresh, Supplier<Caller> again) {
    fresh.recognisedBy(again);
    add(fresh);
    announcer.accept(fresh);
    look(fresh);
  }

  private void add(Connection fresh) {
    if (draining) {
      throw Fault.retry(FaultCode.UNAVAILABLE, "the server is stopping", FULL_RETRY);
    }
    if (size.incrementAndGet() > limits.socketsMax()) {
      size.decrementAndGet();
      throw Fault.retry(
          FaultCode.BUSY,
          "limits.sockets_max: at most " + limits.socketsMax() + " connections",
          FULL_RETRY);
    }
    List<Connection> replaced = new ArrayList<>(1);
    try {
      byAccount.compute(
          fresh.account().value(), (id, present) -> admitted(present, fresh, replaced));
    } catch (Fault e) {
      size.decrementAndGet();
      throw e;
    }
    for (Connection older : replaced) {
      size.decrementAndGet();
      cutLater(older, ClosingReason.REPLACED);
    }
    if (draining) {
      cutLater(fresh, ClosingReason.RESTART);
    }
  }

  private Connection[] admitted(
      Connection @Nullable [] present, Connection fresh, List<Connection> replaced) {
    if (present == null) {
      watcher.changed(fresh.account(), true);
      return new Connection[] {fresh};
    }
    List<Connection> kept = new ArrayList<>(present.length + 1);
    for (Connection each : present) {
      (each.device().equals(fresh.device()) ? replaced : kept).add(each);
    }
    if (kept.size() >= limits.socketsPerAccountMax() && limited(fresh)) {
      throw Fault.of(
          FaultCode.QUOTA,
          "limits.sockets_per_account_max: at most "
              + limits.socketsPerAccountMax()
              + " connections");
    }
    kept.add(fresh);
    return kept.toArray(NONE);
  }

  private boolean limited(Connection fresh) {
    return throttle && !fresh.caller().has(Right.ADMIN) && !fresh.caller().has(Right.GATEWAY);
  }

  /// Forgets a connection whose wire ended; nothing is sent. On its lane. Does nothing if it is not
  /// here.
  public void remove(Connection gone) {
    gone.close();
    forget(gone);
  }

  private void forget(Connection gone) {
    byAccount.computeIfPresent(
        gone.account().value(),
        (id, present) -> {
          Connection[] left = without(present, gone);
          if (left != present) {
            size.decrementAndGet();
          }
          if (left.length > 0) {
            return left;
          }
          watcher.changed(gone.account(), false);
          return null;
        });
  }

  private static Connection[] without(Connection[] present, Connection gone) {
    int at = Arrays.asList(present).indexOf(gone);
    if (at < 0) {
      return present;
    }
    Connection[] left = new Connection[present.length - 1];
    System.arraycopy(present, 0, left, 0, at);
    System.arraycopy(present, at + 1, left, at, left.length - at);
    return left;
  }

  /// Ends `connection` from the server's side: no push after this, `push.closing` with `reason`,
  /// close. On its lane.
  public void cut(Connection connection, ClosingReason reason) {
    if (!connection.close()) {
      return;
    }
    forget(connection);
    connection.transport().close(encoder.closing(reason, returnMs(reason), connection.form()));
  }

  /// The same from any thread.
  public void cutLater(Connection connection, ClosingReason reason) {
    connection.lane().run(() -> cut(connection, reason));
  }

  private int returnMs(ClosingReason reason) {
    return switch (reason) {
      case RESTART, SLOW -> RECONNECT_MS_MIN + (int) entropy.below(RECONNECT_SPREAD_MS);
      case SESSION_ENDED, REPLACED -> 0;
    };
  }

  /// Cuts every connection of a session that ended.
  public void end(AccountId account, SessionId session) {
    for (Connection connection : of(account.value())) {
      if (session.equals(connection.caller().sessionId())) {
        cutLater(connection, ClosingReason.SESSION_ENDED);
      }
    }
  }

  /// Looks again at who speaks over every connection of an account, and with which rights.
  public void lookAgain(AccountId account) {
    for (Connection connection : of(account.value())) {
      look(connection);
    }
  }

  /// Looks again at who speaks over `connection`.
  void look(Connection connection) {
    try {
      looks.execute(() -> recognise(connection));
    } catch (RejectedExecutionException e) {
      cutLater(connection, ClosingReason.RESTART);
    }
  }

  private void recognise(Connection connection) {
    try {
      connection.recognise();
    } catch (Throwable e) {
      Fault fault = Fault.from(e);
      if (fault.code() == FaultCode.INTERNAL) {
        log.error("who speaks over {} could not be found out", connection, e);
      }
      cutLater(connection, ClosingReason.of(fault.code()));
    }
  }

  /// Cuts all with reason `restart`, each told to come back after its own time within five seconds,
  /// and admits no more.
  public void drain() {
    draining = true;
    forEach(connection -> cutLater(connection, ClosingReason.RESTART));
  }

  /// The connections of an account, now. Not to be changed.
  public Connection[] of(long account) {
    return byAccount.getOrDefault(account, NONE);
  }

  public int size() {
    return size.get();
  }

  /// Accounts that have a connection here.
  public int accounts() {
    return byAccount.size();
  }

  /// Every connection that is here throughout the call, and perhaps some that come or go during it.
  public void forEach(Consumer<Connection> action) {
    byAccount.values().forEach(each -> Arrays.asList(each).forEach(action));
  }
}
