package io.parley.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.parley.bench.http.Dialog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SplittableRandom;

/// The accounts of an entry run, by number, and the two things they do: log in and read their
/// profile. Every answer is compared whole.
final class EntryCrowd {
  static final String HEADER = "username,nickname,password_md5";

  /// Tokens that are kept; of more logins the newest.
  private static final int TOKENS_MAX = 1_000_000;

  private static final String LOGIN_HEAD =
      "{\"coode\":0,\"code\":0,\"msg\":\"\",\"result\":{\"token\":\"";
  private static final int TOKEN_CHARS = 32;
  private static final String BUSY = "\"code\":3003,\"msg\":\"busy, try again later\"";

  private final SplittableRandom random = new SplittableRandom(1);
  private final int[] users;
  private final byte[][] tokens;
  private final int accounts;
  private final int fixed;
  private final byte[] host;
  private int logins;

  /// @param accounts how many there are
  /// @param fixed how many take part, the same all the time; 0: all of them, at random
  EntryCrowd(int accounts, int fixed, String host) {
    this.accounts = accounts;
    this.fixed = fixed;
    this.host = ascii("Host: " + host + "\r\n");
    int kept = fixed > 0 ? fixed : TOKENS_MAX;
    users = new int[kept];
    tokens = new byte[kept][];
  }

  static String row(int user) {
    return username(user) + ',' + nickname(user) + ',' + md5(user);
  }

  private static String username(int user) {
    return String.format(Locale.ROOT, "user%08d", user);
  }

  private static String nickname(int user) {
    return "Nick " + Integer.toUnsignedString(user * 0x9E3779B1, 36);
  }

  private static String md5(int user) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(ascii("password " + user)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// How many sessions there are to read with.
  int sessions() {
    return Math.min(logins, tokens.length);
  }

  private int pick() {
    return fixed > 0
        ? (int) ((long) random.nextInt(fixed) * accounts / fixed)
        : random.nextInt(accounts);
  }

  /// Where a user's token is kept: a fixed user's always at its place.
  private int place(int user) {
    return fixed > 0 ? (int) ((long) user * fixed / accounts) : logins % TOKENS_MAX;
  }

  Dialog logins() {
    return new Dialog() {
      @Override
      public int ask(ByteBuf out) {
        int user = pick();
        byte[] body =
            ascii("{\"username\":\"" + username(user) + "\",\"password\":\"" + md5(user) + "\"}");
        out.writeBytes(ascii("POST /login HTTP/1.1\r\n")).writeBytes(host);
        out.writeBytes(
            ascii("Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n"));
        out.writeBytes(body);
        return user;
      }

      @Override
      public boolean right(int user, int status, ByteBuf body) {
        String text = body.toString(StandardCharsets.US_ASCII);
        String tail =
            "\",\"username\":\""
                + username(user)
                + "\",\"nickname\":\""
                + nickname(user)
                + "\",\"profilePicture\":\"\",\"profile_picture\":\"\"}}";
        boolean right =
            status == 200
                && text.startsWith(LOGIN_HEAD)
                && text.endsWith(tail)
                && text.length() == LOGIN_HEAD.length() + TOKEN_CHARS + tail.length();
        if (right) {
          int place = place(user);
          users[place] = user;
          tokens[place] =
              ascii(text.substring(LOGIN_HEAD.length(), LOGIN_HEAD.length() + TOKEN_CHARS));
          logins++;
        }
        return right;
      }

      @Override
      public boolean busy(int status, ByteBuf body) {
        return isBusy(status, body);
      }
    };
  }

  Dialog reads() {
    byte[] head = ascii("GET /user/get_user_info HTTP/1.1\r\n");
    byte[] authorization = ascii("Authorization: ");
    byte[] end = ascii("\r\n\r\n");
    return new Dialog() {
      @Override
      public int ask(ByteBuf out) {
        int at = random.nextInt(sessions());
        while (tokens[at] == null) {
          at = (at + 1) % tokens.length;
        }
        out.writeBytes(head).writeBytes(host);
        out.writeBytes(authorization).writeBytes(tokens[at]).writeBytes(end);
        return users[at];
      }

      @Override
      public boolean right(int user, int status, ByteBuf body) {
        String expected =
            "{\"code\":0,\"msg\":\"\",\"result\":{\"username\":\""
                + username(user)
                + "\",\"nickname\":\""
                + nickname(user)
                + "\",\"profile_picture\":\"\"}}";
        return status == 200
            && body.readableBytes() == expected.length()
            && ByteBufUtil.equals(
                body,
                body.readerIndex(),
                io.netty.buffer.Unpooled.wrappedBuffer(ascii(expected)),
                0,
                expected.length());
      }

      @Override
      public boolean busy(int status, ByteBuf body) {
        return isBusy(status, body);
      }
    };
  }

  private static boolean isBusy(int status, ByteBuf body) {
    return status == 200 && body.toString(StandardCharsets.US_ASCII).contains(BUSY);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
