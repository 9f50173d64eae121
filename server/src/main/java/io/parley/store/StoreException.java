package io.parley.store;

/// A statement or commit failed for a reason that is not the caller's. It becomes INTERNAL at the
/// edge.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String what, Exception cause) {
    super(what, cause);
  }

  public StoreException(String what) {
    super(what);
  }
}
