package io.parley.blob;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names of blobs: 64 hexadecimal digits, a keyed hash of the bytes (HMAC-SHA256), and an
/// extension. The same bytes have one name, and without the key nobody can tell a name from bytes.
/// So a name is also the checksum of what is stored under it.
public final class BlobNames {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.[a-z0-9]{1,5}");
  private static final int HASH_CHARS = 64;

  private final byte[] key;

  public BlobNames(byte[] key) {
    this.key = key;
  }

  /// Whether `text` is one that a blob can have.
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /// @param extension at most 5 of `a-z0-9`
  public String of(Content content, String extension) throws IOException {
    try (InputStream in = content.read()) {
      return hash(in) + '.' + extension;
    }
  }

  /// Whether the bytes are those that `name` was made from.
  public boolean fits(String name, Content content) throws IOException {
    try (InputStream in = content.read()) {
      return name.startsWith(hash(in)) && name.indexOf('.') == HASH_CHARS;
    }
  }

  private String hash(InputStream in) throws IOException {
    Mac mac = mac();
    byte[] part = new byte[1 << 16];
    for (int read = in.read(part); read >= 0; read = in.read(part)) {
      mac.update(part, 0, read);
    }
    return HexFormat.of().formatHex(mac.doFinal());
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
