package io.parley.preview;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// What an HTML page says of itself.
///
/// @param image where its picture is; null for none
record Page(String title, String description, String site, @Nullable URI image) {
  private static final int TITLE_MAX = 200;
  private static final int DESCRIPTION_MAX = 300;
  private static final int SITE_MAX = 80;

  /// @param charset as the answer's head has it; null where it has none, so the page says it
  /// @return null for a page without a title
  static @Nullable Page read(byte[] html, @Nullable String charset, URI at) throws IOException {
    Document page = Jsoup.parse(new ByteArrayInputStream(html), charset, at.toString());
    String title = first(page, TITLE_MAX, "og:title", "twitter:title");
    if (title.isEmpty()) {
      title = line(page.title(), TITLE_MAX);
    }
    if (title.isEmpty()) {
      return null;
    }
    String image = first(page, Link.CHARS_MAX, "og:image:secure_url", "og:image", "twitter:image");
    return new Page(
        title,
        first(page, DESCRIPTION_MAX, "og:description", "twitter:description", "description"),
        first(page, SITE_MAX, "og:site_name", "application-name"),
        image.isEmpty() ? null : Link.resolve(at, image));
  }

  private static String first(Document page, int max, String... names) {
    for (String name : names) {
      for (String attribute : new String[] {"property", "name"}) {
        Element found = page.selectFirst("meta[" + attribute + "=" + name + "]");
        String text = found == null ? "" : line(found.attr("content"), max);
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    return "";
  }

  /// One line of at most `max` code points, without what nobody can see or what turns the text
  /// around it.
  static String line(String text, int max) {
    // The expressions below are linear, but there is no need to read a megabyte for 200 characters.
    String start = text.length() > max * 8 ? text.substring(0, max * 8) : text;
    String plain =
        start.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", " ").replaceAll("\\s+", " ");
    String line = plain.strip();
    return line.codePointCount(0, line.length()) <= max
        ? line
        : line.substring(0, line.offsetByCodePoints(0, max - 1)) + "…";
  }
}
