package io.parley.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.api.conversation.Conversation;
import io.parley.api.conversation.SyncRequest;
import io.parley.api.conversation.SyncResponse;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.Waiting;
import java.io.IOException;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two servers that store messages at the same time.
@Timeout(120)
class SendsAtBothTest {
  private static final int MANY = 60;

  @TempDir Path dir;

  private TestServer start(String name) throws IOException {
    return new Fleet(dir).start(name, Map.of());
  }

  /// The answers of `MANY` sends from each of `senders`, all at once, in the order of the sends.
  private static <T> List<List<T>> all(List<IntFunction<T>> senders) throws InterruptedException {
    List<List<T>> answers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (IntFunction<T> sender : senders) {
      List<T> own = Collections.synchronizedList(new ArrayList<>(Collections.nCopies(MANY, null)));
      answers.add(own);
      for (int i = 0; i < MANY; i++) {
        int which = i;
        threads.add(Thread.startVirtualThread(() -> own.set(which, sender.apply(which))));
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return answers;
  }

  @Test
  void messageSentAtBoth_underOneClientId_isStoredOnce() throws Exception {
    try (TestServer one = start("one");
        TestServer two = start("two");
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson same = GrpcPerson.withToken(two, ann.token(), ann.id());
        GrpcPerson bob = GrpcPerson.register(one, "bob")) {
      List<List<Long>> ids =
          all(
              List.of(
                  i -> ann.text(bob.id(), "text " + i, "key " + i).getId(),
                  i -> same.text(bob.id(), "text " + i, "key " + i).getId()));
      assertEquals(ids.getFirst(), ids.getLast());
      assertEquals(MANY, sync(bob, "").getConversation(0).getLastSeq());
    }
  }

  @Test
  void conversationsThatBothBegin_areOneEach_withEverySeqOnce() throws Exception {
    try (TestServer one = start("one");
        TestServer two = start("two");
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson same = GrpcPerson.withToken(two, ann.token(), ann.id())) {
      List<GrpcPerson> others = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        others.add(GrpcPerson.register(i % 2 == 0 ? one : two, "other" + i));
      }
      int each = MANY / others.size();
      List<List<Long>> seqs =
          all(
              List.of(
                  i -> ann.text(others.get(i % 6).id(), "from one " + i, "").getSeq(),
                  // The same people in the other order.
                  i -> same.text(others.get(5 - i % 6).id(), "from two " + i, "").getSeq()));
      for (int who = 0; who < 6; who++) {
        Set<Long> given = new TreeSet<>();
        for (int i = 0; i < MANY; i++) {
          if (i % 6 == who) {
            given.add(seqs.getFirst().get(i));
          }
          if (5 - i % 6 == who) {
            given.add(seqs.getLast().get(i));
          }
        }
        assertEquals(
            LongStream.rangeClosed(1, 2L * each).boxed().collect(Collectors.toSet()), given);
      }
      others.forEach(GrpcPerson::close);
    }
  }

  /// A message that got its id before another that is seen already, and is stored after it: whoever
  /// asked for what is new in between must get it the next time.
  @Test
  void sync_passesNothingOver_thatIsStillBeingStored() throws Exception {
    try (TestServer one = start("one");
        TestServer two = start("two");
        GrpcPerson ann = GrpcPerson.register(one, "ann");
        GrpcPerson cat = GrpcPerson.register(two, "cat");
        GrpcPerson bob = GrpcPerson.register(two, "bob");
        Connection behind = new Fleet(dir).behind()) {
      long known = ann.text(bob.id(), "known", "").getId();
      cat.text(bob.id(), "known", "");
      String start = sync(bob, "").getNextCursor();
      boolean between = false;
      for (int round = 0; round < 40 && !between; round++) {
        String key = "key " + round;
        long seq = round + 2L;
        hold(behind, known, key);
        AtomicLong late = new AtomicLong();
        AtomicLong early = new AtomicLong();
        Thread slow =
            Thread.startVirtualThread(() -> late.set(ann.text(bob.id(), "slow", key).getId()));
        Thread other =
            Thread.startVirtualThread(() -> early.set(cat.text(bob.id(), "quick", key).getId()));
        // Unless a turn came between the two, which is waited for.
        other.join(Duration.ofMillis(200));
        Waiting.until(this::isWaiting);
        SyncResponse first = sync(bob, start);
        boolean seen = froms(first).contains(cat.id()) && !froms(first).contains(ann.id());
        behind.rollback();
        slow.join();
        other.join();
        between = seen && late.get() < early.get();
        SyncResponse second = sync(bob, first.getNextCursor());
        assertTrue(froms(second).contains(ann.id()), "round " + round + ": " + second);
        assertTrue(
            second.getConversationList().stream()
                .anyMatch(each -> each.getPeerUserId() == ann.id() && each.getLastSeq() == seq));
        start = sync(bob, second.getNextCursor()).getNextCursor();
      }
      assertTrue(between, "it came to what the test is about");
    }
  }

  private static SyncResponse sync(GrpcPerson who, String cursor) {
    return who.conversations().sync(SyncRequest.newBuilder().setCursor(cursor).build());
  }

  private static List<Long> froms(SyncResponse response) {
    return response.getConversationList().stream().map(Conversation::getPeerUserId).toList();
  }

  /// Has whoever stores a message under `key` wait until that is rolled back.
  private static void hold(Connection behind, long known, String key) throws SQLException {
    behind.setAutoCommit(false);
    try (Statement statement = behind.createStatement()) {
      statement.execute(
          "CREATE TEMP TABLE held ON COMMIT DROP AS SELECT * FROM message WHERE id = " + known);
      statement.execute("UPDATE held SET id = 1, seq = 1000000, client_message_id = '" + key + "'");
      statement.execute("INSERT INTO message SELECT * FROM held");
    }
  }

  /// Whether a message waits for another transaction's end.
  private boolean isWaiting() {
    try (Connection look = new Fleet(dir).behind();
        Statement statement = look.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 1 FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")) {
      return rows.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
