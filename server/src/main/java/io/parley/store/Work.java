package io.parley.store;

import org.jspecify.annotations.Nullable;

/// What to do inside a transaction. A Fault or any other exception undoes what it did and reaches
/// the caller.
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
  T run(Tx tx);
}
