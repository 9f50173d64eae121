package io.parley.base;

import java.util.Locale;

/// Addresses that people put into messages, profiles and posts.
public final class Urls {
  private Urls() {}

  /// Whether `url` is a relative path or an http(s) address: a stored `javascript:` link would be
  /// an attack on whoever shows it.
  public static boolean isSafe(String url) {
    int colon = url.indexOf(':');
    int slash = url.indexOf('/');
    boolean hasScheme = colon >= 0 && (slash < 0 || colon < slash);
    String lower = url.toLowerCase(Locale.ROOT);
    return !hasScheme || lower.startsWith("https:") || lower.startsWith("http:");
  }

  /// @throws Fault INVALID_FIELD naming `field`
  public static void requireSafe(String field, String url) {
    if (!isSafe(url)) {
      throw Fault.invalid(field, "must be an http or https address or a path");
    }
  }
}
