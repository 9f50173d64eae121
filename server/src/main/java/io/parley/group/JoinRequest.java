package io.parley.group;

import io.parley.account.Account;

/// A wish to come in that waits for an answer.
///
/// @param at epoch milliseconds
public record JoinRequest(Account account, String note, long at) {}
