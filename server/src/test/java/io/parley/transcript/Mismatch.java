package io.parley.transcript;

/// What a transcript says and what happened differ. [Player] adds the file and the line.
final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1;

  Mismatch(String expected, String actual) {
    super("expected: " + expected + "\n  actual: " + actual);
  }

  Mismatch(String text) {
    super(text);
  }
}
