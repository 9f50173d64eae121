package io.parley.feed.post;

import io.parley.base.AccountId;
import org.jspecify.annotations.Nullable;

/// What an account said against a post.
///
/// @param excerpt what the post said then, at most 500 characters; empty for reports of versions
///     that did not keep it
/// @param createdAt epoch milliseconds
/// @param resolvedAt when a moderator decided, epoch milliseconds; null while it is open
public record Report(
    AccountId account, String reason, String excerpt, long createdAt, @Nullable Long resolvedAt) {}
