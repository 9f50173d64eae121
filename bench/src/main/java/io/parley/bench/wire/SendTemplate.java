package io.parley.bench.wire;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.message.TextMessage;
import io.parley.api.realtime.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One sender's text message, encoded once with placeholders of fixed width; sending another costs
/// a copy and a few patched bytes. Belongs to one thread.
public final class SendTemplate {
  /// Request ids of sends start here, so that their varint is always four bytes; smaller ids are
  /// free for other calls.
  public static final int REQUEST_BASE = 1 << 21;

  /// The largest message number: the last request id with a varint of four bytes.
  public static final int NUMBER_MAX = (1 << 28) - 1 - REQUEST_BASE;

  private static final String KEY_NUMBER = "<number>";
  private static final String STAMP = "<sent, from whom, which of them>";
  private static final String FILLER = "Parley carries this text from one device to another. ";

  private final byte[] template;
  private final byte[] scratch;
  private final int sender;
  private final int requestAt;
  private final int keyAt;
  private final int stampAt;

  private SendTemplate(String cmd, ByteString request, int sender) {
    template =
        Frame.newBuilder()
            .setCmd(cmd)
            .setRequestId(REQUEST_BASE)
            .setData(request)
            .build()
            .toByteArray();
    scratch = new byte[template.length];
    this.sender = sender;
    requestAt = 2 + cmd.length() + 1;
    keyAt = find(template, KEY_NUMBER);
    stampAt = find(template, STAMP);
  }

  /// Messages from sender number `sender` to an account. The client_message_id is `key`-number.
  public static SendTemplate toUser(long userId, String key, int sender, int chars) {
    return new SendTemplate(
        "message.MessageService/SendUserTextMessage",
        SendUserTextMessageRequest.newBuilder()
            .setToUserId(userId)
            .setText(TextMessage.newBuilder().setContent(body(chars)))
            .setClientMessageId(key + "-" + KEY_NUMBER)
            .build()
            .toByteString(),
        sender);
  }

  /// Messages from sender number `sender` to a group.
  public static SendTemplate toGroup(long groupId, String key, int sender, int chars) {
    return new SendTemplate(
        "message.MessageService/SendGroupTextMessage",
        SendGroupTextMessageRequest.newBuilder()
            .setToGroupId(groupId)
            .setText(TextMessage.newBuilder().setContent(body(chars)))
            .setClientMessageId(key + "-" + KEY_NUMBER)
            .build()
            .toByteString(),
        sender);
  }

  /// Appends message `number` (1 …) with this time to `out`, as a masked WebSocket frame.
  public void write(ByteBuf out, int number, long nanos, int mask) {
    System.arraycopy(template, 0, scratch, 0, template.length);
    int requestId = REQUEST_BASE + number;
    scratch[requestAt] = (byte) (requestId | 0x80);
    scratch[requestAt + 1] = (byte) (requestId >>> 7 | 0x80);
    scratch[requestAt + 2] = (byte) (requestId >>> 14 | 0x80);
    scratch[requestAt + 3] = (byte) (requestId >>> 21);
    Stamp.digits(scratch, keyAt, number);
    Stamp.write(scratch, stampAt, nanos, sender, number);
    Masked.write(out, WebSocketHeader.BINARY, scratch, scratch.length, mask);
  }

  private static String body(int chars) {
    if (chars < Stamp.CHARS) {
      throw new IllegalArgumentException("a body holds at least " + Stamp.CHARS + " characters");
    }
    String filler = FILLER.repeat(chars / FILLER.length() + 1);
    return STAMP + filler.substring(0, chars - Stamp.CHARS);
  }

  private static int find(byte[] in, String text) {
    byte[] what = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i + what.length <= in.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new IllegalStateException("no placeholder " + text);
  }
}
