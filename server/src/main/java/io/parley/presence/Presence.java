package io.parley.presence;

import io.parley.base.AccountId;

/// Whether an account is online, as far as the one who asks may know.
///
/// @param lastSeenMs epoch milliseconds; 0: never, or not to be known
public record Presence(AccountId account, boolean online, long lastSeenMs) {}
