package io.parley.feed.post;

import io.parley.base.AccountId;

/// What an account said against a post.
///
/// @param createdAt epoch milliseconds
public record Report(AccountId account, String reason, long createdAt) {}
