package io.parley.bench.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import io.parley.api.conversation.Message;
import io.parley.api.message.SendUserTextMessageResponse;
import io.parley.api.message.TextMessage;
import io.parley.api.realtime.Error;
import io.parley.api.realtime.Frame;
import io.parley.api.realtime.MessagePush;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScanTest {
  private final FrameScan frame = new FrameScan();
  private final PushScan push = new PushScan();
  private final AckScan ack = new AckScan();

  @Test
  void push_everyFieldSet_findsConversationSeqAndText() {
    byte[] bytes =
        offset(
            Frame.newBuilder().setCmd("push.message").setData(fullPush().toByteString()).build());
    frame.scan(Form.BINARY, bytes, 5, bytes.length);
    assertEquals(FrameScan.Kind.PUSH_MESSAGE, frame.kind());
    push.scan(frame);
    assertEquals(Long.MAX_VALUE, push.conversationId());
    assertEquals(1_000_000, push.seq());
    String text =
        new String(bytes, push.textFrom(), push.textTo() - push.textFrom(), StandardCharsets.UTF_8);
    assertEquals("hello, 世界", text);
  }

  @Test
  void push_withoutText_hasAnEmptyRange() {
    MessagePush of = MessagePush.newBuilder().setMessage(Message.newBuilder().setSeq(3)).build();
    byte[] bytes =
        offset(Frame.newBuilder().setCmd("push.message").setData(of.toByteString()).build());
    frame.scan(Form.BINARY, bytes, 5, bytes.length);
    push.scan(frame);
    assertEquals(3, push.seq());
    assertTrue(push.textTo() <= push.textFrom());
  }

  @Test
  void answer_ofASend_carriesConversationAndSeq() {
    var response =
        SendUserTextMessageResponse.newBuilder().setId(9).setConversationId(77).setSeq(300).build();
    byte[] bytes =
        offset(
            Frame.newBuilder()
                .setCmd("x.Y/Z")
                .setRequestId(1 << 30)
                .setData(response.toByteString())
                .build());
    frame.scan(Form.BINARY, bytes, 5, bytes.length);
    assertEquals(FrameScan.Kind.ANSWER, frame.kind());
    assertEquals(1 << 30, frame.requestId());
    assertFalse(frame.failed());
    ack.scan(frame);
    assertEquals(77, ack.conversationId());
    assertEquals(300, ack.seq());
  }

  @Test
  void answer_withError_isFailed() {
    Error error = Error.newBuilder().setCode(8).setMessage("slow down").build();
    byte[] bytes =
        offset(Frame.newBuilder().setCmd("x.Y/Z").setRequestId(4).setError(error).build());
    frame.scan(Form.BINARY, bytes, 5, bytes.length);
    assertTrue(frame.failed());
    assertArrayEquals(error.toByteArray(), frame.error());
  }

  @Test
  void pushKinds_areToldApart() {
    for (String cmd : new String[] {"push.read", "push.messages", "push.messag"}) {
      byte[] bytes = offset(Frame.newBuilder().setCmd(cmd).build());
      frame.scan(Form.BINARY, bytes, 5, bytes.length);
      assertEquals(FrameScan.Kind.PUSH_OTHER, frame.kind(), cmd);
    }
    byte[] bytes = offset(Frame.newBuilder().setCmd("push.closing").build());
    frame.scan(Form.BINARY, bytes, 5, bytes.length);
    assertEquals(FrameScan.Kind.PUSH_CLOSING, frame.kind());
  }

  @Test
  void scan_cutAnywhere_neverReadsOutside() {
    byte[] whole =
        Frame.newBuilder()
            .setCmd("push.message")
            .setData(fullPush().toByteString())
            .build()
            .toByteArray();
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        frame.scan(Form.BINARY, cut, 0, cut.length);
        push.scan(frame);
      } catch (MalformedFrame expected) {
        continue;
      }
      assertTrue(length <= 14, "only a cut between fields passes: " + length);
    }
  }

  @Test
  void json_isReadAsTheServerWritesIt() {
    byte[] ack =
        ("{\"cmd\":\"a.B/C\",\"request_id\":2097153,\"data\":{\"id\":\"9\","
                + "\"conversation_id\":\"77\","
                + "\"seq\":\"300\",\"created_at\":\"2026-12-01T00:00:00Z\"}}")
            .getBytes(StandardCharsets.UTF_8);
    frame.scan(Form.JSON, ack, 0, ack.length);
    assertEquals(FrameScan.Kind.ANSWER, frame.kind());
    assertEquals(2_097_153, frame.requestId());
    assertFalse(frame.failed());
    this.ack.scan(frame);
    assertEquals(77, this.ack.conversationId());
    assertEquals(300, this.ack.seq());

    byte[] pushed =
        ("{\"cmd\":\"push.message\",\"request_id\":0,\"data\":{\"message\":{\"id\":\"1\","
                + "\"conversation_id\":\"9223372036854775807\",\"seq\":\"5\","
                + "\"text\":{\"id\":\"0\",\"content\":\"hello, 世界\"}}}}")
            .getBytes(StandardCharsets.UTF_8);
    frame.scan(Form.JSON, pushed, 0, pushed.length);
    assertEquals(FrameScan.Kind.PUSH_MESSAGE, frame.kind());
    push.scan(frame);
    assertEquals(Long.MAX_VALUE, push.conversationId());
    assertEquals(5, push.seq());
    assertEquals(
        "hello, 世界",
        new String(
            pushed, push.textFrom(), push.textTo() - push.textFrom(), StandardCharsets.UTF_8));
    for (int length = 0; length < pushed.length; length++) {
      byte[] cut = Arrays.copyOf(pushed, length);
      try {
        frame.scan(Form.JSON, cut, 0, cut.length);
        push.scan(frame);
      } catch (MalformedFrame expected) {
        continue;
      }
      assertTrue(length > 50, "read although cut at " + length);
    }

    byte[] refused =
        "{\"cmd\":\"a.B/C\",\"request_id\":4,\"error\":{\"code\":8,\"message\":\"slow down\"}}"
            .getBytes(StandardCharsets.UTF_8);
    frame.scan(Form.JSON, refused, 0, refused.length);
    assertTrue(frame.failed());
    assertArrayEquals(
        Error.newBuilder().setCode(8).setMessage("slow down").build().toByteArray(), frame.error());
  }

  @Test
  void cursor_endlessVarint_isMalformed() {
    byte[] bytes = new byte[12];
    Arrays.fill(bytes, (byte) 0x80);
    assertThrows(MalformedFrame.class, () -> frame.scan(Form.BINARY, bytes, 0, bytes.length));
  }

  @Test
  void header_ofEveryLengthForm_andEveryCut() {
    WebSocketHeader header = new WebSocketHeader();
    for (int length : new int[] {0, 125, 126, 65_535, 65_536}) {
      byte[] bytes = serverFrame(length);
      for (int cut = 0; cut < Math.min(bytes.length, 12); cut++) {
        assertFalse(header.read(bytes, 0, cut), length + " cut at " + cut);
      }
      assertTrue(header.read(bytes, 0, bytes.length));
      assertEquals(WebSocketHeader.BINARY, header.opcode());
      assertEquals(length, header.payloadTo() - header.payloadFrom());
      assertEquals(bytes.length, header.payloadTo());
    }
  }

  @Test
  void header_maskedFragmentedOrHuge_isRefused() {
    WebSocketHeader header = new WebSocketHeader();
    assertThrows(
        MalformedFrame.class, () -> header.read(new byte[] {(byte) 0x82, (byte) 0x81}, 0, 2));
    assertThrows(MalformedFrame.class, () -> header.read(new byte[] {0x02, 1}, 0, 2));
    byte[] huge = {(byte) 0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0};
    assertThrows(MalformedFrame.class, () -> header.read(huge, 0, huge.length));
  }

  private static byte[] serverFrame(int length) {
    int head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    byte[] bytes = new byte[head + length];
    bytes[0] = (byte) 0x82;
    bytes[1] = (byte) (length < 126 ? length : length < 65_536 ? 126 : 127);
    for (int i = 2, shift = 8 * (head - 3); i < head; i++, shift -= 8) {
      bytes[i] = (byte) ((long) length >>> shift);
    }
    return bytes;
  }

  private static MessagePush fullPush() {
    return MessagePush.newBuilder()
        .setMessage(
            Message.newBuilder()
                .setId(123)
                .setConversationId(Long.MAX_VALUE)
                .setSeq(1_000_000)
                .setSenderId(-1)
                .setToUserId(5)
                .addAtUserId(1)
                .addAtUserId(1L << 60)
                .setText(TextMessage.newBuilder().setId(4).setContent("hello, 世界"))
                .setCreatedAt(Timestamp.newBuilder().setSeconds(1))
                .setClientMessageId("abc"))
        .build();
  }

  private static byte[] offset(Frame frame) {
    byte[] bytes = new byte[5 + frame.getSerializedSize()];
    System.arraycopy(frame.toByteArray(), 0, bytes, 5, frame.getSerializedSize());
    return bytes;
  }
}
