package io.parley.bench.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.JsonFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.realtime.Frame;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SendTemplateTest {
  private static final long USER = 0x1234_5678_9abcL;

  @Test
  void write_isWhatTheStubsRead() throws Exception {
    SendTemplate template = SendTemplate.toUser(Form.BINARY, USER, "run-7", 7, 64);
    ByteBuf out = Unpooled.buffer();
    template.write(out, 1, 111, 0x01020304);
    template.write(out, 70_000, -222, 0xf1e2d3c4);

    Frame first = frame(out);
    assertEquals("message.MessageService/SendUserTextMessage", first.getCmd());
    assertEquals(SendTemplate.REQUEST_BASE + 1, first.getRequestId());
    SendUserTextMessageRequest request = SendUserTextMessageRequest.parseFrom(first.getData());
    assertEquals(USER, request.getToUserId());
    assertEquals("run-7-aaaaaaab", request.getClientMessageId());
    assertEquals(64, request.getText().getContent().length());

    Frame second = frame(out);
    assertEquals(SendTemplate.REQUEST_BASE + 70_000, second.getRequestId());
    request = SendUserTextMessageRequest.parseFrom(second.getData());
    byte[] text = request.getText().getContent().getBytes(StandardCharsets.US_ASCII);
    assertEquals(-222, Stamp.nanos(text, 0));
    assertEquals(7, Stamp.sender(text, 0));
    assertEquals(70_000, Stamp.number(text, 0));
    assertEquals(0, out.readableBytes());
  }

  @Test
  void write_toGroup_namesTheGroup() throws Exception {
    ByteBuf out = Unpooled.buffer();
    SendTemplate.toGroup(Form.BINARY, USER, "run-7", 7, 8000)
        .write(out, SendTemplate.NUMBER_MAX, 5, 0);
    Frame frame = frame(out);
    assertEquals((1 << 28) - 1, frame.getRequestId());
    SendGroupTextMessageRequest request = SendGroupTextMessageRequest.parseFrom(frame.getData());
    assertEquals(USER, request.getToGroupId());
    assertEquals(8000, request.getText().getContent().length());
  }

  @Test
  void write_inJson_isWhatTheConverterReads() throws Exception {
    ByteBuf out = Unpooled.buffer();
    SendTemplate template = SendTemplate.toUser(Form.JSON, USER, "run-7", 7, 64);
    template.write(out, 1, 111, 0x01020304);
    template.write(out, SendTemplate.NUMBER_MAX, -222, 0xf1e2d3c4);
    for (int number : new int[] {1, SendTemplate.NUMBER_MAX}) {
      String json = new String(payload(out, 0x81), StandardCharsets.UTF_8);
      String head = "{\"cmd\":\"message.MessageService/SendUserTextMessage\",\"request_id\":";
      assertTrue(json.startsWith(head), json);
      int data = json.indexOf(",\"data\":");
      String id = json.substring(head.length(), data).strip();
      assertEquals(SendTemplate.REQUEST_BASE + number, Integer.parseInt(id));
      SendUserTextMessageRequest.Builder request = SendUserTextMessageRequest.newBuilder();
      JsonFormat.parser().merge(json.substring(data + 8, json.length() - 1), request);
      assertEquals(USER, request.getToUserId());
      byte[] text = request.getText().getContent().getBytes(StandardCharsets.US_ASCII);
      assertEquals(64, text.length);
      assertEquals(7, Stamp.sender(text, 0));
      assertEquals(number, Stamp.number(text, 0));
      assertEquals(number == 1 ? 111 : -222, Stamp.nanos(text, 0));
    }
    assertEquals(0, out.readableBytes());
  }

  @Test
  void stamp_ofAnyNumbers_isReadBack_andAnythingElseRefused() {
    byte[] bytes = new byte[40];
    long[] times = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x0123456789abcdefL};
    for (long time : times) {
      Stamp.write(bytes, 3, time, (int) time, (int) (time >>> 32));
      assertEquals(time, Stamp.nanos(bytes, 3));
      assertEquals((int) time, Stamp.sender(bytes, 3));
      assertEquals((int) (time >>> 32), Stamp.number(bytes, 3));
    }
    for (char wrong : new char[] {'q', '`', '0', 0xff}) {
      bytes[7] = (byte) wrong;
      assertThrows(MalformedFrame.class, () -> Stamp.nanos(bytes, 3), "" + wrong);
    }
  }

  @Test
  void template_bodyTooShortForAStamp_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> SendTemplate.toUser(Form.BINARY, 1, "k", 1, 31));
  }

  private static Frame frame(ByteBuf in) throws Exception {
    return Frame.parseFrom(payload(in, 0x82));
  }

  private static byte[] payload(ByteBuf in, int head) {
    assertEquals(head, in.readUnsignedByte());
    int length = in.readUnsignedByte() & 0x7f;
    length = length == 126 ? in.readUnsignedShort() : length;
    int mask = in.readInt();
    byte[] payload = new byte[length];
    in.readBytes(payload);
    for (int i = 0; i < length; i++) {
      payload[i] ^= (byte) (mask >>> (24 - 8 * (i % 4)));
    }
    return payload;
  }
}
