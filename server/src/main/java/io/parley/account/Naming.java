package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Look;
import io.parley.store.Tx;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which names are free for whom: none that is kept for the operators, none by which an account
/// could be taken for another. The rules hold for login names and for display names, whatever
/// contract they come over. What is stored already stays.
public final class Naming {
  /// Nobody yet: an account that is being made.
  static final AccountId NOBODY = new AccountId(0);

  private final Set<String> reserved;
  private final LookStore looks = new LookStore();

  /// `reserved`: names that nobody may take, nor anything that looks like one.
  public Naming(List<String> reserved) {
    this.reserved =
        reserved.stream().flatMap(name -> Look.of(name).stream()).collect(Collectors.toSet());
  }

  /// @throws Fault INVALID_FIELD if the name is reserved
  void requireUnreserved(String field, String name) {
    if (isReserved(name)) {
      throw Fault.invalid(field, "this name is reserved");
    }
  }

  /// Whether `name` is reserved, or looks like a name that is.
  boolean isReserved(String name) {
    // For these words the dotless i is a disguise, not a letter.
    return !Collections.disjoint(Look.of(name.replace('ı', 'i')), reserved);
  }

  /// Inside a transaction: passes if `name` is and looks like no other account's login name.
  ///
  /// @param self whose name it is to be
  /// @throws Fault ALREADY_EXISTS
  void requireFree(Tx tx, AccountId self, String field, String name) {
    if (looks.isAnothers(tx, self, Look.of(name))) {
      throw Fault.of(
          FaultCode.ALREADY_EXISTS,
          field + ": already taken, or too much like a login name that is");
    }
  }

  /// The same for a name that is only shown. A reserved one may be shown by whom operators gave it
  /// to log in with.
  ///
  /// @throws Fault INVALID_FIELD, ALREADY_EXISTS
  void requireDisplay(Tx tx, AccountId self, String name) {
    if (isReserved(name) && !looks.isOwn(tx, self, Look.of(name))) {
      throw Fault.invalid("nickname", "this name is reserved");
    }
    requireFree(tx, self, "nickname", name);
  }

  /// Inside a transaction: `name` is a login name of `self` now.
  void took(Tx tx, AccountId self, String name) {
    looks.put(tx, self, name);
  }
}
