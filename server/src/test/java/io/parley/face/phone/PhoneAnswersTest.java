package io.parley.face.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A phone's answers that cross what it is pushed.
class PhoneAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
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
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    Phone() {
      socket =
          HTTP.newWebSocketBuilder()
              .header("authorization", "Bearer " + ann.token())
              .buildAsync(
                  URI.create(server.url().replace("http:", "ws:") + "/android/websocket/"),
                  new Listener())
              .join();
    }

    void say(String text) {
      socket.sendText(text, true).join();
    }

    void send(String device, String message) {
      say(
          """
          {"status":1,"pushId":"%s","message":%s}\
          """
              .formatted(device, message));
    }

    JsonNode next() throws Exception {
      socket.request(1);
      String frame = frames.poll(10, TimeUnit.SECONDS);
      assertTrue(frame != null, "nothing came for 10 s");
      return JSON.readTree(frame);
    }

    String nextText() throws Exception {
      return next().at("/message/0/info/0/content").asText();
    }

    @Override
    public void close() {
      socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
      private final StringBuilder text = new StringBuilder();

      @Override
      public void onOpen(WebSocket opened) {}

      @Override
      public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
          frames.add(text.toString());
          text.setLength(0);
        } else {
          from.request(1);
        }
        return null;
      }
    }
  }
}
