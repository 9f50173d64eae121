package io.parley.session;

import io.parley.base.Caller;
import io.parley.base.Right;
import java.util.Set;
import java.util.stream.Collectors;

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
    if (found.standing().secondFactor() && !session.secondFactor()) {
      return caller.with(
          Set.of(),
          Long.MAX_VALUE,
          "totp_code: rights are not in force until the session shows a code: ConfirmPassword");
    }
    if (policy.codeForAdmins() && !session.secondFactor() && granted.contains(Right.ADMIN)) {
      return caller.with(
          granted.stream().filter(right -> right != Right.ADMIN).collect(Collectors.toSet()),
          Long.MAX_VALUE,
          "security.totp_for_admins: the admin right takes a second factor, see BeginTotp");
    }
    return caller.with(granted, session.createdAt() + policy.adminSession().toMillis(), "");
  }
}
