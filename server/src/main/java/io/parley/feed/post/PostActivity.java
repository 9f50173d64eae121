package io.parley.feed.post;

import io.parley.activity.About;
import io.parley.activity.Activities;
import io.parley.activity.ActivityKind;
import io.parley.base.AccountId;
import io.parley.base.Limits;
import io.parley.platform.Platform;
import io.parley.store.Tx;

/// What authors find in their activity lists of what others do about their posts and comments.
/// Everything inside a transaction.
final class PostActivity {
  private final Activities activities;

  PostActivity(Platform platform, Limits limits) {
    this.activities = new Activities(platform, limits);
  }

  void liked(Tx tx, Post post, AccountId by) {
    activities.tell(tx, post.author(), about(ActivityKind.LIKED, post), by);
  }

  void likedNoMore(Tx tx, Post post, AccountId by) {
    activities.takeBack(tx, post.author(), about(ActivityKind.LIKED, post), by);
  }

  /// Not for an answer to a comment of the post's author: that is told as one.
  void commented(Tx tx, Post post, AccountId by) {
    activities.tell(tx, post.author(), about(ActivityKind.COMMENTED, post), by);
  }

  /// `by` has no comment on the post any more.
  void commentedNoMore(Tx tx, Post post, AccountId by) {
    activities.takeBack(tx, post.author(), about(ActivityKind.COMMENTED, post), by);
  }

  void answered(Tx tx, PostId post, long comment, AccountId author, AccountId by) {
    activities.tell(tx, author, answer(post, comment), by);
  }

  /// `by` has no answer to that comment any more.
  void answeredNoMore(Tx tx, PostId post, long comment, AccountId author, AccountId by) {
    activities.takeBack(tx, author, answer(post, comment), by);
  }

  /// A comment is gone, and with it that it was answered.
  void gone(Tx tx, Comment comment) {
    activities.forget(tx, comment.author(), answer(comment.post(), comment.id()));
  }

  /// A moderator decided. Who it was is not told.
  void judged(Tx tx, Post post) {
    boolean left = post.listed();
    activities.forget(
        tx,
        post.author(),
        about(left ? ActivityKind.POST_TAKEN_DOWN : ActivityKind.POST_LEFT, post));
    activities.tell(
        tx,
        post.author(),
        about(left ? ActivityKind.POST_LEFT : ActivityKind.POST_TAKEN_DOWN, post),
        null);
  }

  /// The post is deleted.
  ///
  /// @param byModerator whether its author hears of it here
  void deleted(Tx tx, Post post, boolean byModerator) {
    activities.forgetPlace(tx, post.id().value());
    if (byModerator) {
      activities.tell(
          tx,
          post.author(),
          new About(ActivityKind.POST_TAKEN_DOWN, post.id().value(), /* place= */ 0),
          null);
    }
  }

  private static About about(ActivityKind kind, Post post) {
    return About.place(kind, post.id().value());
  }

  private static About answer(PostId post, long comment) {
    return new About(ActivityKind.ANSWERED, comment, post.value());
  }
}
