package io.parley.session;

import io.parley.base.Caller;

/// What is asked of a caller anew at each call, however long ago the token was looked at.
public interface Proof {
  /// The caller with what it may do now. Never blocks.
  Caller now(Caller caller);

  /// Passes a caller whose session was shown the password a short while ago, and programs, which
  /// have none. Reads the store.
  ///
  /// @throws io.parley.base.Fault CONFIRMATION_NEEDED, NOT_LOGGED_IN
  void requireFresh(Caller caller);

  /// The caller was refused for want of a right. Never blocks.
  void refused(Caller caller);
}
