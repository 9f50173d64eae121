/// Ranked ways of reading: what is recommended to an account, and everybody's posts by rank.
///
/// Invariants: later pages go on in the order that the first one was shown in, so moving scores
/// neither skip nor repeat. Nobody is recommended an own post, nor one that was shown lately; what
/// was shown may be forgotten, which costs repeats.
///
/// Tables: `post_seen`; it reads `post` and `post_like`.
@NullMarked
package io.parley.feed.ranking;

import org.jspecify.annotations.NullMarked;
