package io.parley.store;

/// A unique key is taken. Stores turn it into the contract's own answer.
public final class DuplicateKeyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DuplicateKeyException(Throwable cause) {
    super("a unique key is taken", cause, false, false);
  }
}
