package io.parley.group;

import io.parley.base.Cursor;
import io.parley.base.Slice;
import io.parley.store.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/// A search through all groups, from the newest down, as far as it comes in one call.
final class GroupSearch {
  /// What reading the name of a group counts as.
  private static final int NAME_CHARS = 32;

  private GroupSearch() {}

  /// One step of the search.
  interface Step {
    /// At most `limit` hits with `floor` ≤ id < `below`, newest first.
    List<GroupView> read(long below, long floor, int limit);
  }

  /// Goes down step by step until there are as many as wanted, none are left or the budget is
  /// spent; then `next` goes on from there.
  ///
  /// @param below an id, exclusive
  /// @param floors where the step ends that begins below an id; 0 for the last
  static Slice<GroupView> run(
      Budget budget, Slice.Request part, long below, LongUnaryOperator floors, Step step) {
    List<GroupView> found = new ArrayList<>();
    long at = below;
    boolean more = true;
    while (at > 0 && more && found.size() < part.looked()) {
      long floor = floors.applyAsLong(at);
      found.addAll(step.read(at, floor, part.looked() - found.size()));
      more = budget.spend((long) GroupStore.STEP * NAME_CHARS);
      at = floor;
    }
    return Slice.of(
        part, found, last -> Cursor.of(last.group().id().value()), at == 0 ? "" : Cursor.of(at));
  }
}
