package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.bus.Audience;
import io.parley.store.Tx;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may notice what an account does without saying it: that it reads, that it is writing.
///
/// No block passes it on, in either direction; nor does whoever has not accepted a request, or a
/// member who is one no more, whom only its own devices hear.
final class Noticing {
  private final RequestStore requests = new RequestStore();
  private final BlockStore blocks = new BlockStore();

  /// Whom of a conversation to tell. Null for nobody: in a conversation of two with a block, or
  /// that the account has not accepted; there its other devices learn it by their next Sync.
  @Nullable Audience audience(Tx tx, Membership membership, AccountId account) {
    if (!membership.active()) {
      return new Audience.Pair(account, account);
    }
    if (!membership.isGroup()) {
      return requests.isApart(tx, membership.conversation(), account)
          ? null
          : membership.audience();
    }
    List<Long> apart = blocks.members(tx, membership.conversation(), account);
    return apart.isEmpty() ? membership.audience() : new Audience.MembersBut(Set.copyOf(apart));
  }
}
