package io.parley.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The tokens of signed-http: compact JWTs (RFC 7519) signed with HS256, their only claims `iss`,
/// always `java110`, and `jti`, the session's key.
public final class Jwt {
  private static final String HEADER = encode("{\"typ\":\"JWT\",\"alg\":\"HS256\"}");
  private static final Pattern CLAIMS =
      Pattern.compile("\\{\"iss\":\"java110\",\"jti\":\"([0-9a-f]{32})\"}");

  private final SecretKeySpec key;

  /// `key`: at least one byte. It keeps others from making tokens of this form; what a token is
  /// worth is decided by its `jti`, which is random.
  public Jwt(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /// The token with that `jti`, 32 lower-case hex digits.
  String issue(String jti) {
    String signed = HEADER + "." + encode("{\"iss\":\"java110\",\"jti\":\"" + jti + "\"}");
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(signed));
  }

  /// The `jti` of a token that [#issue] made with this key; null for anything else. A token with
  /// another header, claim or spelling is not ours, so there is nothing to interpret in it.
  @Nullable String jti(String token) {
    String[] parts = token.split("\\.", 4);
    if (parts.length != 3) {
      return null;
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
      Matcher known = CLAIMS.matcher(new String(claims, StandardCharsets.UTF_8));
      return known.matches() && same(issue(known.group(1)), token) ? known.group(1) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
