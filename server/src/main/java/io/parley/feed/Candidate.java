package io.parley.feed;

/// A post that may be shown.
///
/// @param score what it is ranked by
record Candidate(long post, long author, long score) {
  Candidate plus(long bonus) {
    return new Candidate(post, author, score + bonus);
  }
}
