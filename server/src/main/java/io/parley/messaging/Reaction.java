package io.parley.messaging;

import io.parley.base.AccountId;
import java.util.List;

/// One symbol under a message.
///
/// @param count how many gave it
/// @param first the first of them, at most [#FIRST_MAX]
public record Reaction(String symbol, long count, List<AccountId> first) {
  /// Accounts named with a symbol.
  public static final int FIRST_MAX = 20;
}
