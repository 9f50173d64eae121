package io.parley.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.parley.api.gateway.RegisterRequest;
import io.parley.api.gateway.SendToAllRequest;
import io.parley.api.gateway.UnRegisterRequest;
import io.parley.base.Clock;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestGateway;
import io.parley.harness.TestServer;
import io.parley.harness.Waiting;
import io.parley.valkey.RedisProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Gateways whose stream is at another server than the calls that are about them, without and with
/// a live way between the servers.
@ParameterizedClass
@ValueSource(booleans = {false, true})
@Timeout(120)
class GatewaysAmongServersTest {
  @Parameter boolean isLive;

  @TempDir Path dir;
  private @Nullable RedisProcess redis;
  private TestServer one;
  private TestServer two;

  @BeforeEach
  void start() throws Exception {
    redis = isLive ? RedisProcess.start(dir) : null;
    one = server("one");
    two = server("two");
  }

  private TestServer server(String name) throws Exception {
    Map<String, String> keys = new HashMap<>();
    keys.put(
        "security.service_tokens",
        "[{name: gw, token: " + TestGateway.TOKEN + ", rights: [gateway]}]");
    keys.put("limits.gateway_clients_max", "55");
    if (redis != null) {
      keys.put("bus.url", redis.url());
    }
    return new Fleet(dir).start(name, keys);
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
    if (redis != null) {
      redis.close();
    }
  }

  /// The unary calls of a gateway by way of another server than that of its stream.
  private static TestGateway at(TestServer server, String id) {
    return new TestGateway(server, id, TestGateway.TOKEN);
  }

  private static void unregister(TestGateway by, String id, long client) {
    by.unary()
        .unRegister(
            UnRegisterRequest.newBuilder()
                .setGatewayId(id)
                .setClientId(Long.toString(client))
                .build());
  }

  private static void refused(Status.Code code, Runnable call) {
    Callable<Object> called =
        () -> {
          call.run();
          return "done";
        };
    GrpcPerson.assertFails(code, called);
  }

  @Test
  void registerAndUnregisterAtTheOtherServer_areDoneWhenTheyAreAnswered() {
    try (GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson bob = GrpcPerson.register(two, "bob");
        TestGateway stream = TestGateway.bound(one, "g");
        TestGateway other = at(two, "g")) {
      for (int i = 0; i < 3; i++) {
        other.register(ann.id());
        bob.text(ann.id(), "text " + i, "");
        assertTrue(stream.expect("B101", 0).getData().toStringUtf8().contains("text " + i));
        stream.send(
            "B101",
            7,
            Long.toString(ann.id()),
            """
            {"type":"text","data":{"receiver_id":"%d","content":"hello"}}\
            """
                .formatted(bob.id()));
        assertEquals(0, stream.expect("B101", 7).getError().getErrorCode());
        unregister(other, "g", ann.id());
        bob.text(ann.id(), "not here", "");
        // Pushed in their order: what comes first of the next round is the proof.
      }
      stream.expectNothing();
    }
  }

  @Test
  void faultsOfTheHolder_areThoseOfOneServer() {
    try (GrpcPerson ann = GrpcPerson.register(one, "ann");
        TestGateway stream = TestGateway.bound(one, "g");
        TestGateway other = at(two, "g")) {
      for (TestGateway each : List.of(stream, other)) {
        refused(Status.Code.NOT_FOUND, () -> each.register(4711));
        refused(Status.Code.INVALID_ARGUMENT, () -> each.register(-1));
        unregister(each, "g", ann.id());
      }
      for (TestServer each : List.of(one, two)) {
        try (TestGateway unknown = at(each, "unknown")) {
          refused(Status.Code.FAILED_PRECONDITION, () -> unknown.register(ann.id()));
          refused(Status.Code.FAILED_PRECONDITION, () -> unregister(unknown, "unknown", ann.id()));
        }
      }
    }
  }

  @Test
  void streamThatEnded_isHeldByNoServer() {
    try (GrpcPerson ann = GrpcPerson.register(one, "ann");
        TestGateway stream = TestGateway.bound(one, "g");
        TestGateway other = at(two, "g")) {
      other.register(ann.id());
      stream.end();
      assertEquals(Status.Code.OK, stream.ended().getCode());
      Waiting.until(() -> number("SELECT COUNT(*) FROM gateway_stream") == 0);
      refused(Status.Code.FAILED_PRECONDITION, () -> other.register(ann.id()));
    }
  }

  @Test
  void firstFrameAndEndAtOnce_areAnswered() {
    try (TestGateway stream = at(one, "g")) {
      stream.send("A001", 1, "", "");
      stream.end();
      stream.expect("A002", 1);
      assertEquals(Status.Code.OK, stream.ended().getCode());
      Waiting.until(() -> number("SELECT COUNT(*) FROM gateway_stream") == 0);
    }
  }

  @Test
  void newerStreamAtTheOtherServer_takesTheGatewayOver_andBack() {
    try (GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson bob = GrpcPerson.register(two, "bob");
        TestGateway first = TestGateway.bound(one, "g")) {
      first.register(ann.id());
      try (TestGateway second = TestGateway.bound(two, "g")) {
        first.register(ann.id()); // At once, by way of the server that had it.
        assertTakenOver(first.ended());
        bob.text(ann.id(), "to the second", "");
        assertTrue(second.expect("B101", 0).getData().toStringUtf8().contains("to the second"));
        try (TestGateway third = TestGateway.bound(one, "g")) {
          second.register(ann.id());
          assertTakenOver(second.ended());
          bob.text(ann.id(), "to the third", "");
          assertTrue(third.expect("B101", 0).getData().toStringUtf8().contains("to the third"));
        }
      }
    }
  }

