/// The follow feed: posts of followed accounts and friends, newest first.
///
/// Invariants: a page is exact whatever state the reader's timeline is in; the timeline only makes
/// it cheap. A batch of readers and the place reached are written in one transaction, so a kill
/// loses and repeats nothing.
///
/// Tables: `post_fanout`, which posts come into by their outbox, `pulled_author`, `timeline`,
/// `timeline_head`; it reads `post`, `follow` and `friend`.
@NullMarked
package io.parley.feed.timeline;

import org.jspecify.annotations.NullMarked;
