package io.parley.messaging;

import io.parley.base.AccountId;

/// One present member of a group.
///
/// @param mutedUntil epoch milliseconds before which it may not write; 0 for never muted
/// @param joinedAt epoch milliseconds
public record Member(AccountId account, Role role, long mutedUntil, long joinedAt) {}
