package io.parley.invite;

import java.util.Locale;

/// Who may register an account: `security.registration`.
public enum Policy {
  /// Anybody.
  OPEN,
  /// Whoever shows a live invite, whoever made it.
  INVITE,
  /// Whoever shows a live invite to the server, which operators make.
  CLOSED;

  /// As it is written in configuration: `open`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException naming those that there are
  public static Policy of(String word) {
    for (Policy each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException("must be open, invite or closed");
  }
}
