package io.parley.base;

/// What is kept of a text where the whole would be too much.
public final class Excerpt {
  /// Characters at most.
  public static final int CHARS_MAX = 500;

  private Excerpt() {}

  /// The beginning of `text`, at most [#CHARS_MAX] characters; a pair of surrogates is not cut.
  public static String of(String text) {
    return of(text, CHARS_MAX);
  }

  /// The same of at most `max` characters, 1 or more.
  public static String of(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    return text.substring(0, max - (Character.isHighSurrogate(text.charAt(max - 1)) ? 1 : 0));
  }
}
