package io.parley.leaving;

import io.parley.account.Departing;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.feed.Feeds;
import io.parley.feed.post.PostId;
import io.parley.group.Roster;
import io.parley.social.Follows;
import io.parley.social.Friends;
import io.parley.store.Change;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Erases what there is of accounts that were deleted, on a thread of its own, a little at a time.
///
/// Nothing is remembered but who is to be erased: each look finds what is left, each act is a
/// transaction of its own and changes nothing when it is done again. So a kill costs nothing, and
/// several servers may be at it. An account is erased once a whole look, a minute after it was
/// deleted or later, found nothing: what was on its way then has arrived.
public final class Erasing implements AutoCloseable {
  /// What made what is erased.
  public record Services(
      Departing departing, Roster roster, Friends friends, Follows follows, Feeds feeds) {}

  private static final Logger log = LoggerFactory.getLogger(Erasing.class);
  private static final Duration EACH = Duration.ofSeconds(30);
  private static final Duration SETTLED = Duration.ofMinutes(1);
  private static final Duration NAMES_KEPT = Duration.ofDays(30);
  private static final int ACCOUNTS = 100;
  private static final int BATCH = 100;

  private final Db db;
  private final Clock clock;
  private final Services services;
  private final ErasureStore store = new ErasureStore();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("parley-erasing").factory());

  public Erasing(Db db, Clock clock, Services services) {
    this.db = db;
    this.clock = clock;
    this.services = services;
  }

  /// Looks from now on, at once and each half minute.
  public void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::attempt, 0, EACH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Looks soon.
  void wake() {
    try {
      thread.execute(this::attempt);
    } catch (RejectedExecutionException e) {
      // The server is stopping; the next one looks.
    }
  }

  private void attempt() {
    try {
      look();
    } catch (RuntimeException | Error e) {
      log.warn("erasing goes on later: {}", e.toString());
    }
  }

  /// Erases what it finds, of each account until nothing is left of it.
  void look() {
    for (ErasureStore.Row row : db.read(tx -> store.waiting(tx, ACCOUNTS))) {
      try {
        erase(row);
      } catch (RuntimeException e) {
        requireRunning();
        // The others do not wait for it.
        log.warn("erasing account {} goes on later", row.account(), e);
      }
    }
    long now = clock.millis();
    for (AccountId id : db.read(tx -> store.free(tx, now, ACCOUNTS))) {
      db.change(
          tx -> {
            services.departing().free(tx, id);
            store.delete(tx, id);
          });
    }
  }

  private void erase(ErasureStore.Row row) {
    AccountId id = row.account();
    Caller caller = new Caller(id, null, Set.of(), "", "", 0);
    each(id, store::groups, group -> leave(caller, group));
    each(id, store::friends, peer -> services.friends().remove(caller, peer));
    each(id, store::followees, peer -> services.follows().unfollow(caller, peer));
    each(
        id,
        store::posts,
        post ->
            orDrop(
                () -> services.feeds().posts().delete(caller, new PostId(post)),
                tx -> store.dropPost(tx, post, clock.millis())));
    each(
        id,
        store::comments,
        comment ->
            orDrop(
                () -> services.feeds().comments().delete(caller, comment),
                tx -> store.dropComment(tx, comment, clock.millis())));
    each(
        id,
        store::likes,
        post ->
            orDrop(
                () -> services.feeds().likes().unlike(caller, new PostId(post)),
                tx -> store.dropLike(tx, id, post)));
    for (int kind = 0; kind < store.rests(); kind++) {
      int part = kind;
      while (db.write(tx -> store.deleteRest(tx, id, part)) > 0) {
        requireRunning();
      }
    }
    db.change(
        tx -> {
          services.departing().erase(tx, id);
          long now = clock.millis();
          if (now - row.begunAt() >= SETTLED.toMillis()) {
            store.erased(tx, id, now, row.begunAt() + NAMES_KEPT.toMillis());
          }
        });
  }

  @FunctionalInterface
  private interface Finding<T> {
    List<T> find(Tx tx, AccountId id, int limit);
  }

  /// Each act takes away what it was made for, so the next batch is what is left.
  private <T> void each(AccountId id, Finding<T> finding, Consumer<T> act) {
    List<T> found;
    do {
      found = db.read(tx -> finding.find(tx, id, BATCH));
      for (T one : found) {
        requireRunning();
        act.accept(one);
      }
    } while (found.size() == BATCH);
  }

  private void requireRunning() {
    if (thread.isShutdown()) {
      throw Fault.of(FaultCode.UNAVAILABLE, "the server is stopping");
    }
  }

  /// A group that it came to own meanwhile goes to somebody who is there.
  private void leave(Caller caller, ConversationId group) {
    AccountId id = caller.requireAccount();
    orDrop(
        () -> {
          try {
            services.roster().quit(caller, group, id);
          } catch (Fault e) {
            AccountId heir =
                e.code() == FaultCode.FAILED_PRECONDITION
                    ? db.read(tx -> store.heir(tx, group, id))
                    : null;
            if (heir == null) {
              throw e;
            }
            services.roster().transfer(caller, group, heir);
            services.roster().quit(caller, group, id);
          }
        },
        tx -> store.dropMembership(tx, id, group));
  }

  /// What the service does not find is out of the account's sight, as behind a block.
  private void orDrop(Runnable act, Change drop) {
    try {
      act.run();
    } catch (Fault e) {
      if (e.code() != FaultCode.NOT_FOUND && e.code() != FaultCode.FORBIDDEN) {
        throw e;
      }
      db.change(drop);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
