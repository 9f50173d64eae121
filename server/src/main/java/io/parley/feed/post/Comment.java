package io.parley.feed.post;

import io.parley.base.AccountId;
import org.jspecify.annotations.Nullable;

/// A comment on a post.
///
/// @param replyTo the comment that it answers, 0 for none
/// @param content empty once it is deleted
/// @param createdAt epoch milliseconds
/// @param deletedAt epoch milliseconds, null while it is there
public record Comment(
    long id,
    PostId post,
    AccountId author,
    long replyTo,
    String content,
    long createdAt,
    @Nullable Long deletedAt) {}
