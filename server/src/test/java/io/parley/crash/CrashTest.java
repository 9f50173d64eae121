package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.base.Clock;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Promises 1 to 3 under SIGKILL and power cuts: senders that retry, devices that reconnect, a
/// server that dies at random moments. `-Dparley.crash.rounds=20` makes it die more often,
/// `-Dparley.crash.seed=` repeats a run.
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("parley.crash.rounds", 3);
  private static final int PEOPLE = 6;

  @TempDir(factory = OnDisk.class)
  Path dir;

  private final long seed = Long.getLong("parley.crash.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Ledger ledger = new Ledger();
  private final List<Client> people = new ArrayList<>();
  private final Map<String, Client> readers = new HashMap<>();
  private CrashServer server;
  private String group = "";

  @BeforeEach
  void startAndRegister() throws Exception {
    server = new CrashServer(dir);
    for (int i = 0; i < PEOPLE; i++) {
      people.add(Client.register(server.url(), "person-" + i));
    }
    group = people.get(0).post("/v1/groups", "{\"name\":\"all\"}").at("/group/id").asText();
    for (Client person : people) {
      person.post("/v1/groups/" + group + "/join", "{}");
    }
  }

  @AfterEach
  void kill() throws Exception {
    server.kill();
  }

  @Test
  void killedAtRandom_losesRepeatsAndReordersNothing() throws Exception {
    Load load = load();
    List<Device> devices = List.of(new Device(people.get(0)), new Device(people.get(1)));
    for (int round = 0; round < ROUNDS; round++) {
      run(devices);
      server.kill();
      server.start();
    }
    run(devices);
    load.finish();
    for (Device device : devices) {
      device.finish();
    }
    assertNoViolations();
    for (Device device : devices) {
      device.seen.forEach((conversation, ids) -> assertEquals(stored(conversation), ids));
    }
  }

  @Test
  void powerCut_losesNothing() throws Exception {
    Load load = load();
    for (int round = 0; round < ROUNDS; round++) {
      run();
      server.cutPower();
      server.start();
    }
    run();
    load.finish();
    assertNoViolations();
  }

  /// The same test against a server that does not sync must fail, or it proves nothing.
  @Test
  void powerCutWithoutSync_isNoticed() throws Exception {
    Load first = load();
    run();
    first.finish();
    server.cutPower();
    server.startWithoutSync();
    Load load = load("unsynced");
    run();
    server.cutPower();
    load.abandon();
    server.start();
    learnConversations();
    List<String> violations = ledger.violations(readers);
    assertTrue(
        violations.stream().anyMatch(text -> text.startsWith("lost: unsynced")),
        () -> "acknowledged writes must be missing, seed " + seed);
  }

  /// Likewise against a server that forgets what it has stored under a client message id.
  @Test
  void killWithoutDeduplication_isNoticed() throws Exception {
    server.kill();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("parley.db"));
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TRIGGER forget AFTER INSERT ON message BEGIN
            UPDATE message SET client_message_id = NULL WHERE id = NEW.id;
          END\
          """);
    }
    server.start();
    Load load = load();
    List<String> violations = List.of();
    for (int round = 0; round < 10 && violations.isEmpty(); round++) {
      run();
      server.kill();
      server.start();
      run();
      learnConversations();
      violations =
          ledger.violations(readers).stream()
              .filter(text -> text.startsWith("stored twice"))
              .toList();
    }
    load.finish();
    assertTrue(!violations.isEmpty(), () -> "retries must have been stored twice, seed " + seed);
  }

  private Load load() {
    return load("m");
  }

  /// Everyone writes to the next person and, every second one, to the group.
  private Load load(String name) {
    Load load = new Load(ledger);
    for (int i = 0; i < PEOPLE; i++) {
      Client to = people.get((i + 1) % PEOPLE);
      load.sender(people.get(i), "/v1/users/" + to.id + "/messages/text", name + "-user-" + i);
      if (i % 2 == 0) {
        load.sender(people.get(i), "/v1/groups/" + group + "/messages/text", name + "-group-" + i);
      }
    }
    return load;
  }

  private void assertNoViolations() throws Exception {
    learnConversations();
    assertTrue(ledger.acks.size() > 100, "too few messages to prove anything");
    assertEquals(List.of(), ledger.violations(readers), "seed " + seed);
    System.out.println(
        "crash: "
            + ledger.acks.size()
            + " acknowledged, 0 lost, 0 duplicated, 0 gaps, seed "
            + seed);
  }

  private void learnConversations() throws Exception {
    for (Client person : people) {
      for (JsonNode each : person.get("/v1/conversations?limit=200").get("conversation")) {
        readers.put(each.get("id").asText(), person);
      }
    }
  }

  private List<String> stored(String conversation) {
    try {
      return Ledger.history(Objects.requireNonNull(readers.get(conversation)), conversation)
          .stream()
          .map(message -> message.get("id").asText())
          .toList();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// The same, and until every device is live again: it has been pushed to since the last kill.
  private void run(List<Device> devices) {
    List<Integer> before = devices.stream().map(device -> device.pushes.get()).toList();
    run();
    long end = Clock.SYSTEM.nanos() + Duration.ofSeconds(30).toNanos();
    for (int i = 0; i < before.size(); i++) {
      while (devices.get(i).pushes.get() <= before.get(i)) {
        assertTrue(Clock.SYSTEM.nanos() < end, "a device gets no pushes");
        Clock.SYSTEM.sleep(Duration.ofMillis(5));
      }
    }
  }

  /// Lets the load run until a random number of messages more is acknowledged, and then a random
  /// moment longer: the kill falls anywhere in a commit.
  private void run() {
    int wanted = ledger.acks.size() + 40 + random.nextInt(120);
    long end = Clock.SYSTEM.nanos() + Duration.ofSeconds(30).toNanos();
    while (ledger.acks.size() < wanted) {
      assertTrue(Clock.SYSTEM.nanos() < end, "the server acknowledges nothing");
      Clock.SYSTEM.sleep(Duration.ofMillis(5));
    }
    Clock.SYSTEM.sleep(Duration.ofNanos(random.nextInt(20_000_000)));
  }
}
