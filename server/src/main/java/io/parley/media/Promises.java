package io.parley.media;

import io.parley.base.AccountId;
import java.util.HashMap;
import java.util.Map;

/// Bytes of their quotas that accounts have been promised for uploads that are not complete.
final class Promises {
  private final Map<AccountId, Long> accounts = new HashMap<>();

  /// Promises `bytes` more, unless all that `account` has been promised would then be over `room`.
  ///
  /// @return whether it was promised, to be given back with [#giveBack]
  synchronized boolean take(AccountId account, long bytes, long room) {
    if (bytes > room - of(account)) {
      return false;
    }
    accounts.merge(account, bytes, Long::sum);
    return true;
  }

  synchronized void giveBack(AccountId account, long bytes) {
    accounts.computeIfPresent(account, (id, all) -> all == bytes ? null : all - bytes);
  }

  synchronized long of(AccountId account) {
    return accounts.getOrDefault(account, 0L);
  }
}
