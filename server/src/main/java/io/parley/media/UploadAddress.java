package io.parley.media;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How an upload is found: its name, 64 hexadecimal digits and an extension, below one of a few
/// folders of this server.
///
/// Whoever knows a name may fetch it, so a name is what has to be looked for in what people write:
/// one server has many hosts, and one path many spellings, that a browser takes for the same. Names
/// are 256 bits that nobody can guess: where one stands in an address, of whatever host, that
/// upload is meant.
public final class UploadAddress {
  /// Where uploads are served; addresses that this server makes begin with it.
  public static final String FOLDER = "/media/";

  /// The folders that answer, the last ones for clients of the entry contract.
  public static final List<String> FOLDERS =
      List.of(FOLDER, "/upload/", "/front_end/upload/", "/src/front_end/upload/");

  private static final Pattern ANYWHERE =
      Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}\\.[a-z0-9]{1,5}(?![a-z0-9])");

  /// How often a `%25` may hide another `%25` before we stop looking: no server decodes twice.
  private static final int DECODINGS = 3;

  private UploadAddress() {}

  /// The path of an upload on this server.
  public static String of(String name) {
    return FOLDER + name;
  }

  /// The names of uploads in `url`, in order; mostly none or one.
  public static Set<String> names(String url) {
    Set<String> names = new LinkedHashSet<>();
    Matcher found = ANYWHERE.matcher(plain(url));
    while (found.find()) {
      names.add(found.group());
    }
    return names;
  }

  /// Whether `url` is a path into one of the folders, or is an address below `publicUrl` that is.
  public static boolean isInFolder(String url, String publicUrl) {
    String plain = plain(url);
    String own = plain(publicUrl);
    String path = plain.startsWith(own) ? plain.substring(own.length()) : plain;
    return FOLDERS.stream().anyMatch(path::startsWith);
  }

  /// What a browser makes of it: percent signs decoded, backslashes turned, cases alike.
  private static String plain(String url) {
    String plain = url;
    for (int i = 0; i < DECODINGS && plain.indexOf('%') >= 0; i++) {
      try {
        // A plus is a plus in a path.
        plain = URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        break; // a percent sign that is none
      }
    }
    return plain.replace('\\', '/').toLowerCase(Locale.ROOT);
  }
}
