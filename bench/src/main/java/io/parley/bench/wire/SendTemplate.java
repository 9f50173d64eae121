package io.parley.bench.wire;

import com.google.protobuf.Message;
import io.netty.buffer.ByteBuf;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.message.TextMessage;
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

  /// Holds the place of nine digits.
  private static final String REQUEST = "#########";

  /// Without anything that JSON would escape.
  private static final String KEY_NUMBER = "(number)";
  private static final String STAMP = "(sent, from whom, which of them)";
  private static final String FILLER = "Parley carries this text from one device to another. ";

  private final Form form;
  private final byte[] template;
  private final byte[] scratch;
  private final int sender;
  private final int requestAt;
  private final int keyAt;
  private final int stampAt;

  private SendTemplate(Form form, String cmd, Message request, int sender) {
    this.form = form;
    template =
        switch (form) {
          case BINARY -> form.frame(cmd, REQUEST_BASE, request);
          case JSON -> Form.text(cmd, REQUEST, Form.json(request));
        };
    scratch = new byte[template.length];
    this.sender = sender;
    requestAt = form == Form.JSON ? find(template, REQUEST) : 2 + cmd.length() + 1;
    keyAt = find(template, KEY_NUMBER);
    stampAt = find(template, STAMP);
  }

  /// Messages from sender number `sender` to an account. The client_message_id is `key`-number.
  public static SendTemplate toUser(Form form, long userId, String key, int sender, int chars) {
    return new SendTemplate(
        form,
        "message.MessageService/SendUserTextMessage",
        SendUserTextMessageRequest.newBuilder()
            .setToUserId(userId)
            .setText(TextMessage.newBuilder().setContent(body(chars)))
            .setClientMessageId(key + "-" + KEY_NUMBER)
            .build(),
        sender);
  }

  /// Messages from sender number `sender` to a group.
  public static SendTemplate toGroup(Form form, long groupId, String key, int sender, int chars) {
    return new SendTemplate(
        form,
        "message.MessageService/SendGroupTextMessage",
        SendGroupTextMessageRequest.newBuilder()
            .setToGroupId(groupId)
            .setText(TextMessage.newBuilder().setContent(body(chars)))
            .setClientMessageId(key + "-" + KEY_NUMBER)
            .build(),
        sender);
  }

  /// Appends message `number` (1 …) with this time to `out`, as a masked WebSocket frame.
  public void write(ByteBuf out, int number, long nanos, int mask) {
    System.arraycopy(template, 0, scratch, 0, template.length);
    int requestId = REQUEST_BASE + number;
    switch (form) {
      case BINARY -> varint(requestId);
      case JSON -> decimal(requestId);
    }
    Stamp.digits(scratch, keyAt, number);
    Stamp.write(scratch, stampAt, nanos, sender, number);
    Masked.write(out, form.opcode(), scratch, scratch.length, mask);
  }

  private void varint(int requestId) {
    scratch[requestAt] = (byte) (requestId | 0x80);
    scratch[requestAt + 1] = (byte) (requestId >>> 7 | 0x80);
    scratch[requestAt + 2] = (byte) (requestId >>> 14 | 0x80);
    scratch[requestAt + 3] = (byte) (requestId >>> 21);
  }

  /// With blanks in front, since a number in JSON has no zeroes there.
  private void decimal(int requestId) {
    int rest = requestId;
    for (int i = REQUEST.length() - 1; i >= 0; i--) {
      scratch[requestAt + i] = (byte) (rest == 0 ? ' ' : '0' + rest % 10);
      rest /= 10;
    }
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
