package io.parley.store;

/// What to change inside a transaction, where nothing but whether it was done is of interest. A
/// Fault or any other exception undoes what it did and reaches the caller.
@FunctionalInterface
public interface Change {
  void make(Tx tx);
}
