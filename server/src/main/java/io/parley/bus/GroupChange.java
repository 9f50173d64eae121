package io.parley.bus;

/// What happened in a group besides messages.
public enum GroupChange {
  JOINED("joined"),
  LEFT("left"),
  /// A member's role or mute, or what the group is called, says of itself or lets in.
  UPDATED("updated"),
  /// There is something new that stays to be seen; clients see the group updated.
  ANNOUNCED("updated"),
  DISSOLVED("dissolved");

  private final String wire;

  GroupChange(String wire) {
    this.wire = wire;
  }

  /// The word on the wire.
  public String wire() {
    return wire;
  }
}
