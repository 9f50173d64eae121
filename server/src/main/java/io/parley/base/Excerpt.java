package io.parley.base;

/// What is kept of a text where the whole would be too much.
public final class Excerpt {
  /// Characters at most.
  public static final int CHARS_MAX = 500;

  private Excerpt() {}

  /// The beginning of `text`, at most [#CHARS_MAX] characters; a pair of surrogates is not cut.
  public static String of(String text) {
    if (text.length() <= CHARS_MAX) {
      return text;
    }
    return text.substring(
        0, CHARS_MAX - (Character.isHighSurrogate(text.charAt(CHARS_MAX - 1)) ? 1 : 0));
  }
}
