package io.parley.leaving;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.messaging.Role;
import io.parley.session.Closing;

/// Deletes an account for its owner. [Erasing] does the rest.
public final class Leaving {
  private final Clock clock;
  private final Closing closing;
  private final Erasing erasing;
  private final ErasureStore store = new ErasureStore();

  public Leaving(Clock clock, Closing closing, Erasing erasing) {
    this.clock = clock;
    this.closing = closing;
    this.erasing = erasing;
  }

  /// Deletes the caller's account: when this returns nobody finds it, no token of it is good, and
  /// nobody logs in by it. What there is of it is erased from then on.
  ///
  /// @param code of the second factor; empty where there is none
  /// @throws Fault INVALID_FIELD naming `password` or `totp_code`; SECOND_FACTOR_NEEDED;
  ///     FAILED_PRECONDITION while it owns groups that others are in, and for the last admin;
  ///     THROTTLED, BUSY
  public void leave(Caller caller, String password, String code) {
    AccountId account = caller.requireAccount();
    closing.close(
        caller,
        password,
        code,
        tx -> {
          long owned = store.ownedWithOthers(tx, account, Role.OWNER.code());
          if (owned > 0) {
            throw Fault.of(
                FaultCode.FAILED_PRECONDITION,
                "groups that others are in must be handed over or dissolved first: " + owned);
          }
          store.insert(tx, account, clock.millis());
        });
    erasing.wake();
  }
}
