package io.parley.face.phone;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.base.Fault;
import io.parley.face.edge.StrictJson;

/// What clients of this contract send: one JSON object in UTF-8.
final class Json {
  private static final int DEPTH_MAX = 16;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /// @throws Refusal if it is no such object
  static JsonNode object(byte[] body) {
    try {
      // Decoded here, because the parser guesses other encodings.
      return tree(StrictJson.text(body));
    } catch (Fault e) {
      throw Refusal.of(e);
    }
  }

  /// The same of text.
  static JsonNode object(String text) {
    try {
      StrictJson.require(text);
      return tree(text);
    } catch (Fault e) {
      throw Refusal.of(e);
    }
  }

  private static JsonNode tree(String text) {
    try {
      JsonNode root = MAPPER.readTree(text);
      if (root == null || !root.isObject()) {
        throw Refusal.malformed("a JSON object is wanted");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw Refusal.malformed("not valid JSON");
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
    return MAPPER.createObjectNode();
  }
}
