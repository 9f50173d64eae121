package io.parley.account;

import java.util.Map;

/// An account together with its login names.
///
/// @param names what was typed first, by kind; at least one
public record Profile(Account account, Map<AliasKind, String> names) {
  /// The name that the account is known by where one is shown: its username, else the first of its
  /// other login names.
  public String loginName() {
    for (AliasKind kind : AliasKind.values()) {
      String name = names.get(kind);
      if (name != null) {
        return name;
      }
    }
    return account.nickname();
  }
}
