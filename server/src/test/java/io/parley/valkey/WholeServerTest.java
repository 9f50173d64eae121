package io.parley.valkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.XAddArgs;
import io.parley.api.conversation.Message;
import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Node;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.bus.EventWire;
import io.parley.config.Config;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import io.parley.harness.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server as operators start it, and another node that the test plays.
@Timeout(60)
class WholeServerTest {
  @TempDir Path dir;

  @Test
  void eventsOfAnotherNode_arePushed_andALossAsksToPull() throws Exception {
    try (RedisProcess redis = RedisProcess.start(dir);
        TestServer server = TestServer.start(dir, Map.of("bus.url", redis.url()));
        GrpcPerson ann = GrpcPerson.register(server, "ann");
        LivePerson phone = new LivePerson(server, ann.token(), "phone");
        Server other = new Server(redis.url(), Duration.ofSeconds(1))) {
      Waiting.until(() -> metric(server, "parley_bus_up") == 1);
      // What it says is heard however long it takes to be heard itself.
      Server.Line line = other.connect(Duration.ZERO);
      Waiting.until(() -> !redis.command("keys", "{parley}:ev").isEmpty());
      say(line, 1, posted(ann.id(), 1));
      JsonNode push = phone.next();
      assertEquals("push.message", push.get("cmd").asText());
      assertEquals("77", push.at("/data/message/conversation_id").asText());
      say(line, 3, posted(ann.id(), 3));
      // The message waits a moment for the one before it.
      Set<String> then = new HashSet<>();
      while (!then.containsAll(Set.of("push.message", "push.sync"))) {
        then.add(phone.next().get("cmd").asText());
      }
      assertTrue(metric(server, "parley_bus_losses_total") >= 1);
    }
  }

  private static Event posted(long account, long seq) {
    AccountId ann = new AccountId(account);
    byte[] message = Message.newBuilder().setConversationId(77).setSeq(seq).build().toByteArray();
    return new Event.MessagePosted(
        new ConversationId(77), seq, (7L << 48) + 1, new Audience.Pair(ann, ann), message);
  }

  private static void say(Server.Line line, long number, Event event) {
    Envelope said =
        new Envelope(
            new Node(7, 1),
            Envelope.Kind.EVENTS,
            number,
            Clock.SYSTEM.millis(),
            List.of(EventWire.encode(event)));
    line.commands()
        .xadd(
            Shared.bytes("{parley}:ev"), new XAddArgs(), Map.of(Shared.bytes("e"), said.encode()));
  }

  @Test
  void serverThatCannotBeReached_holdsNothingUp() throws Exception {
    String nowhere = "redis://127.0.0.1:" + TestServer.freePort();
    try (TestServer server =
            TestServer.start(dir, Map.of("bus.url", nowhere, "bus.timeout_ms", "500"));
        GrpcPerson ann = GrpcPerson.register(server, "ann");
        LivePerson phone = new LivePerson(server, ann.token(), "phone");
        LivePerson desk = new LivePerson(server, ann.token(), "desk")) {
      Waiting.until(() -> metric(server, "parley_bus_up") == 0);
      phone.call(
          "message.MessageService/SendUserTextMessage",
          """
          {"to_user_id":%d,"text":{"content":"note"}}\
          """
              .formatted(ann.id()));
      JsonNode push = desk.next();
      while (!push.get("cmd").asText().equals("push.message")) {
        push = desk.next();
      }
      assertEquals("note", push.at("/data/message/text/content").asText());
    }
  }

  @Test
  void addressThatCannotBe_stopsTheStart_withoutBeingShown() {
    Config.Invalid e =
        assertThrows(
            Config.Invalid.class,
            () -> TestServer.start(dir, Map.of("bus.url", "redis://:secret@")).close());
    assertTrue(String.valueOf(e.getMessage()).contains("bus.url"));
    assertTrue(!String.valueOf(e.getMessage()).contains("secret"));
  }

  private static double metric(TestServer server, String name) {
    try {
      String text =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.managementUrl() + "/metrics")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return text.lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow(() -> new AssertionError(text));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
