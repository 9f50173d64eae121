package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.store.Tx;

/// Who has a place in a conversation, and what whoever has none is told: of a closed group nothing
/// at all, so that its calls cannot be told from those that name no group.
final class Belonging {
  private final ConversationStore store = new ConversationStore();

  /// The place of a present or former member.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  Membership require(Tx tx, ConversationId id, AccountId account) {
    Membership membership = store.membership(tx, id, account);
    if (membership == null) {
      throw store.isDisclosed(tx, id)
          ? Fault.of(FaultCode.FORBIDDEN, "not a member of " + id)
          : Fault.of(FaultCode.NOT_FOUND, "no conversation " + id);
    }
    return membership;
  }

  /// The place of a present member of a group, who may send there.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  Membership requireSender(Tx tx, ConversationId id, AccountId sender) {
    Membership membership = store.membership(tx, id, sender);
    if (membership == null && !store.isDisclosed(tx, id)) {
      throw Fault.of(FaultCode.NOT_FOUND, "to_group_id: no group " + id);
    }
    if (membership == null || !membership.active() || membership.low() != null) {
      throw Fault.of(FaultCode.FORBIDDEN, "not a member of group " + id);
    }
    return membership;
  }
}
