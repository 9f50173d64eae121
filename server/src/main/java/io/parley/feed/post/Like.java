package io.parley.feed.post;

import io.parley.base.AccountId;

/// One account's like of one post.
///
/// @param createdAt epoch milliseconds
public record Like(long id, PostId post, AccountId account, long createdAt) {}
