package io.parley.feed;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Cursors that only this server can make: a kind and some numbers, signed for the account that got
/// them. Base64url: kind, numbers of 8 bytes, 16 bytes of HMAC-SHA256.
final class Cursors {
  private static final int SIGNATURE_BYTES = 16;
  private static final int CHARS_MAX = 200;

  private final SecretKeySpec key;

  Cursors(byte[] secret) {
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  String seal(char kind, AccountId owner, long... values) {
    ByteBuffer plain = ByteBuffer.allocate(1 + Long.BYTES * values.length).put((byte) kind);
    for (long value : values) {
      plain.putLong(value);
    }
    ByteBuffer whole =
        ByteBuffer.allocate(plain.capacity() + SIGNATURE_BYTES)
            .put(plain.array())
            .put(sign(plain.array(), owner));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.array());
  }

  /// The `count` numbers of a cursor of that kind that was given to `owner`.
  ///
  /// @throws Fault INVALID_FIELD naming `cursor` for anything else
  long[] open(char kind, AccountId owner, String cursor, int count) {
    byte[] whole = decode(cursor);
    int plainBytes = 1 + Long.BYTES * count;
    if (whole.length != plainBytes + SIGNATURE_BYTES || whole[0] != (byte) kind) {
      throw bad();
    }
    byte[] plain = Arrays.copyOf(whole, plainBytes);
    byte[] signature = Arrays.copyOfRange(whole, plainBytes, whole.length);
    if (!MessageDigest.isEqual(signature, sign(plain, owner))) {
      throw bad();
    }
    long[] values = new long[count];
    ByteBuffer.wrap(plain, 1, plainBytes - 1).asLongBuffer().get(values);
    return values;
  }

  /// The number of a cursor in a list that belongs to `post`; `start` where the cursor is empty.
  ///
  /// @throws Fault INVALID_FIELD naming `cursor`
  long openOf(PostId post, char kind, AccountId owner, String cursor, long start) {
    if (cursor.isEmpty()) {
      return start;
    }
    long[] values = open(kind, owner, cursor, 2);
    if (values[0] != post.value()) {
      throw bad();
    }
    return values[1];
  }

  private static byte[] decode(String cursor) {
    if (cursor.length() > CHARS_MAX) {
      throw bad();
    }
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw bad();
    }
  }

  private byte[] sign(byte[] plain, AccountId owner) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(owner.value()).array());
      return Arrays.copyOf(mac.doFinal(plain), SIGNATURE_BYTES);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Fault bad() {
    return Fault.invalid("cursor", "not one that this server gave you for this list");
  }
}
