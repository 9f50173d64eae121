package io.parley.feed.post;

/// How far a post has come with the moderators.
public enum Review {
  /// Not handed in. Posts are handed in when they are made, so none is in this state.
  INIT(0),
  /// Waits for a moderator.
  WAITING(1),
  PASSED(2),
  FAILED(3);

  private final int code;

  Review(int code) {
    this.code = code;
  }

  /// As the store and the wire have it.
  public int code() {
    return code;
  }

  static Review of(int code) {
    return switch (code) {
      case 0 -> INIT;
      case 1 -> WAITING;
      case 2 -> PASSED;
      case 3 -> FAILED;
      default -> throw new IllegalArgumentException("no state of review: " + code);
    };
  }
}
