package io.parley.face.gateway;

import org.jspecify.annotations.Nullable;

/// The commands of the gateway contract. A `cmd` that is none of them names a method.
enum GatewayCommand {
  /// Both sides may ask; the other answers PONG.
  PING("A001"),
  PONG("A002"),
  /// A client of the gateway is gone.
  CLIENT_CLOSE("A998"),
  /// The server ends a client.
  SERVER_CLOSE("A999"),
  /// A client shows its token.
  LOGIN("B001"),
  LOGIN_DONE("B002"),
  LOGIN_FAILED("B003"),
  /// A client ends its session.
  LOGOUT("B004"),
  /// A message to an account, and its acknowledgement.
  USER_MESSAGE("B101"),
  /// A message to a group.
  GROUP_MESSAGE("B102"),
  /// Whatever else the server tells.
  SYSTEM("B103");

  private final String code;

  GatewayCommand(String code) {
    this.code = code;
  }

  /// Its `cmd`.
  String code() {
    return code;
  }

  /// Null for a `cmd` that is no command.
  static @Nullable GatewayCommand find(String cmd) {
    for (GatewayCommand each : values()) {
      if (each.code.equals(cmd)) {
        return each;
      }
    }
    return null;
  }
}
