package io.parley.feed.post;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.SignedCursors;
import io.parley.base.Slice;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.NoticeKind;
import io.parley.platform.Platform;
import io.parley.store.Db;
import java.util.List;

/// Who likes what. A like and the post's count and rank change in one transaction.
public final class Likes {
  private static final char NEWEST = 'L';

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final SignedCursors cursors;
  private final Visibility visibility = new Visibility();
  private final Counting counting = new Counting();
  private final PostActivity activity;
  private final LikeStore store = new LikeStore();

  public Likes(Platform platform, SignedCursors cursors, Limits limits) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.cursors = cursors;
    this.activity = new PostActivity(platform, limits);
  }

  /// Likes a post that the caller may see, and tells its author. Liking twice changes nothing.
  ///
  /// @throws Fault NOT_FOUND
  public void like(Caller caller, PostId id) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          Post post = visibility.require(tx, caller, id);
          if (store.insert(tx, new Like(ids.next(), id, account, clock.millis()))) {
            counting.likes(tx, post, 1);
            if (!post.author().equals(account)) {
              Event told =
                  new Event.Notice(NoticeKind.LIKED, id.value(), account, List.of(post.author()));
              bus.publish(tx, told);
              activity.liked(tx, post, account);
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
          Post post = visibility.require(tx, caller, id);
          if (store.delete(tx, id, account)) {
            counting.likes(tx, post, -1);
            activity.likedNoMore(tx, post, account);
          }
        });
  }

  /// Who likes a post, latest first.
  ///
  /// @throws Fault NOT_FOUND, INVALID_FIELD
  public Slice<Like> list(Caller caller, PostId id, Slice.Request part) {
    AccountId reader = caller.requireAccount();
    SignedCursors.Of likes = cursors.of(NEWEST, reader, id.value());
    long below = likes.open(part.cursor(), Long.MAX_VALUE)[0];
    List<Like> found =
        db.read(
            tx -> {
              visibility.require(tx, caller, id);
              return store.newest(tx, id, reader, below, part.looked());
            });
    return Slice.of(part, found, last -> likes.after(last.id()));
  }
}
