package io.parley.face.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.MethodDescriptor;
import io.parley.base.Fault;
import io.parley.face.rpc.RandomMessages;
import io.parley.face.rpc.RpcMethod;
import io.parley.face.rpc.RpcTable;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A frame is read in one pass as the general readers read it, or by them.
class TextRequestTest {
  private static final String SEND = "message.MessageService/SendUserTextMessage";
  private static final int ROUNDS = 20;

  /// In front of four digits.
  private static final String ESCAPE = "\\" + 'u';

  private static final RpcTable TABLE =
      new RpcTable(
          RandomMessages.METHODS.stream()
              .filter(method -> method.getType() == MethodDescriptor.MethodType.UNARY)
              .<RpcMethod<?, ?>>map(TextRequestTest::unserved)
              .toList(),
          new TestServer.Proven());

  @SuppressWarnings("unchecked") // every method of the API has messages
  private static RpcMethod<?, ?> unserved(MethodDescriptor<?, ?> method) {
    RpcMethod.Blocking<Message, Message> none =
        (caller, request) -> {
          throw new AssertionError("called");
        };
    return new RpcMethod<>((MethodDescriptor<Message, Message>) method, true, none);
  }

  private static RandomGenerator seeded(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static boolean isGeneral(Request request) {
    return request instanceof TextRequest;
  }

  private static Message data(Request request) {
    return request.data(Objects.requireNonNull(TABLE.find(request.cmd())).prototype());
  }

  private static String frame(String cmd, long id, String data) {
    return "{\"cmd\":\"" + cmd + "\",\"request_id\":" + id + ",\"data\":" + data + "}";
  }

  @Test
  void requestsOfAllMethods_areReadAlike() throws Exception {
    JsonFormat.Printer camel = JsonFormat.printer();
    JsonFormat.Printer snake =
        JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();
    int inOnePass = 0;
    int all = 0;
    for (long seed = 0; seed < ROUNDS; seed++) {
      RandomGenerator random = seeded(seed);
      RandomMessages messages = new RandomMessages(random);
      for (RpcMethod<?, ?> method : TABLE.methods()) {
        Message request = messages.like(method.prototype());
        String json = (random.nextBoolean() ? camel : snake).print(request);
        String frame = frame(method.name(), random.nextLong(1L << 32), json);
        Request read;
        try {
          read = TextRequest.parse(frame, TABLE);
        } catch (BadFrame e) {
          throw new AssertionError(frame, e);
        }
        all++;
        inOnePass += isGeneral(read) ? 0 : 1;
        assertAlike(TextRequest.general(frame), read);
      }
    }
    assertTrue(inOnePass > all / 3, inOnePass + " of " + all + " were read in one pass");
  }

  private static void assertAlike(Request general, Request read) {
    assertEquals(general.cmd(), read.cmd());
    assertEquals(general.id(), read.id());
    assertEquals(general.dataBytes(), read.dataBytes(), read.cmd());
    Message expected = null;
    Fault refused = null;
    try {
      expected = data(general);
    } catch (Fault e) {
      refused = e;
    }
    if (refused != null) {
      assertInstanceOf(TextRequest.class, read, "taken although " + refused.getMessage());
    } else {
      assertEquals(expected, data(read));
    }
  }

  @Test
  void framesThatWereAltered_areTakenOnlyIfTheGeneralReadersTakeThem() throws Exception {
    String[] pieces = {
      "\"",
      "\\",
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "0",
      "1",
      "9",
      "-",
      ".",
      "e",
      "null",
      "true",
      " ",
      "\n",
      "\u0000",
      "\u001f",
      "\\u0000",
      "\\ud800",
      "\\u00e9",
      "中",
      "\"data\":{}",
      "\"cmd\":\"x\",",
      "01",
      "1e2",
      "99999999999999999999",
      "/*x*/",
      "'",
      "NaN",
      "\\n",
      "\\x"
    };
    int taken = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      RandomGenerator random = seeded(seed);
      StringBuilder frame =
          new StringBuilder(
              frame(
                  "message.MessageService/SendGroupTextMessage",
                  7,
                  "{\"to_group_id\":\"12\", \"at_user_id\":[\"1\",2],"
                      + "\"text\":{\"content\":\"h\\ti\"},"
                      + "\"client_message_id\":\"k\",\"reply_to_seq\":3}"));
      for (int n = random.nextInt(1, 3); n > 0; n--) {
        int at = random.nextInt(frame.length());
        int end = random.nextBoolean() ? at : Math.min(frame.length(), at + random.nextInt(4));
        frame.replace(at, end, random.nextInt(4) == 0 ? "" : pieces[random.nextInt(pieces.length)]);
      }
      String text = frame.toString();
      Request read;
      try {
        read = TextRequest.parse(text, TABLE);
      } catch (BadFrame e) {
        assertThrows(BadFrame.class, () -> TextRequest.general(text), text);
        continue;
      }
      if (!isGeneral(read)) {
        taken++;
        assertAlike(TextRequest.general(text), read);
      }
    }
    assertTrue(taken > 500, "only " + taken + " were read in one pass");
  }

  @Test
  void whatProgramsWrite_isReadInOnePass() throws Exception {
    for (String data :
        List.of(
            "{}",
            "{\"to_user_id\":\"5\",\"text\":{\"content\":\"你好\"},\"client_message_id\":\"k\"}",
            "{ \"toUserId\" : 5 , \"text\" : { \"content\" : \"a\\n#4f60\" } }"
                .replace("#", ESCAPE),
            "{\"text\":{\"content\":\"#d83d#de00\"}}".replace("#", ESCAPE))) {
      Request read = TextRequest.parse(frame(SEND, 9, data), TABLE);
      assertTrue(!isGeneral(read), data);
      assertAlike(TextRequest.general(frame(SEND, 9, data)), read);
    }
  }

  @Test
  void whatIsWrong_isToldAsBefore() {
    Stream.of("", "{", "[]", "{}", "{\"cmd\":\"ping\"} x", "{\"cmd\":1}", "{\"x\":1}", "\"")
        .forEach(
            text -> {
              BadFrame general =
                  assertThrows(BadFrame.class, () -> TextRequest.general(text), text);
              BadFrame read =
                  assertThrows(BadFrame.class, () -> TextRequest.parse(text, TABLE), text);
              assertEquals(general.fault().getMessage(), read.fault().getMessage());
            });
  }
}
