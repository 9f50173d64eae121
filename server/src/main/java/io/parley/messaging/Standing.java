package io.parley.messaging;

/// Whether an account is in a conversation, or how it came to be out of it.
public enum Standing {
  /// Out, for a reason that was not stored.
  OUT(0),
  /// It went by itself.
  LEFT(1),
  /// Somebody took it out.
  REMOVED(2),
  /// There is no such group any more.
  DISSOLVED(3),
  IN(-1);

  private final int code;

  Standing(int code) {
    this.code = code;
  }

  /// The number that is stored of who is out.
  int code() {
    return code;
  }

  /// @param code of who is out
  static Standing of(int code) {
    return switch (code) {
      case 1 -> LEFT;
      case 2 -> REMOVED;
      case 3 -> DISSOLVED;
      default -> OUT;
    };
  }
}
