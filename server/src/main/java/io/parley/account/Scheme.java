package io.parley.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a password looks like on the wire of a contract. Every scheme has its own verifier, because
/// the server cannot turn one wire form into another. The MD5 is not ours: two contracts force it,
/// see docs/SECURITY.md.
public sealed interface Scheme {
  /// The plain text: social-grpc, phone-im.
  record Plain() implements Scheme {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public String wire(String password) {
      return password;
    }
  }

  /// `md5hex(plain)`: entry-rpc, entry-http.
  record Entry() implements Scheme {
    @Override
    public String name() {
      return "entry";
    }

    @Override
    public String wire(String password) {
      return md5(password);
    }
  }

  /// `md5hex(md5hex(plain + salt))`: signed-http, the salt is a setting of the partner app.
  record Signed(String salt) implements Scheme {
    @Override
    public String name() {
      return "signed:" + salt;
    }

    @Override
    public String wire(String password) {
      return md5(md5(password + salt));
    }
  }

  /// The scheme's name in the store.
  String name();

  /// What this contract's clients send for `password`.
  String wire(String password);

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
