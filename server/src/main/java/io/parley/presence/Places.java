package io.parley.presence;

import io.parley.base.AccountId;
import java.util.List;
import java.util.Set;

/// Which accounts are connected to other nodes. May wait for an answer, and never throws: where
/// nobody knows, an account is nowhere else.
public interface Places {
  /// There is no other node.
  Places HERE_ONLY =
      new Places() {
        @Override
        public boolean came(AccountId account) {
          return true;
        }

        @Override
        public boolean went(AccountId account) {
          return true;
        }

        @Override
        public Set<AccountId> elsewhere(List<AccountId> accounts) {
          return Set.of();
        }
      };

  /// `account` is connected to this node from now on. True if it is to no other.
  boolean came(AccountId account);

  /// `account` is connected to this node no more. True if it is to no other either.
  boolean went(AccountId account);

  /// Those of `accounts`, at most 100, that are connected to another node.
  Set<AccountId> elsewhere(List<AccountId> accounts);
}
