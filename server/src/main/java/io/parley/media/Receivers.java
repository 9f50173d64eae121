package io.parley.media;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Who is being received from: so many at once, and so many of one account, that nobody can take
/// all places.
final class Receivers {
  private final int max;
  private final int perAccountMax;
  private final Map<AccountId, Integer> accounts = new HashMap<>();
  private int all;

  Receivers(int max, int perAccountMax) {
    this.max = max;
    this.perAccountMax = perAccountMax;
  }

  /// Takes a place; the answer gives it back, once.
  ///
  /// @throws Fault BUSY naming the limit
  synchronized Runnable take(AccountId account) {
    if (all >= max) {
      throw busy("limits.uploads_max = " + max + " are being received");
    }
    int own = accounts.getOrDefault(account, 0);
    if (own >= perAccountMax) {
      throw busy("limits.uploads_per_account_max = " + perAccountMax + " are being received");
    }
    all++;
    accounts.put(account, own + 1);
    return () -> giveBack(account);
  }

  private synchronized void giveBack(AccountId account) {
    all--;
    accounts.computeIfPresent(account, (id, count) -> count == 1 ? null : count - 1);
  }

  private static Fault busy(String why) {
    return Fault.retry(FaultCode.BUSY, why, Duration.ofSeconds(5));
  }
}
