package io.parley.social;

import io.parley.account.Account;

/// A wish to be friends that waits for an answer.
///
/// @param account the other side: who asked, or whom the reader asked
/// @param incoming whether the reader is the one to answer
/// @param at epoch milliseconds
public record FriendRequest(Account account, boolean incoming, String note, long at) {}
