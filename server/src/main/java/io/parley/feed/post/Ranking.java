package io.parley.feed.post;

import io.parley.base.Ids;

/// How hot a post is, in the form that Reddit made known: a tenfold of points is worth 12.5 hours
/// of youth.
///
/// ```
/// points = 1·likes + 2·comments + 3·repliers − 5·reports
/// hot    = 1,000,000 · (sign(points) · log10(max(1, |points|)) + seconds / 45,000)
/// ```
///
/// `seconds` is the age of the post at 2024-01-01T00:00:00Z, so newer posts start higher and `hot`
/// does not change while nobody acts: it can be stored and indexed. Repliers are accounts, so that
/// ten people talking count for more than two who quarrel. Never negative.
public record Ranking(long like, long comment, long replier, long report) {
  /// What one unit of the logarithm is worth, in `hot`.
  public static final long UNIT = 1_000_000;

  /// Seconds of youth worth as much as ten times the points.
  public static final long SECONDS_PER_TENFOLD = 45_000;

  /// What the server ranks by.
  public static final Ranking DEFAULT = new Ranking(1, 2, 3, -5);

  /// What recommending adds to a post's `hot` for an account that follows its author.
  public static final long FOLLOWED_BONUS = UNIT;

  /// What recommending adds for each followed account that likes it.
  public static final long LIKED_BONUS = UNIT / 2;

  /// How many of these likes count.
  public static final int LIKED_BONUS_TIMES_MAX = 3;

  /// `hot` of a post that was made at `createdAt`, epoch milliseconds. The counts' own `hot` is not
  /// looked at.
  public long hot(Post.Counts counts, long createdAt) {
    long points =
        like * counts.likes()
            + comment * counts.comments()
            + replier * counts.repliers()
            + report * counts.reports();
    double order =
        Math.signum((double) points) * Math.log10((double) Math.max(1, Math.abs(points)));
    double seconds = (createdAt - Ids.EPOCH_MS) / 1000.0;
    return Math.max(0, Math.round(UNIT * (order + seconds / SECONDS_PER_TENFOLD)));
  }
}
