package io.parley.feed.ranking;

import io.parley.feed.post.Reason;

/// A post that may be shown.
///
/// @param score what it is ranked by
/// @param reason why it is one
record Candidate(long post, long author, long score, Reason reason) {
  Candidate plus(long bonus, Reason because) {
    return new Candidate(post, author, score + bonus, because);
  }
}
