package io.parley.face.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import io.parley.harness.TextSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A phone's answers that cross what it is pushed.
class PhoneAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OK = quoted("ok");
  private static final String HEARTBEAT = quoted("");

  @RegisterExtension private final TestWorld world = new TestWorld();
  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson bob = world.register("bob");

  @Test
  void okThatCrossesAPush_acknowledgesWhatWasReadBefore() throws Exception {
    answerThatCrosses(OK);
  }

  @Test
  void chatAnswerThatCrossesAPush_acknowledgesWhatWasReadBefore() throws Exception {
    answerThatCrosses(chatAnswer());
  }

  private void answerThatCrosses(String answer) throws Exception {
    String device = bound(new Phone());
    try (Phone phone = new Phone();
        Phone witness = new Phone()) {
      bind(phone, device);
      bound(witness);
      bob.text(ann.id(), "one", "");
      assertEquals("one", phone.nextText());
      assertEquals("one", witness.nextText());
      bob.text(ann.id(), "two", "");
      // On its way to the one as well, which does not read.
      assertEquals("two", witness.nextText());
      phone.send(device, answer);
      phone.send(device, HEARTBEAT);
      assertEquals("two", phone.nextText(), "it has come meanwhile, and is not answered");
      phone.next();
    }
    try (Phone back = new Phone()) {
      bind(back, device);
      assertEquals("two", back.nextText());
      acknowledge(back, device, answer);
      assertNothingWaits(back, device);
    }
    try (Phone back = new Phone()) {
      bind(back, device);
      assertNothingWaits(back, device);
    }
  }

  @Test
  void oneAnswerToAllThatWasRead_acknowledgesAll() throws Exception {
    for (String answer : new String[] {OK, chatAnswer()}) {
      String device;
      try (Phone phone = new Phone()) {
        device = bound(phone);
        for (String text : new String[] {"one", "two", "three"}) {
          bob.text(ann.id(), text, "");
          assertEquals(text, phone.nextText());
        }
        acknowledge(phone, device, answer);
        assertNothingWaits(phone, device);
      }
      try (Phone back = new Phone()) {
        bind(back, device);
        assertNothingWaits(back, device);
      }
    }
  }

  private static String quoted(String word) {
    return '"' + word + '"';
  }

  private String chatAnswer() {
    return """
    {"fromId":"%d","toId":"%d","chatId":"","content":"ok"}\
    """
        .formatted(bob.id(), ann.id());
  }

  /// The acknowledgement of one chat has an answer, that of all has none.
  private static void acknowledge(Phone phone, String device, String answer) throws Exception {
    phone.send(device, answer);
    if (!answer.equals(OK)) {
      assertEquals("ok", phone.next().get("message").asText());
    }
  }

  private static void assertNothingWaits(Phone phone, String device) throws Exception {
    phone.send(device, HEARTBEAT);
    assertEquals("ok", phone.next().get("message").asText());
  }

  private static String bound(Phone phone) throws Exception {
    phone.say("{\"status\":0,\"pushId\":\"\",\"message\":\"start\"}");
    return phone.next().get("pushId").asText();
  }

  private static void bind(Phone phone, String device) throws Exception {
    phone.say(
        """
        {"status":0,"pushId":"%s","message":"restart"}\
        """
            .formatted(device));
    assertEquals("ok", phone.next().get("message").asText());
  }

  /// Reads a frame, pings in front of it included, only when it is asked for the next.
  private final class Phone implements AutoCloseable {
    private final TextSocket socket =
        new TextSocket(server, "/android/websocket/", 0, "authorization", "Bearer " + ann.token());

    void say(String text) {
      socket.say(text);
    }

    void send(String device, String message) {
      say(
          """
          {"status":1,"pushId":"%s","message":%s}\
          """
              .formatted(device, message));
    }

    JsonNode next() throws Exception {
      return JSON.readTree(socket.next());
    }

    String nextText() throws Exception {
      return next().at("/message/0/info/0/content").asText();
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
