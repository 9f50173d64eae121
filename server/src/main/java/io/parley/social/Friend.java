package io.parley.social;

import io.parley.account.Account;

/// One friend as the account that asks sees it.
///
/// @param remark the asking account's own name for it, empty for none
/// @param since epoch milliseconds
public record Friend(Account account, String remark, long since) {}
