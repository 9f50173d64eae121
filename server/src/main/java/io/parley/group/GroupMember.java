package io.parley.group;

import io.parley.account.Account;
import io.parley.messaging.Member;

/// A member with its account.
public record GroupMember(Account account, Member member) {}
