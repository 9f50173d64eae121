package io.parley.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.parley.api.admin.ListServersRequest;
import io.parley.api.admin.Server;
import io.parley.api.conversation.MarkReadRequest;
import io.parley.api.conversation.RecallRequest;
import io.parley.api.group.QuitGroupRequest;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.TextMessage;
import io.parley.api.session.LogoutRequest;
import io.parley.base.Clock;
import io.parley.config.Config;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import io.parley.harness.Waiting;
import io.parley.valkey.RedisProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole servers over one database, without and with a live way between them.
@Timeout(120)
class SeveralServersTest {
  @TempDir Path dir;

  private TestServer start(String name, Map<String, String> more) throws IOException {
    return new Fleet(dir).start(name, more);
  }

  private Map<String, String> flags(Map<String, String> more) {
    return new Fleet(dir).flags(more);
  }

  @Test
  void whatOneDoes_theOtherPushes_inItsOrder() throws Exception {
    try (TestServer one = start("one", Map.of());
        TestServer two = start("two", Map.of());
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson bob = GrpcPerson.register(two, "bob");
        LivePerson phone = new LivePerson(two, bob.token(), "phone")) {
      List<Long> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sent.add(ann.text(bob.id(), "text " + i, "").getSeq());
      }
      long last = ann.text(bob.id(), "nothing", "").getId();
      ann.conversations().recall(RecallRequest.newBuilder().setId(last).build());
      for (long seq : sent) {
        assertEquals(seq, next(phone, "push.message").at("/data/message/seq").asLong());
      }
      assertEquals(21, next(phone, "push.message").at("/data/message/seq").asLong());
      assertEquals(21, next(phone, "push.recall").at("/data/seq").asLong());
    }
  }

  @Test
  void logoutAtOne_endsTheSocketAndTheTokenAtAllOthers_withinASecond() throws Exception {
    try (TestServer one = start("one", Map.of());
        TestServer two = start("two", Map.of());
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson same = GrpcPerson.withToken(two, ann.token(), ann.id());
        LivePerson phone = new LivePerson(two, ann.token(), "phone")) {
      long group = same.createGroup("known");
      ann.sessions().logout(LogoutRequest.getDefaultInstance());
      long began = Clock.SYSTEM.nanos();
      next(phone, "closed");
      assertWithinASecondOf(began);
      GrpcPerson.assertFails(Status.Code.UNAUTHENTICATED, () -> same.group(group));
    }
  }

  @Test
  void memberWhoLeftAtOne_isPushedNothingMoreByAnother() throws Exception {
    try (TestServer one = start("one", Map.of());
        TestServer two = start("two", Map.of());
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson bob = GrpcPerson.register(two, "bob");
        LivePerson phone = new LivePerson(two, bob.token(), "phone")) {
      long group = ann.createGroup("lunch");
      bob.joinGroup(group);
      say(ann, group, "one");
      next(phone, "push.message");
      ann.groups()
          .quitGroup(QuitGroupRequest.newBuilder().setId(group).setUserId(bob.id()).build());
      say(ann, group, "two");
      ann.text(bob.id(), "sorry", "");
      JsonNode push = next(phone, "push.message");
      if (push.at("/data/message").has("system")) {
        // That it was taken out, which it may hear: it was a member when it was stored.
        push = next(phone, "push.message");
      }
      assertEquals("sorry", push.at("/data/message/text/content").asText());
    }
  }

  @Test
  void sendsAtAll_haveEverySeqOnce_andArePushedInTheirOrder() throws Exception {
    sendAtAll(Map.of());
  }

  @Test
  void sendsAtAll_withALiveWay_arePushedInTheirOrder() throws Exception {
    try (RedisProcess redis = RedisProcess.start(dir)) {
      sendAtAll(Map.of("bus.url", redis.url()));
    }
  }

  private void sendAtAll(Map<String, String> more) throws Exception {
    try (TestServer one = start("one", more);
        TestServer two = start("two", more);
        TestServer three = start("three", more);
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson bob = GrpcPerson.register(two, "bob");
        GrpcPerson cat = GrpcPerson.register(three, "cat");
        LivePerson phone = new LivePerson(one, ann.token(), "phone")) {
      long group = ann.createGroup("lunch");
      bob.joinGroup(group);
      cat.joinGroup(group);
      List<Long> seqs = Collections.synchronizedList(new ArrayList<>());
      List<Thread> senders = new ArrayList<>();
      for (GrpcPerson who : List.of(ann, bob, cat)) {
        senders.add(
            Thread.startVirtualThread(
                () -> {
                  for (int i = 0; i < 30; i++) {
                    seqs.add(say(who, group, "text"));
                  }
                }));
      }
      for (Thread sender : senders) {
        sender.join();
      }
      assertEquals(LongStream.rangeClosed(1, 90).boxed().toList(), seqs.stream().sorted().toList());
      assertPushedInOrder(phone, 90);
    }
  }

  /// Each once and none after a later one; where one lacks, the phone is asked to pull.
  private static void assertPushedInOrder(LivePerson phone, long upTo) throws Exception {
    List<Long> pushed = new ArrayList<>(List.of(0L));
    boolean isDue = false;
    while (pushed.getLast() < upTo || isDue) {
      JsonNode frame = phone.next();
      String cmd = frame.get("cmd").asText();
      if (cmd.equals("push.sync")) {
        isDue = false;
      } else if (cmd.equals("push.message")) {
        long seq = frame.at("/data/message/seq").asLong();
        assertTrue(seq > pushed.getLast(), () -> seq + " after " + pushed);
        isDue |= seq > pushed.getLast() + 1;
        pushed.add(seq);
      }
    }
  }

  @Test
  void withALiveWay_everythingIsPushedOnce() throws Exception {
    try (RedisProcess redis = RedisProcess.start(dir);
        TestServer one = start("one", Map.of("bus.url", redis.url()));
        TestServer two = start("two", Map.of("bus.url", redis.url()));
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson bob = GrpcPerson.register(two, "bob");
        LivePerson phone = new LivePerson(two, bob.token(), "phone")) {
      for (int i = 0; i < 5; i++) {
        ann.text(bob.id(), "text", "");
      }
      long id = ann.text(bob.id(), "last", "").getConversationId();
      for (int i = 0; i < 6; i++) {
        next(phone, "push.message");
      }
      for (long seq = 1; seq <= 6; seq++) {
        bob.conversations()
            .markRead(MarkReadRequest.newBuilder().setConversationId(id).setSeq(seq).build());
      }
      try (LivePerson desk = new LivePerson(one, ann.token(), "desk")) {
        bob.text(ann.id(), "seen", "");
        next(desk, "push.message");
        bob.conversations()
            .markRead(MarkReadRequest.newBuilder().setConversationId(id).setSeq(7).build());
        assertEquals(7, next(desk, "push.read").at("/data/seq").asLong());
        // Longer than it takes to find it in the store as well.
        Clock.SYSTEM.sleep(Duration.ofMillis(600));
        assertEquals(0, desk.waiting());
      }
    }
  }

  @Test
  void deviceThatConnectsAtTheOtherServer_replacesItsOlderSocket() throws Exception {
    connectAtBoth(Map.of());
  }

  @Test
  void deviceThatConnectsAtTheOtherServer_withALiveWay_replacesItsOlderSocket() throws Exception {
    try (RedisProcess redis = RedisProcess.start(dir)) {
      connectAtBoth(Map.of("bus.url", redis.url()));
    }
  }

  private void connectAtBoth(Map<String, String> more) throws Exception {
    try (TestServer one = start("one", more);
        TestServer two = start("two", more);
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        LivePerson desk = new LivePerson(one, ann.token(), "desk");
        LivePerson older = new LivePerson(one, ann.token(), "phone")) {
      Waiting.until(() -> hasArrived("phone"));
      try (LivePerson newer = new LivePerson(two, ann.token(), "phone")) {
        assertReplaced(older);
        try (LivePerson newest = new LivePerson(one, ann.token(), "phone")) {
          assertReplaced(newer);
          ann.text(ann.id(), "to all that are left", "");
          for (LivePerson each : List.of(desk, newest)) {
            assertEquals("push.message", each.next().get("cmd").asText());
          }
        }
      }
      for (int round = 0; round < 5; round++) {
        assertOneIsLeft(List.of(one, two), ann);
      }
    }
  }

  /// Whether the store has it: who came first is told there, a moment after the client's answer.
  private boolean hasArrived(String device) {
    try (Connection database = new Fleet(dir).behind();
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 1 FROM node_event WHERE position('" + device + "'::bytea IN event) > 0")) {
      return rows.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertReplaced(LivePerson who) throws InterruptedException {
    JsonNode frame = who.next();
    assertEquals("push.closing", frame.get("cmd").asText());
    assertEquals("replaced", frame.at("/data/reason").asText());
    assertEquals("closed", who.next().get("cmd").asText());
  }

  /// Of a device that connects to all of them at once.
  private static void assertOneIsLeft(List<TestServer> servers, GrpcPerson who) throws Exception {
    List<LivePerson> tablets = Collections.synchronizedList(new ArrayList<>());
    List<Thread> opening = new ArrayList<>();
    for (TestServer each : servers) {
      opening.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  tablets.add(new LivePerson(each, who.token(), "tablet"));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    for (Thread each : opening) {
      each.join();
    }
    assertEquals(servers.size(), tablets.size());
    // Longer than it takes to find it in the store as well.
    Clock.SYSTEM.sleep(Duration.ofMillis(900));
    int replaced = 0;
    for (LivePerson tablet : tablets) {
      boolean isClosed = false;
      while (tablet.waiting() > 0) {
        isClosed |= tablet.next().get("cmd").asText().equals("closed");
      }
      replaced += isClosed ? 1 : 0;
    }
    assertEquals(1, replaced);
    tablets.forEach(LivePerson::close);
  }

  @Test
  void liveWayThatIsLost_holdsNoLogoutUp() throws Exception {
    try (RedisProcess redis = RedisProcess.start(dir);
        TestServer one = start("one", Map.of("bus.url", redis.url(), "bus.timeout_ms", "500"));
        TestServer two = start("two", Map.of("bus.url", redis.url(), "bus.timeout_ms", "500"));
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson bob = GrpcPerson.register(one, "bob");
        LivePerson phone = new LivePerson(two, ann.token(), "phone")) {
      redis.kill();
      bob.text(ann.id(), "are you there?", "");
      next(phone, "push.message");
      ann.sessions().logout(LogoutRequest.getDefaultInstance());
      long began = Clock.SYSTEM.nanos();
      next(phone, "closed");
      assertWithinASecondOf(began);
    }
  }

  /// It heard nothing for a second, so it believes nothing that it remembers.
  @Test
  void serverThatCannotReadWhatOthersDo_asksTheStore() throws Exception {
    try (TestServer one = start("one", Map.of());
        TestServer two = start("two", Map.of());
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson same = GrpcPerson.withToken(two, ann.token(), ann.id())) {
      long group = same.createGroup("known");
      same.group(group);
      try (Connection behind = behind();
          Statement statement = behind.createStatement()) {
        // Without a trace for others, as if it could not be read.
        statement.execute("DELETE FROM session WHERE account_id = " + ann.id());
        same.group(group);
        statement.execute("ALTER TABLE node_event RENAME TO node_event_away");
        Waiting.until(() -> refuses(same, group));
        statement.execute("ALTER TABLE node_event_away RENAME TO node_event");
      }
    }
  }

  private static boolean refuses(GrpcPerson who, long group) {
    try {
      who.group(group);
      return false;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.UNAUTHENTICATED;
    }
  }

  @Test
  void serverWithOtherSecrets_isRefused() throws Exception {
    try (TestServer one = start("one", Map.of())) {
      Config.Invalid refused =
          assertThrows(
              Config.Invalid.class,
              () -> TestServer.start(dir.resolve("strange"), flags(Map.of())).close());
      assertTrue(String.valueOf(refused.getMessage()).contains("keys/"), refused::getMessage);
      assertTrue(one.port() > 0);
    }
  }

  @Test
  void serversAreListed_whileTheyAreThere() throws Exception {
    try (TestServer one = start("one", Map.of())) {
      try (TestServer two = start("two", Map.of())) {
        assertTrue(two.port() != one.port());
        assertEquals(List.of(0L, 1L), numbers());
      }
      assertEquals(List.of(0L), numbers());
      try (TestServer again = start("two", Map.of())) {
        assertTrue(again.port() > 0);
        assertEquals(List.of(0L, 1L), numbers());
      }
    }
  }

  @Test
  void eachListsAll_withTheirFigures_andOneThatDiedAsDead() throws Exception {
    try (TestServer one = start("one", Map.of());
        TestServer two = start("two", Map.of());
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson atTwo = GrpcPerson.withToken(two, ann.token(), ann.id());
        GrpcPerson bob = GrpcPerson.register(one, "bob");
        LivePerson phone = new LivePerson(two, ann.token(), "phone")) {
      GrpcPerson.assertFails(Status.Code.PERMISSION_DENIED, () -> servers(ann));
      assertEquals(0, TestServer.command(dir.resolve("one"), granting()));
      for (GrpcPerson who : List.of(ann, atTwo)) {
        Waiting.until(() -> mayAsk(who) && sockets(who).equals(List.of(0L, 1L)));
        for (Server each : servers(who)) {
          assertTrue(each.getAlive() && each.hasCurrent() && each.hasMessages(), each::toString);
          assertTrue(each.getHeapBytes() < each.getHeapMaxBytes(), each::toString);
          assertTrue(each.getDiskFreeBytes() > 0, each::toString);
        }
      }
      assertEquals(
          one.port(), Integer.parseInt(servers(ann).getFirst().getAddress().split(":")[1]));
      bob.text(ann.id(), "hello", "");
      next(phone, "push.message");
      Waiting.until(() -> servers(atTwo).get(0).getMessages() > 0);
      assertEquals(0, servers(atTwo).get(1).getMessages());
      dieSilently();
      assertEquals(
          List.of(true, true, false), servers(ann).stream().map(Server::getAlive).toList());
      Server dead = servers(ann).getLast();
      assertTrue(dead.getSilentMs() >= 60_000, dead::toString);
      assertEquals(5, dead.getSockets());
      assertFalse(dead.hasMessages() || dead.hasCurrent(), dead::toString);
    }
  }

  private static boolean mayAsk(GrpcPerson who) {
    try {
      return !servers(who).isEmpty();
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private static List<Server> servers(GrpcPerson who) {
    return who.admin().listServers(ListServersRequest.getDefaultInstance()).getServerList();
  }

  private static List<Long> sockets(GrpcPerson who) {
    return servers(who).stream().map(Server::getSockets).toList();
  }

  private String[] granting() {
    List<String> words = new ArrayList<>(List.of("account", "grant", "ann", "admin"));
    flags(Map.of()).forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    return words.toArray(new String[0]);
  }

  /// What a third server leaves that was killed a minute ago, by the database's clock.
  private void dieSilently() throws SQLException {
    try (Connection behind = behind();
        Statement statement = behind.createStatement()) {
      statement.execute(
          """
          INSERT INTO node (number, epoch, batch, beat_at, started_at, address, version, figures)
          SELECT 2, epoch, 0, beat_at - 61000, started_at, 'gone:80', version,
            '{"sockets":5,"messages":"many","moons":2}' FROM node WHERE number = 0
          """);
    }
  }

  @Test
  void commandOfOneOfThem_listsAll() throws Exception {
    try (TestServer one = start("one", Map.of());
        TestServer two = start("two", Map.of())) {
      String text = printed("node", "list");
      for (TestServer each : List.of(one, two)) {
        assertTrue(
            text.lines()
                .anyMatch(
                    line ->
                        line.contains(":" + each.port() + " ")
                            && line.contains(" messages/s, ")
                            && line.endsWith("alive")),
            text);
      }
    }
    assertEquals("", printed("node", "list"));
  }

  private String printed(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      List<String> all = new ArrayList<>(List.of(words));
      flags(Map.of()).forEach((key, value) -> all.addAll(List.of("--set", key + "=" + value)));
      assertEquals(0, TestServer.command(dir.resolve("one"), all.toArray(new String[0])));
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private List<Long> numbers() throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (Connection behind = behind();
        Statement statement = behind.createStatement();
        var rows =
            statement.executeQuery("SELECT number FROM node WHERE beat_at > 0 ORDER BY number")) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    return numbers;
  }

  private Connection behind() throws SQLException {
    return new Fleet(dir).behind();
  }

  private static long say(GrpcPerson who, long group, String text) {
    return who.messages()
        .sendGroupTextMessage(
            SendGroupTextMessageRequest.newBuilder()
                .setToGroupId(group)
                .setText(TextMessage.newBuilder().setContent(text))
                .build())
        .getSeq();
  }

  /// The next frame of that kind; what is not, is passed over.
  private static JsonNode next(LivePerson who, String cmd) throws InterruptedException {
    while (true) {
      JsonNode frame = who.next();
      if (frame.get("cmd").asText().equals(cmd)) {
        return frame;
      }
    }
  }

  private static void assertWithinASecondOf(long began) {
    long took = Clock.SYSTEM.nanos() - began;
    assertTrue(took < Duration.ofSeconds(1).toNanos(), () -> took / 1_000_000 + " ms");
  }
}
