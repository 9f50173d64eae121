package io.parley.feed.post;

import java.util.List;

/// A post that is about to be made, or what becomes of one that is edited.
///
/// @param resources of pictures their addresses in order; of a video its address, then that of its
///     cover if it has one; of text nothing. An address is `/media/<name>` of this server or
///     http(s).
/// @param width,height,durationMs of a video, 0 where not known
public record PostDraft(
    PostKind kind,
    String content,
    List<String> resources,
    long width,
    long height,
    long durationMs) {}
