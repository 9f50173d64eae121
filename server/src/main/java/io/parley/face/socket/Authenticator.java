package io.parley.face.socket;

import io.parley.base.Caller;

/// Turns a token into a caller.
@FunctionalInterface
public interface Authenticator {
  /// `anonymous` gives address and user agent. May block: it is called on a virtual thread. Throws a Fault
  /// (NOT_LOGGED_IN) for a token that is not live.
  Caller authenticate(String token, Caller anonymous);
}