  private static void assertTakenOver(Status status) {
    assertEquals(Status.Code.FAILED_PRECONDITION, status.getCode());
    assertEquals("gateway_id: a newer stream has taken over", status.getDescription());
  }

  @Test
  void streamsOfOneGatewayAtBothServers_leaveOne() throws Exception {
    for (int round = 0; round < 5; round++) {
      String id = "g" + round;
      try (TestGateway here = at(one, id);
          TestGateway there = at(two, id);
          GrpcPerson ann = GrpcPerson.register(one, "ann" + round)) {
        here.send("A001", 1, "", "");
        there.send("A001", 1, "", "");
        Waiting.until(() -> here.hasEnded() != there.hasEnded());
        TestGateway left = here.hasEnded() ? there : here;
        here.register(ann.id());
        there.register(ann.id());
        left.expect("A002", 1);
        left.expectNothing();
      }
    }
  }

  @Test
  void serverThatIsGone_holdsNothing_andOneThatFellSilentIsWaitedForBriefly() {
    change(
        "INSERT INTO node (number, epoch, batch, beat_at, started_at, address, version)"
            + " VALUES (77, 5, 0, 0, 0, '', '')");
    change("INSERT INTO gateway_stream VALUES ('old', 77, 4, 1), ('lost', 77, 5, 2)");
    try (GrpcPerson ann = GrpcPerson.register(one, "ann");
        TestGateway old = at(two, "old");
        TestGateway lost = at(two, "lost")) {
      refused(Status.Code.FAILED_PRECONDITION, () -> lost.register(ann.id()));
      change("UPDATE node SET beat_at = " + Clock.SYSTEM.millis() + " WHERE number = 77");
      long began = Clock.SYSTEM.nanos();
      refused(Status.Code.UNAVAILABLE, () -> lost.register(ann.id()));
      long tookMs = (Clock.SYSTEM.nanos() - began) / 1_000_000;
      assertTrue(tookMs >= 2_900 && tookMs < 5_000, () -> tookMs + " ms");
      // The number is there, and not the one that held it.
      refused(Status.Code.FAILED_PRECONDITION, () -> old.register(ann.id()));
    }
    TestGateway.bound(one, "fresh").close();
    assertEquals(1, number("SELECT COUNT(*) FROM gateway_stream WHERE node = 77"));
  }

  @Test
  void holderThatStopped_hasLostItsRegistrations() throws Exception {
    try (GrpcPerson ann = GrpcPerson.register(two, "ann");
        GrpcPerson bob = GrpcPerson.register(two, "bob");
        TestGateway other = at(two, "g")) {
      try (TestGateway stream = TestGateway.bound(one, "g")) {
        other.register(ann.id());
        one.close();
        assertEquals(Status.Code.UNAVAILABLE, stream.ended().getCode());
      }
      refused(Status.Code.FAILED_PRECONDITION, () -> other.register(ann.id()));
      one = server("one");
      refused(Status.Code.FAILED_PRECONDITION, () -> other.register(ann.id()));
      try (TestGateway again = TestGateway.bound(one, "g")) {
        bob.text(ann.id(), "nobody is registered", "");
        other.register(ann.id());
        bob.text(ann.id(), "now", "");
        assertTrue(again.expect("B101", 0).getData().toStringUtf8().contains("now"));
      }
    }
  }

  @Test
  void fiftyRegistersAtOnce_areAllDone_andSendToAllReachesTheClientsOfEveryServer()
      throws Exception {
    List<GrpcPerson> people = new ArrayList<>();
    try (TestGateway here = TestGateway.bound(one, "here");
        TestGateway there = TestGateway.bound(two, "there")) {
      for (int i = 0; i < 50; i++) {
        people.add(GrpcPerson.register(one, "person" + i));
      }
      List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
      List<Thread> calls = new ArrayList<>();
      for (GrpcPerson each : people) {
        calls.add(
            Thread.startVirtualThread(
                () -> {
                  try {
                    there
                        .unary()
                        .register(
                            RegisterRequest.newBuilder()
                                .setGatewayId("here")
                                .setClientId(Long.toString(each.id()))
                                .build());
                  } catch (StatusRuntimeException e) {
                    failures.add(e);
                  }
                }));
      }
      for (Thread call : calls) {
        call.join();
      }
      assertEquals(List.of(), failures);
      there.register(people.getFirst().id());
      there
          .unary()
          .sendToAll(
              SendToAllRequest.newBuilder().setData(ByteString.copyFromUtf8("to all")).build());
      List<Long> reached = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        var frame = here.expect("B103", 0);
        assertEquals("to all", frame.getData().toStringUtf8());
        reached.add(Long.parseLong(frame.getReceiverId()));
      }
      assertEquals(
          people.stream().map(GrpcPerson::id).sorted().toList(),
          reached.stream().sorted().toList());
      there.expect("B103", 0);
      here.expectNothing();
      there.expectNothing();
    } finally {
      people.forEach(GrpcPerson::close);
    }
  }

  // --- the store

  private long number(String sql) {
    try (Connection behind = new Fleet(dir).behind();
        Statement statement = behind.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void change(String sql) {
    try (Connection behind = new Fleet(dir).behind();
        Statement statement = behind.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
