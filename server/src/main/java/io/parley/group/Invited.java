package io.parley.group;

import io.parley.account.Account;

/// Who was invited into a group and has not answered, as those see it who lead the group.
///
/// @param inviter which of them made the invitation
/// @param at epoch milliseconds
public record Invited(Account account, Account inviter, long at) {}
