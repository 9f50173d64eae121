package io.parley.transcript;

import io.parley.account.Authenticator;
import io.parley.base.Clock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// What `${name:arguments}` computes. To add one, add a line to the table; several arguments are
/// separated by commas.
final class Functions {
  private static final Map<String, UnaryOperator<String>> TABLE = new TreeMap<>();

  static {
    TABLE.put("md5", text -> digest("MD5", text));
    TABLE.put("sha256", text -> digest("SHA-256", text));
    TABLE.put("upper", text -> text.toUpperCase(Locale.ROOT));
    TABLE.put("uuid", text -> UUID.randomUUID().toString());
    TABLE.put("base64", text -> Base64.getEncoder().encodeToString(utf8(text)));
    TABLE.put("char", code -> Character.toString(Integer.parseInt(code, 16)));
    TABLE.put("repeat", Functions::repeat);
    TABLE.put("now", Functions::now);
    TABLE.put("later", Functions::later);
    TABLE.put("sign", Functions::sign);
    TABLE.put("totp", Functions::totp);
  }

  private Functions() {}

  static boolean known(String name) {
    return TABLE.containsKey(name);
  }

  static String call(String name, String arguments) {
    UnaryOperator<String> function = TABLE.get(name);
    if (function == null) {
      throw new Mismatch("no function " + name);
    }
    return function.apply(arguments);
  }

  private static String repeat(String arguments) {
    int comma = arguments.lastIndexOf(',');
    return arguments.substring(0, comma).repeat(Integer.parseInt(arguments.substring(comma + 1)));
  }

  /// The time now at UTC+8 by a pattern such as `yyyyMMddHHmmss`.
  private static String now(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).format(ZonedDateTime.now(ZoneOffset.ofHours(8)));
  }

  /// The same some seconds from now: for a server whose clock was moved.
  private static String later(String arguments) {
    String[] part = arguments.split(",", 2);
    return DateTimeFormatter.ofPattern(part[1])
        .format(ZonedDateTime.now(ZoneOffset.ofHours(8)).plusSeconds(Long.parseLong(part[0])));
  }

  /// The signature of signed-http for `transaction_id,req_time,app_id,security_code,payload`.
  private static String sign(String arguments) {
    String[] part = arguments.split(",", 5);
    return digest("MD5", part[0] + part[1] + part[2] + part[4] + part[3]);
  }

  /// What an authenticator app shows for `secret,steps`, so many steps of 30 s from now.
  private static String totp(String arguments) {
    String[] part = arguments.split(",", 2);
    long millis = Clock.SYSTEM.millis() + 30_000 * Long.parseLong(part[1]);
    return Authenticator.code(part[0], millis);
  }

  private static String digest(String algorithm, String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(utf8(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
