package io.parley.feed.post;

/// A report and the post that it is against.
public record PostReport(PostId post, Report report) {}
