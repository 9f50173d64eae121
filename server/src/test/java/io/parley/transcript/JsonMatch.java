package io.parley.transcript;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares JSON exactly, apart from the order of keys: a key too many or too few fails.
///
/// A placeholder within quotes matches within a string. One without quotes stands for a whole
/// number, true, false or null; `${any}` without quotes for anything.
final class JsonMatch {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private static final char OPEN = '\uE000';
  private static final char BARE = '\uE001';
  private static final char CLOSE = '\uE002';

  private final Scope scope;
  private final List<String> placeholders = new ArrayList<>();

  private JsonMatch(Scope scope) {
    this.scope = scope;
  }

  static boolean looksLikeJson(String text) {
    return text.startsWith("{") || text.startsWith("[");
  }

  /// @throws Mismatch naming the place
  static void check(Scope scope, String expected, String actual) {
    new JsonMatch(scope).run(expected, actual);
  }

  private void run(String expected, String actual) {
    JsonNode wanted = parse(withTokens(expected), expected);
    JsonNode got;
    try {
      got = JSON.readTree(actual);
    } catch (JsonProcessingException e) {
      throw new Mismatch("JSON " + expected, actual);
    }
    String difference = difference(wanted, got, "$");
    if (difference != null) {
      throw new Mismatch(expected, actual + "\n  differs: " + difference);
    }
  }

  private static JsonNode parse(String json, String shown) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new Mismatch("the transcript's JSON is wrong: " + shown + ": " + e.getMessage());
    }
  }

  private String withTokens(String expected) {
    StringBuilder out = new StringBuilder();
    boolean quoted = false;
    for (Scope.Piece piece : Scope.pieces(expected)) {
      if (!piece.literal()) {
        String token = (quoted ? OPEN : BARE) + "" + placeholders.size() + CLOSE;
        out.append(quoted ? token : '"' + token + '"');
        placeholders.add(piece.text());
        continue;
      }
      for (int i = 0; i < piece.text().length(); i++) {
        char c = piece.text().charAt(i);
        if (c == '\\' && quoted) {
          out.append(c).append(piece.text().charAt(++i));
          continue;
        }
        quoted ^= c == '"';
        out.append(c);
      }
    }
    return out.toString();
  }

  private @Nullable String difference(JsonNode wanted, JsonNode got, String path) {
    if (wanted.isObject()) {
      return got.isObject() ? objects((ObjectNode) wanted, (ObjectNode) got, path) : path;
    }
    if (wanted.isArray()) {
      if (!got.isArray() || wanted.size() != got.size()) {
        return path + ": " + wanted.size() + " elements";
      }
      for (int i = 0; i < wanted.size(); i++) {
        String difference = difference(wanted.get(i), got.get(i), path + "[" + i + "]");
        if (difference != null) {
          return difference;
        }
      }
      return null;
    }
    if (wanted.isTextual() && wanted.textValue().startsWith(String.valueOf(BARE))) {
      String placeholder = placeholder(wanted.textValue());
      boolean fits =
          placeholder.equals("${any}")
              || (got.isValueNode()
                  && !got.isTextual()
                  && scope.matches(placeholder, got.asText()));
      return fits ? null : path;
    }
    if (wanted.isTextual()) {
      boolean fits =
          got.isTextual() && scope.matches(withPlaceholders(wanted.textValue()), got.textValue());
      return fits ? null : path;
    }
    return wanted.equals(got) ? null : path;
  }

  private @Nullable String objects(ObjectNode wanted, ObjectNode got, String path) {
    Set<String> missing = new TreeSet<>();
    wanted.fieldNames().forEachRemaining(missing::add);
    Set<String> unexpected = new TreeSet<>();
    got.fieldNames().forEachRemaining(unexpected::add);
    Set<String> both = new TreeSet<>(missing);
    both.retainAll(unexpected);
    missing.removeAll(both);
    unexpected.removeAll(both);
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      return path + ": missing " + missing + ", unexpected " + unexpected;
    }
    for (String key : both) {
      String difference = difference(wanted.get(key), got.get(key), path + "." + key);
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private String placeholder(String token) {
    return "${" + placeholders.get(Integer.parseInt(token.substring(1, token.length() - 1))) + "}";
  }

  private String withPlaceholders(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (true) {
      int open = text.indexOf(OPEN, at);
      if (open < 0) {
        return out.append(text.substring(at)).toString();
      }
      int close = text.indexOf(CLOSE, open);
      out.append(text, at, open).append(placeholder(text.substring(open, close + 1)));
      at = close + 1;
    }
  }
}
