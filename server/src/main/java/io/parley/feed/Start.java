package io.parley.feed;

/// Where a page of newest posts starts.
///
/// @param below an id, exclusive; 0: the newest
/// @param cursor of the page before; unless empty it counts in place of `below`
public record Start(long below, String cursor) {}
