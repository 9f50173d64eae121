package io.parley.face.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.parley.base.Fault;
import io.parley.face.rpc.RpcFault;
import io.parley.face.rpc.RpcJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// What an upgrade request is answered with: 101, or a refusal with a JSON body.
///
/// A refusal's body is the native API's `common.CommonResponse` as JSON: `error_code`,
/// `business_code`, `message`.
final class HandshakeAnswer {
  /// RFC 6455, section 1.3.
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private HandshakeAnswer() {}

  static ByteBuf switching(String key) {
    return ascii(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n");
  }

  private static String accept(String key) {
    try {
      // SHA-1 is what the protocol asks for: a proof that the peer speaks WebSocket, not a secret.
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Answers and closes.
  static void refuse(ChannelHandlerContext ctx, Fault fault) {
    byte[] body = RpcJson.print(RpcFault.of(fault).detail()).getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status(fault)
            + "\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: "
            + body.length
            + "\r\n"
            + "connection: close\r\n"
            + "cache-control: no-store\r\n"
            + "x-content-type-options: nosniff\r\n\r\n";
    ctx.writeAndFlush(Unpooled.wrappedBuffer(ascii(head), Unpooled.wrappedBuffer(body)))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private static String status(Fault fault) {
    return switch (fault.code()) {
      case NOT_LOGGED_IN,
          WRONG_CREDENTIALS,
          ACCOUNT_DISABLED,
          SECOND_FACTOR_NEEDED,
          SECOND_FACTOR_WRONG ->
          "401 Unauthorized\r\nwww-authenticate: Bearer";
      case FORBIDDEN, PASSWORD_EXPIRED, CONFIRMATION_NEEDED, RIGHT_DORMANT -> "403 Forbidden";
      case INVALID_FIELD, MALFORMED, ALREADY_EXISTS, BAD_ACCOUNT_ID -> "400 Bad Request";
      case TOO_LARGE -> "431 Request Header Fields Too Large";
      case NO_SUCH_ACCOUNT, NOT_FOUND, NO_SUCH_METHOD -> "404 Not Found";
      case FAILED_PRECONDITION ->
          "426 Upgrade Required\r\nupgrade: websocket\r\nsec-websocket-version: 13";
      case THROTTLED, QUOTA -> "429 Too Many Requests";
      case BUSY, UNAVAILABLE -> "503 Service Unavailable\r\nretry-after: 5";
      case INTERNAL -> "500 Internal Server Error";
    };
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
