package io.parley.account;

/// What an account says of itself.
public enum Gender {
  UNKNOWN(0),
  MALE(1),
  FEMALE(2);

  private final int code;

  Gender(int code) {
    this.code = code;
  }

  /// The number that is stored: the same as the native API's.
  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException for a number that no gender has
  public static Gender of(int code) {
    return switch (code) {
      case 0 -> UNKNOWN;
      case 1 -> MALE;
      case 2 -> FEMALE;
      default -> throw new IllegalArgumentException("gender " + code);
    };
  }
}
