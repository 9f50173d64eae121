package io.parley.account;

/// Where a login name came from. Names are unique across kinds, so any of them may be typed
/// wherever a login is asked.
public enum AliasKind {
  USERNAME,
  PHONE,
  EMAIL,
  NICKNAME
}
