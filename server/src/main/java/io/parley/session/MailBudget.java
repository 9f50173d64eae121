package io.parley.session;

import io.parley.account.Hourly;
import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Limits;
import java.time.Duration;

/// How many mails this server sends by itself in an hour: in all, about one account, and to one
/// address that somebody wants to take.
public final class MailBudget {
  private static final String ALL = "all";

  private final Hourly hours;
  private final Limits limits;

  public MailBudget(Clock clock, Limits limits) {
    this.hours = new Hourly(clock);
    this.limits = limits;
  }

  /// Counts a code that goes to an address which is not known to be the owner's.
  ///
  /// @throws Fault THROTTLED naming the limit
  void takeCode(AccountId account, String address) {
    String key = "address " + Folding.fold(address);
    require(key, limits.addressMailsPerHourMax(), "limits.address_mails_per_hour_max");
    try {
      take("account " + account);
    } catch (Fault e) {
      hours.giveBack(key);
      throw e;
    }
  }

  /// Counts a link to the owner's verified address. Strangers cause these, so they are counted
  /// apart: nobody keeps an owner from changing the address.
  ///
  /// @throws Fault THROTTLED naming the limit
  void takeLink(AccountId account) {
    take("links of " + account);
  }

  private void take(String key) {
    require(key, limits.accountMailsPerHourMax(), "limits.account_mails_per_hour_max");
    try {
      require(ALL, limits.mailsPerHourMax(), "limits.mails_per_hour_max");
    } catch (Fault e) {
      hours.giveBack(key);
      throw e;
    }
  }

  private void require(String key, int max, String limit) {
    Duration wait = hours.take(key, max);
    if (!wait.isZero()) {
      throw Fault.retry(FaultCode.THROTTLED, limit + " = " + max + ": try again later", wait);
    }
  }
}
