package io.parley.face.phone;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.base.Fault;
import io.parley.face.edge.StrictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

  /// Decodes the Base64 text (line breaks allowed) in the field `content` of the JSON object in
  /// `body` into the file `out`, piece by piece.
  ///
  /// @throws Refusal if there is no such object, or no such text in it
  static void content(Path body, Path out) {
    boolean found = false;
    try (JsonParser parser = MAPPER.getFactory().createParser(body.toFile());
        OutputStream bytes = Files.newOutputStream(out)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Refusal.malformed("a JSON object is wanted");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean content = parser.currentName().equals("content");
        JsonToken value = parser.nextToken();
        if (content && value == JsonToken.VALUE_STRING) {
          found = decode(parser, bytes) > 0;
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw Refusal.malformed("not valid JSON");
      }
    } catch (JsonProcessingException e) {
      throw Refusal.malformed("not valid JSON");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!found) {
      throw new Refusal(Status.FORMAT_ERROR_FILE, "content is empty");
    }
  }

  private static int decode(JsonParser parser, OutputStream bytes) throws IOException {
    try {
      return parser.readBinaryValue(Base64Variants.MIME, bytes);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new Refusal(Status.FORMAT_ERROR_FILE, "content is not Base64");
    }
  }

  /// A text, or a whole number as text; empty where there is neither.
  ///
  /// @throws Refusal for a value of another type, or one that is too long
  static String text(JsonNode object, String field, int charsMax) {
    JsonNode value = object.get(field);
    if (value == null || value.isNull()) {
      return "";
    }
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw Refusal.malformed(field + ": must be a text");
    }
    String text = value.asText();
    if (text.length() > charsMax) {
      throw Refusal.failure(field + ": longer than " + charsMax + " characters");
    }
    return text;
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }
}
