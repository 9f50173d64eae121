/// Posts with their pictures, likes, comments and reports; who may see them; review; what counts on
/// them.
///
/// Invariants: counts and `hot` change in the transaction of the act that changes them. What is not
/// listed (in review, failed, disabled) is seen by its author and by admins only; what is deleted
/// by nobody; of two accounts of which one blocks the other neither sees the other's posts. A post
/// is in the outbox from the transaction that makes it visible until everybody is served.
///
/// Tables: `post`, `post_media`, `post_text`, `post_like`, `post_comment`, `post_replier`,
/// `post_report`; it adds to `post_fanout`, the outbox.
@NullMarked
package io.parley.feed.post;

import org.jspecify.annotations.NullMarked;
