package io.parley.feed.post;

/// What a post is made of besides its text.
public enum PostKind {
  TEXT(0),
  IMAGE(1),
  VIDEO(2);

  private final int code;

  PostKind(int code) {
    this.code = code;
  }

  /// As the store and the wire have it.
  public int code() {
    return code;
  }

  static PostKind of(int code) {
    return switch (code) {
      case 0 -> TEXT;
      case 1 -> IMAGE;
      case 2 -> VIDEO;
      default -> throw new IllegalArgumentException("no kind of post: " + code);
    };
  }
}
