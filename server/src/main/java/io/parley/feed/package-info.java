/// The feed: posts with their pictures, likes, comments and reports; review; and the ways of
/// reading it: by author, newest, hottest, of whom one follows, recommended.
///
/// Invariants: counts and `hot` change in the transaction of the act that changes them. What is not
/// listed (in review, failed, disabled) is seen by its author and by admins only; what is deleted
/// by nobody; of two accounts of which one blocks the other neither sees the other's posts.
/// Timelines and what was seen are there to be fast: losing them costs time, and repeats at worst.
///
/// Tables: `post`, `post_media`, `post_text`, `post_like`, `post_comment`, `post_replier`,
/// `post_report`, `post_fanout`, `pulled_author`, `timeline`, `timeline_head`, `post_seen`.
@NullMarked
package io.parley.feed;

import org.jspecify.annotations.NullMarked;
