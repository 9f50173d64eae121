package io.parley.session;

import io.parley.base.Caller;
import io.parley.base.Right;
import java.util.Set;

/// Which of its account's rights a session has. Those of other contracts than the native one have
/// none: they log in with what a device keeps for years, and ask for nothing else.
final class Powers {
  private final SessionPolicy policy;

  Powers(SessionPolicy policy) {
    this.policy = policy;
  }

  /// `anonymous` with the account, the session and its rights filled in.
  Caller caller(KnownTokens.Known found, Caller anonymous) {
    Session session = found.session();
    Set<Right> granted = found.standing().rights();
    Caller caller =
        new Caller(
            session.account(),
            session.id(),
            Set.of(),
            anonymous.address(),
            anonymous.userAgent(),
            anonymous.connection());
    if (granted.isEmpty()) {
      return caller;
    }
    if (!session.contract().equals(Session.NATIVE)) {
      return caller.with(
          Set.of(), Long.MAX_VALUE, "rights are not in force in sessions of " + session.contract());
    }
    return caller.with(granted, session.createdAt() + policy.adminSession().toMillis(), "");
  }
}
