package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.store.Tx;
import java.util.List;

/// Which account wants nothing from which. It stands here because a send must obey it in its own
/// transaction: the conversation of the two carries the mark, so that a send costs no look-up.
public final class Blocks {
  /// Who is blocked.
  ///
  /// @param at since when, epoch milliseconds
  public record Block(AccountId peer, long at) {}

  private final Clock clock;
  private final Limits limits;
  private final BlockStore store = new BlockStore();

  public Blocks(Clock clock, Limits limits) {
    this.clock = clock;
    this.limits = limits;
  }

  /// Inside a transaction: `account` blocks `peer`. Blocking twice changes nothing.
  ///
  /// @throws Fault QUOTA at `limits.blocks_per_account_max`
  public void add(Tx tx, AccountId account, AccountId peer) {
    if (exists(tx, account, peer)) {
      return;
    }
    if (store.count(tx, account) >= limits.blocksPerAccountMax()) {
      throw Fault.of(
          FaultCode.QUOTA,
          "limits.blocks_per_account_max = " + limits.blocksPerAccountMax() + " are blocked");
    }
    store.insert(tx, account, peer, clock.millis());
    mark(tx, account, peer);
  }

  /// Inside a transaction: takes a block back. Without one it changes nothing.
  public void remove(Tx tx, AccountId account, AccountId peer) {
    store.delete(tx, account, peer);
    mark(tx, account, peer);
  }

  /// Inside a transaction.
  public boolean exists(Tx tx, AccountId account, AccountId peer) {
    return store.exists(tx, account, peer);
  }

  /// Inside a transaction: whether either blocks the other.
  public boolean between(Tx tx, AccountId one, AccountId other) {
    return exists(tx, one, other) || exists(tx, other, one);
  }

  /// Inside a transaction: whom `account` blocks, latest first.
  public List<Block> list(Tx tx, AccountId account, Page.Request page) {
    return store.list(tx, account, page);
  }

  /// Inside a transaction: how many `account` blocks.
  public long count(Tx tx, AccountId account) {
    return store.count(tx, account);
  }

  /// The mark of a conversation of two, as `conversation.closed` has it.
  int closed(Tx tx, AccountId low, AccountId high) {
    return (exists(tx, low, high) ? 1 : 0) | (exists(tx, high, low) ? 2 : 0);
  }

  private void mark(Tx tx, AccountId one, AccountId other) {
    AccountId low = one.value() <= other.value() ? one : other;
    AccountId high = low.equals(one) ? other : one;
    store.mark(tx, low, high, closed(tx, low, high));
  }
}
