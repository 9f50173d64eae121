package io.parley.feed.post;

import io.parley.store.Tx;

/// Keeps a post's counts and rank, in the transaction of the act that changes them.
final class Counting {
  private final PostStore store = new PostStore();
  private final ReportStore reports = new ReportStore();

  void likes(Tx tx, Post post, int by) {
    put(tx, post, by, 0, 0, 0);
  }

  void comments(Tx tx, Post post, int by, int repliers) {
    put(tx, post, 0, by, repliers, 0);
  }

  /// Another open report.
  void reported(Tx tx, Post post) {
    put(tx, post, 0, 0, 0, 1);
  }

  /// A moderator decided: all reports are resolved and count no more.
  void decided(Tx tx, Post post, long now) {
    if (post.counts().reports() > 0) {
      reports.resolve(tx, post.id(), now);
      put(tx, post, 0, 0, 0, -Math.toIntExact(post.counts().reports()));
    }
  }

  private void put(Tx tx, Post post, int likes, int comments, int repliers, int reports) {
    Post.Counts was = post.counts();
    Post.Counts now =
        new Post.Counts(
            was.likes() + likes,
            was.views(),
            was.comments() + comments,
            was.repliers() + repliers,
            was.reports() + reports,
            0);
    long hot = Ranking.DEFAULT.hot(now, post.createdAt());
    store.putCounts(
        tx,
        post.id(),
        new Post.Counts(
            now.likes(), now.views(), now.comments(), now.repliers(), now.reports(), hot));
  }
}
