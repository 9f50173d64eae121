package io.parley.face.edge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Utf8;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// The one way in which JSON of a caller is read, whatever the contract: UTF-8, no text with U+0000
/// or half of a surrogate pair, written out or escaped, no name twice in an object, nothing behind
/// the value, at most 64 deep. Nothing is repaired: a password that was altered on the way in is
/// another password.
public final class StrictJson {
  private static final int DEPTH_MAX = 64;

  /// What the fault says of JSON that is something else.
  public static final String NO_OBJECT = "a JSON object is wanted";

  /// For what is read piece by piece; texts are still to be looked at with [#require].
  public static final JsonFactory FACTORY = factory(StreamReadConstraints.DEFAULT_MAX_STRING_LEN);

  /// Makes and writes trees.
  public static final JsonMapper MAPPER =
      // A tree sees by itself what it has already; the parser would keep the names once more.
      JsonMapper.builder(builder(StreamReadConstraints.DEFAULT_MAX_STRING_LEN).build())
          .enable(
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private static final ObjectReader TREES = MAPPER.readerFor(JsonNode.class);

  private StrictJson() {}

  /// As [#FACTORY], for texts of at most `textCharsMax` characters.
  public static JsonFactory factory(int textCharsMax) {
    return builder(textCharsMax).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  }

  private static JsonFactoryBuilder builder(int textCharsMax) {
    return new JsonFactoryBuilder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxStringLength(textCharsMax)
                .build());
  }

  /// The one object that `body` is.
  ///
  /// @throws Fault MALFORMED if it is none; INVALID_FIELD naming the field that holds what may not
  ///     be
  public static ObjectNode object(byte[] body) {
    // Decoded here, because the parser guesses other encodings.
    return tree(text(body));
  }

  /// The same of what has been decoded already, and strictly.
  public static ObjectNode object(String text) {
    require(text);
    return tree(text);
  }

  private static ObjectNode tree(String text) {
    try {
      if (TREES.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // The library's words are not for callers.
      throw Fault.of(FaultCode.MALFORMED, "not valid JSON");
    }
    throw Fault.of(FaultCode.MALFORMED, NO_OBJECT);
  }

  /// The text of `body`.
  ///
  /// @throws Fault INVALID_FIELD naming the field that holds what may not be, MALFORMED where it
  ///     stands in none
  public static String text(byte[] body) {
    if (!Utf8.isWellFormed(body)) {
      // Half a pair stands for what is no UTF-8, so that both are found in the same way.
      name(lenient(body));
      throw Fault.of(FaultCode.MALFORMED, "the body is not UTF-8");
    }
    String text = new String(body, StandardCharsets.UTF_8);
    require(text);
    return text;
  }

  /// Looks at what has been decoded already, and strictly.
  ///
  /// @throws Fault as [#text]
  public static void require(String text) {
    if (text.indexOf("\\u") >= 0) {
      name(text);
    }
  }

  private static String lenient(byte[] body) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .replaceWith("\uDC00")
          .decode(ByteBuffer.wrap(body))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException(e); // Malformed input is replaced.
    }
  }

  private static void name(String text) {
    try (JsonParser in = FACTORY.createParser(text)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
        if (isText && !isSound(in.getText())) {
          String field = field(in, token);
          throw field.isEmpty()
              ? Fault.of(FaultCode.MALFORMED, "a name is no text in UTF-8")
              : Fault.invalid(field, "must be text in UTF-8 without U+0000");
        }
      }
    } catch (IOException e) {
      // No JSON: whoever reads it says so.
    }
  }

  private static String field(JsonParser in, JsonToken token) {
    if (token == JsonToken.FIELD_NAME) {
      return "";
    }
    return in.getParsingContext()
        .pathAsPointer()
        .toString()
        .replaceFirst("^/", "")
        .replace('/', '.');
  }

  /// Whether `text` could be written in UTF-8 and read back, and has no U+0000.
  public static boolean isSound(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
