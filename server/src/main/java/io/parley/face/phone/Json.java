package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.base.Fault;
import io.parley.face.edge.StrictJson;

/// What clients of this contract send: one JSON object in UTF-8.
final class Json {
  private Json() {}

  /// @throws Refusal if it is no such object
  static ObjectNode object(byte[] body) {
    try {
      return StrictJson.object(body);
    } catch (Fault e) {
      throw Refusal.of(e);
    }
  }

  /// The same of text.
  static ObjectNode object(String text) {
    try {
      return StrictJson.object(text);
    } catch (Fault e) {
      throw Refusal.of(e);
    }
  }

  /// A text, or a whole number as text; empty where there is neither.
  ///
  /// @throws Refusal for a value of another type, or one that is too long
  static String text(JsonNode object, String field, int charsMax) {
    return text(object, field, charsMax, Status.FAILURE_STATUS);
  }

  /// The same of a field that has a status of its own for a text that is too long.
  static String text(JsonNode object, String field, int charsMax, Status tooLong) {
    JsonNode value = object.get(field);
    if (value == null || value.isNull()) {
      return "";
    }
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw Refusal.malformed(field + ": must be a text");
    }
    String text = value.asText();
    if (text.length() > charsMax) {
      throw new Refusal(tooLong, field + ": longer than " + charsMax + " characters");
    }
    return text;
  }

  static ObjectNode object() {
    return StrictJson.MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return StrictJson.MAPPER.createArrayNode();
  }
}
