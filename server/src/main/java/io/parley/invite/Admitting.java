package io.parley.invite;

import io.parley.account.Standing;
import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.store.Tx;

/// What an invite is worth at this moment, and letting in who comes by it. Everything inside a
/// transaction.
final class Admitting {
  private final Clock clock;
  private final Invites.Guests guests;
  private final InviteStore store;

  Admitting(Clock clock, Invites.Guests guests, InviteStore store) {
    this.clock = clock;
    this.guests = guests;
    this.store = store;
  }

  /// Lets `account` in and counts it, unless it was counted before or is there already.
  ///
  /// @param fresh whether it is being registered by the invite
  /// @throws Fault FAILED_PRECONDITION, QUOTA
  Invite.Arrival accept(Tx tx, InviteStore.Row row, AccountId account, boolean fresh) {
    long id = row.id();
    boolean known = store.hasUsed(tx, id, account);
    Invite.State state = state(tx, row);
    // Whoever was counted may come by it again.
    if (!(known && state == Invite.State.USED_UP)) {
      requireLive(state);
    }
    if (come(tx, row, account, fresh) && !known) {
      store.use(tx, id, account, clock.millis());
    }
    AccountId maker = row.maker();
    return new Invite.Arrival(
        row.kind(),
        row.group(),
        maker == null ? null : guests.accounts().findEvenDeleted(tx, maker));
  }

  /// Whether anything changed by that.
  private boolean come(Tx tx, InviteStore.Row row, AccountId account, boolean fresh) {
    AccountId maker = row.maker();
    if (maker == null || row.kind() == Invite.Kind.SERVER) {
      return fresh;
    }
    if (maker.equals(account)) {
      return false;
    }
    if (guests.blocks().between(tx, maker, account)) {
      throw dead(Invite.State.ENDED);
    }
    ConversationId group = row.group();
    if (group == null) {
      return guests.friends().agree(tx, account, maker);
    }
    if (!guests.doorway().admits(tx, group, account)) {
      throw dead(Invite.State.ENDED);
    }
    return guests.doorway().letIn(tx, group, account);
  }

  /// Whether it is good for anything now.
  Invite.State state(Tx tx, InviteStore.Row row) {
    if (row.revokedAt() != 0) {
      return Invite.State.REVOKED;
    }
    if (row.expiresAt() != 0 && row.expiresAt() <= clock.millis()) {
      return Invite.State.EXPIRED;
    }
    if (!stands(tx, row)) {
      return Invite.State.ENDED;
    }
    return row.uses() >= row.usesMax() ? Invite.State.USED_UP : Invite.State.LIVE;
  }

  /// Whether its maker could make it now.
  private boolean stands(Tx tx, InviteStore.Row row) {
    AccountId maker = row.maker();
    if (maker == null) {
      return true;
    }
    Standing standing = guests.accounts().findStanding(tx, maker);
    return standing != null
        && switch (row.kind()) {
          case GROUP -> leads(tx, row, maker);
          case PERSON -> true;
          case SERVER -> standing.rights().contains(Right.ADMIN);
        };
  }

  /// Whether `account` leads the group that it is into.
  boolean leads(Tx tx, InviteStore.Row row, AccountId account) {
    ConversationId group = row.group();
    return group != null && guests.doorway().mayInvite(tx, group, account);
  }

  /// @throws Fault FAILED_PRECONDITION, in words of its own for each state
  static void requireLive(Invite.State state) {
    if (state != Invite.State.LIVE) {
      throw dead(state);
    }
  }

  private static Fault dead(Invite.State state) {
    return Fault.of(FaultCode.FAILED_PRECONDITION, state.words());
  }
}
