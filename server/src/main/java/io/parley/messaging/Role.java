package io.parley.messaging;

/// What a member may do in a group. In a conversation of two both are members.
public enum Role {
  MEMBER(0),
  ADMIN(1),
  OWNER(2);

  private final int code;

  Role(int code) {
    this.code = code;
  }

  /// The number that is stored.
  public int code() {
    return code;
  }

  public static Role of(int code) {
    return switch (code) {
      case 0 -> MEMBER;
      case 1 -> ADMIN;
      case 2 -> OWNER;
      default -> throw new IllegalArgumentException("role " + code);
    };
  }

  /// Whether it may invite, remove and recall.
  public boolean moderates() {
    return this != MEMBER;
  }
}
