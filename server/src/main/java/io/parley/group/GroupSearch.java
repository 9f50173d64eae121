package io.parley.group;

import io.parley.base.Caller;
import io.parley.base.Cursor;
import io.parley.base.Fault;
import io.parley.base.Slice;
import io.parley.store.Budget;
import io.parley.store.Scans;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;

/// A search through all groups, from the newest down, as far as it comes in one call.
final class GroupSearch {
  /// What reading the name of a group counts as.
  private static final int NAME_CHARS = 32;

  private final Scans scans;
  private final GroupStore store = new GroupStore();

  GroupSearch(Scans scans) {
    this.scans = scans;
  }

  /// One step of the search.
  interface Step {
    /// At most `limit` hits with `floor` ≤ id < `below`, newest first.
    List<GroupView> read(Tx tx, long below, long floor, int limit);
  }

  /// Goes down step by step until there are as many as wanted, none are left or the budget is
  /// spent; then `next` goes on from there.
  ///
  /// @throws Fault INVALID_FIELD for a cursor of another list; BUSY as [Scans#read]
  Slice<GroupView> run(Caller caller, Slice.Request part, Step step) {
    long below = part.after(Long.MAX_VALUE)[0];
    return scans.read(caller, (tx, budget) -> run(tx, budget, part, below, step));
  }

  private Slice<GroupView> run(Tx tx, Budget budget, Slice.Request part, long below, Step step) {
    List<GroupView> found = new ArrayList<>();
    long at = below;
    boolean more = true;
    while (at > 0 && more && found.size() < part.looked()) {
      long floor = store.stepBelow(tx, at);
      found.addAll(step.read(tx, at, floor, part.looked() - found.size()));
      more = budget.spend((long) GroupStore.STEP * NAME_CHARS);
      at = floor;
    }
    return Slice.of(
        part, found, last -> Cursor.of(last.group().id().value()), at == 0 ? "" : Cursor.of(at));
  }
}
