package io.parley.feed;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.Ids;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.NoticeKind;
import io.parley.store.Db;
import java.util.List;

/// Who likes what. A like and the post's count and rank change in one transaction.
public final class Likes {
  private static final char NEWEST = 'L';

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final Parts parts;
  private final LikeStore store = new LikeStore();

  Likes(Feeds.Engines engines, Parts parts) {
    this.db = engines.db();
    this.bus = engines.bus();
    this.ids = engines.ids();
    this.clock = engines.clock();
    this.parts = parts;
  }

  /// Likes a post that the caller may see, and tells its author. Liking twice changes nothing.
  ///
  /// @throws Fault NOT_FOUND
  public void like(Caller caller, PostId id) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          Post post = parts.visibility().require(tx, caller, id);
          if (store.insert(tx, new Like(ids.next(), id, account, clock.millis()))) {
            parts.counting().likes(tx, post, 1);
            if (!post.author().equals(account)) {
              Event told =
                  new Event.Notice(NoticeKind.LIKED, id.value(), account, List.of(post.author()));
              tx.afterCommit(() -> bus.publish(told));
            }
          }
        });
  }

  /// Takes a like back. Without one it changes nothing.
  ///
  /// @throws Fault NOT_FOUND
  public void unlike(Caller caller, PostId id) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          Post post = parts.visibility().require(tx, caller, id);
          if (store.delete(tx, id, account)) {
            parts.counting().likes(tx, post, -1);
          }
        });
  }

  /// Who likes a post, latest first.
  ///
  /// @param cursor empty: from the latest
  /// @param num 0: 20
  /// @throws Fault NOT_FOUND, INVALID_FIELD
  public Slice<Like> list(Caller caller, PostId id, String cursor, long num) {
    AccountId reader = caller.requireAccount();
    int rows = parts.rows(num);
    long from = parts.cursors().openOf(id, NEWEST, reader, cursor, Long.MAX_VALUE);
    List<Like> found =
        db.read(
            tx -> {
              parts.visibility().require(tx, caller, id);
              return store.newest(tx, id, reader, from, rows + 1);
            });
    return Slice.of(
        found, rows, last -> parts.cursors().seal(NEWEST, reader, id.value(), last.id()));
  }
}
