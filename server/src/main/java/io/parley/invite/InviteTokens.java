package io.parley.invite;

import io.parley.base.Hmac;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/// What stands in the links: the invite's id and a keyed hash of it, 128 bits of HMAC-SHA256. So a
/// maker can be shown the link again, and the database does not hold what would let anybody in.
final class InviteTokens {
  private static final int MAC_BYTES = 16;
  private static final int CHARS = 32;

  private final Hmac hmac;

  InviteTokens(byte[] key) {
    hmac = new Hmac(key);
  }

  /// 32 characters of Base64 for addresses.
  String of(long id) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES + MAC_BYTES).putLong(id).put(mac(id)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Whose token it is; 0 for what this server did not make. Takes as long for any of them.
  long idOf(String token) {
    if (token.length() != CHARS) {
      return 0;
    }
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
    } catch (IllegalArgumentException e) {
      return 0;
    }
    long id = bytes.getLong();
    byte[] shown = new byte[MAC_BYTES];
    bytes.get(shown);
    return id > 0 && MessageDigest.isEqual(shown, mac(id)) ? id : 0;
  }

  private byte[] mac(long id) {
    return Arrays.copyOf(hmac.of("invite " + id), MAC_BYTES);
  }
}
