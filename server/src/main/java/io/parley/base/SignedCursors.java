package io.parley.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Cursors that only this server can make, each good for one list of one account. As text: a
/// [Cursor], a dash, and 16 bytes of HMAC-SHA256 in base64url.
public final class SignedCursors {
  private static final int SIGNATURE_BYTES = 16;
  private static final int CHARS_MAX = 200;

  private final SecretKeySpec key;

  /// `secret`: of this installation.
  public SignedCursors(byte[] secret) {
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /// The cursors of a list that there is one of.
  ///
  /// @param kind tells lists apart
  public Of of(char kind, AccountId reader) {
    return of(kind, reader, 0);
  }

  /// The cursors of a list that belongs to something, as the comments do to a post.
  ///
  /// @param owner the id of what it belongs to
  public Of of(char kind, AccountId reader, long owner) {
    return new Of(kind, reader, owner);
  }

  /// The cursors of one list, as one account reads it.
  public final class Of {
    private final char kind;
    private final AccountId reader;
    private final long owner;

    private Of(char kind, AccountId reader, long owner) {
      this.kind = kind;
      this.reader = reader;
      this.owner = owner;
    }

    /// The cursor of a row with these numbers.
    public String after(long... keys) {
      String plain = Cursor.of(keys);
      return plain + "-" + Base64.getUrlEncoder().withoutPadding().encodeToString(sign(plain));
    }

    /// The numbers of `cursor`.
    ///
    /// @param first those that are before every row: what an empty cursor stands for
    /// @throws Fault INVALID_FIELD naming `cursor` for one of another list or account
    public long[] open(String cursor, long... first) {
      if (cursor.isEmpty()) {
        return first;
      }
      int dash = cursor.indexOf('-');
      if (dash < 1 || cursor.length() > CHARS_MAX) {
        throw Cursor.foreign();
      }
      String plain = cursor.substring(0, dash);
      if (!MessageDigest.isEqual(decode(cursor.substring(dash + 1)), sign(plain))) {
        throw Cursor.foreign();
      }
      return Cursor.keys(plain, first);
    }

    private byte[] sign(String plain) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        mac.update(
            ByteBuffer.allocate(Character.BYTES + 2 * Long.BYTES)
                .putChar(kind)
                .putLong(reader.value())
                .putLong(owner)
                .array());
        return Arrays.copyOf(
            mac.doFinal(plain.getBytes(StandardCharsets.US_ASCII)), SIGNATURE_BYTES);
      } catch (NoSuchAlgorithmException | InvalidKeyException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static byte[] decode(String signature) {
    try {
      return Base64.getUrlDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      throw Cursor.foreign();
    }
  }
}
