package io.parley.face.edge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds a cookie, however its way here has cut or joined the headers: several of them, as HTTP/2
/// allows, or several cookies in one, parted by semicolons or, by proxies that join headers as if
/// these were lists, by commas.
public final class Cookies {
  private Cookies() {}

  /// The first value under `name` that is not empty, without quotation marks around it; null if
  /// there is none.
  ///
  /// @param headers the values of `Cookie`
  public static @Nullable String find(List<String> headers, String name) {
    for (String header : headers) {
      for (String pair : header.split("[;,]", -1)) {
        int sign = pair.indexOf('=');
        if (sign > 0 && pair.substring(0, sign).strip().equals(name)) {
          String value = unquoted(pair.substring(sign + 1).strip());
          if (!value.isEmpty()) {
            return value;
          }
        }
      }
    }
    return null;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
