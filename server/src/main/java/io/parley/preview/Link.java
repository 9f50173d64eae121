package io.parley.preview;

import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Links as people type them, as addresses that can be asked for.
final class Link {
  /// Longer ones have no preview.
  static final int CHARS_MAX = 2048;

  private static final Pattern PARTS = Pattern.compile("(?i)(https?)://([^/?#\\\\]+)([^#]*)(#.*)?");

  private Link() {}

  /// The address that `link` means: of http or https, with its name in ASCII, without a fragment;
  /// null for what is none, or names a user.
  static @Nullable URI parse(String link) {
    if (link.length() > CHARS_MAX) {
      return null;
    }
    String whole = link.regionMatches(true, 0, "www.", 0, 4) ? "https://" + link : link;
    Matcher parts = PARTS.matcher(whole);
    if (!parts.matches()) {
      return null;
    }
    try {
      String host = parts.group(2);
      String ascii =
          host.chars().allMatch(c -> c < 128) ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
      String scheme = parts.group(1).toLowerCase(Locale.ROOT);
      return checked(URI.create(scheme + "://" + ascii + encoded(parts.group(3))));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Where `location`, as a page or an answer has it, leads from `base`; null for nowhere.
  static @Nullable URI resolve(URI base, String location) {
    if (location.length() > CHARS_MAX) {
      return null;
    }
    try {
      return parse(base.resolve(encoded(location.strip())).toString());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable URI checked(URI uri) {
    return uri.getHost() == null || uri.getRawUserInfo() != null ? null : uri;
  }

  /// What the grammar of addresses does not take stands as its bytes, as browsers have it.
  private static String encoded(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c > ' ' && c < 127 && "\"<>\\^`{|}".indexOf(c) < 0) {
                out.append((char) c);
              } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  out.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
                }
              }
            });
    return out.toString();
  }
}
