/// The feed as one: its services joined, the thread behind them, and data for load tests.
///
/// It stands on [io.parley.feed.post] (posts and what is said and done about them),
/// [io.parley.feed.timeline] (the follow feed) and [io.parley.feed.ranking] (what is recommended
/// and hottest), each of which knows only those before it.
///
/// Invariants: what the thread keeps (timelines, views, what was seen) is there to be fast; losing
/// it costs time, and repeats at worst.
///
/// Tables: none of its own; [io.parley.feed.Seeding] fills those of an empty feed.
@NullMarked
package io.parley.feed;

import org.jspecify.annotations.NullMarked;
