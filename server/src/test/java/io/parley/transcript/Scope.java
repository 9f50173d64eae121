package io.parley.transcript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names that a transcript knows: what it captured, and the functions.
///
/// `${name}` is a captured value, `${function:arguments}` a computed one. In what is expected,
/// `${name:pattern}` matches a regular expression and captures what matched, `${_:pattern}` matches
/// only, and `${any}` is `${_:.*}`.
final class Scope {
  private static final Pattern NAME = Pattern.compile("\\w+");

  private final Map<String, String> values = new HashMap<>();

  void put(String name, String value) {
    values.put(name, value);
  }

  /// A piece of a text: literal, or what stands between `${` and `}`.
  record Piece(boolean literal, String text) {}

  /// `text` with every placeholder replaced by its value.
  String expand(String text) {
    StringBuilder out = new StringBuilder();
    for (Piece piece : pieces(text)) {
      out.append(piece.literal() ? piece.text() : value(piece.text()));
    }
    return out.toString();
  }

  /// Whether `actual` as a whole is what `expected` says; captures if so.
  boolean matches(String expected, String actual) {
    StringBuilder pattern = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (Piece piece : pieces(expected)) {
      int colon = piece.text().indexOf(':');
      String head = colon < 0 ? piece.text() : piece.text().substring(0, colon);
      if (piece.literal()) {
        pattern.append(Pattern.quote(piece.text()));
      } else if (piece.text().equals("any")) {
        pattern.append("(?s:.*)");
      } else if (colon > 0 && !Functions.known(head)) {
        if (!NAME.matcher(head).matches()) {
          throw new Mismatch("${" + piece.text() + "}: a capture's name is letters and digits");
        }
        names.add(head);
        pattern.append("(?<c").append(names.size()).append('x').append('>');
        pattern.append(piece.text().substring(colon + 1)).append(')');
      } else {
        pattern.append(Pattern.quote(value(piece.text())));
      }
    }
    Matcher matcher = Pattern.compile(pattern.toString()).matcher(actual);
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equals("_")) {
        values.put(names.get(i), matcher.group("c" + (i + 1) + "x"));
      }
    }
    return true;
  }

  private String value(String inner) {
    int colon = inner.indexOf(':');
    String head = colon < 0 ? inner : inner.substring(0, colon);
    if (Functions.known(head)) {
      return Functions.call(head, colon < 0 ? "" : expand(inner.substring(colon + 1)));
    }
    String value = colon < 0 ? values.get(inner) : null;
    if (value == null) {
      throw new Mismatch("${" + inner + "} is neither captured nor a function");
    }
    return value;
  }

  /// Splits at `${` and the brace that closes it; braces in between count in pairs.
  static List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    while (true) {
      int open = text.indexOf("${", at);
      if (open < 0) {
        pieces.add(new Piece(true, text.substring(at)));
        return pieces;
      }
      pieces.add(new Piece(true, text.substring(at, open)));
      int depth = 1;
      int close = open + 2;
      while (depth > 0) {
        if (close == text.length()) {
          throw new Mismatch("${ without }: " + text.substring(open));
        }
        char c = text.charAt(close++);
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
      pieces.add(new Piece(false, text.substring(open + 2, close - 1)));
      at = close;
    }
  }
}
