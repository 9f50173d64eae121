package io.parley.feed.post;

/// A picture or the video of a post.
///
/// @param coverUrl of a video, empty for none
/// @param width,height,durationMs of a video as its author told them, 0 where not
/// @param createdAt epoch milliseconds
public record PostMedia(
    long id,
    String url,
    String coverUrl,
    long width,
    long height,
    long durationMs,
    long createdAt) {}
