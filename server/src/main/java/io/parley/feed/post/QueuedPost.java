package io.parley.feed.post;

/// A post that moderators are to decide on.
///
/// @param deleted its author deleted it; it is there for its open reports only
public record QueuedPost(Post post, boolean deleted) {}
