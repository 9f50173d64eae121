package io.parley.group;

import io.parley.store.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/// What a search of groups found, and how far it came.
///
/// @param floor groups with an id below this were not looked at; 0 if all were, or if `rows` is
///     full and the search goes on below its last
public record GroupsFound(List<GroupView> rows, long floor) {
  /// What reading the name of a group counts as.
  private static final int NAME_CHARS = 32;

  /// @param below an id; 0: from the newest
  record Wanted(long below, int rows) {}

  /// One part of the search.
  interface Step {
    /// At most `limit` hits with `floor` ≤ id < `below`, newest first.
    List<GroupView> read(long below, long floor, int limit);
  }

  /// Goes down step by step until there are as many as wanted, none are left or the budget is
  /// spent.
  ///
  /// @param floors where the step ends that begins below an id; 0 for the last
  static GroupsFound search(Budget budget, Wanted wanted, LongUnaryOperator floors, Step step) {
    List<GroupView> found = new ArrayList<>();
    long at = wanted.below() == 0 ? Long.MAX_VALUE : wanted.below();
    boolean more = true;
    while (at > 0 && more) {
      long floor = floors.applyAsLong(at);
      found.addAll(step.read(at, floor, wanted.rows() - found.size()));
      if (found.size() == wanted.rows()) {
        return new GroupsFound(found, 0);
      }
      more = budget.spend((long) GroupStore.STEP * NAME_CHARS);
      at = floor;
    }
    return new GroupsFound(found, at);
  }
}
