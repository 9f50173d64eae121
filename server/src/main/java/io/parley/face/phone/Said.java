package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;

/// What a device says with one packet.
sealed interface Said {
  int PUSH_ID_CHARS_MAX = 64;

  /// Which device it is. `again`: it starts anew and has kept nothing.
  record Bind(String pushId, boolean again) implements Said {}

  record Heartbeat() implements Said {}

  /// It has everything that it was sent.
  record AllReceived() implements Said {}

  /// It has one conversation up to a message.
  record OneReceived(JsonNode chat) implements Said {}

  /// It sends messages.
  record Messages(JsonNode list) implements Said {}

  /// @throws Refusal if it is nothing that the contract knows
  static Said of(JsonNode packet) {
    JsonNode message = packet.path("message");
    String word = message.isTextual() ? message.asText() : "";
    boolean start = word.equals("start") || word.equals("restart");
    if (start || packet.path("status").asText("0").equals("0")) {
      return new Bind(Json.text(packet, "pushId", PUSH_ID_CHARS_MAX), word.equals("restart"));
    }
    if (message.isMissingNode() || message.isNull() || (message.isTextual() && word.isEmpty())) {
      return new Heartbeat();
    }
    if (word.equals("ok")) {
      return new AllReceived();
    }
    if (message.isObject()) {
      return new OneReceived(message);
    }
    if (message.isArray()) {
      return new Messages(message);
    }
    throw Refusal.failure(
        "message: must be \"\", \"ok\", \"start\", \"restart\", a list or an object");
  }
}
