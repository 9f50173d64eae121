package io.parley.group;

import io.parley.account.Account;

/// An invitation into a group, as the invited account sees it.
///
/// @param inviter who made it
/// @param at epoch milliseconds
public record Invitation(GroupView group, Account inviter, long at) {}
