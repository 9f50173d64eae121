package io.parley.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Ids;
import io.parley.base.MessageId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Engine;
import io.parley.store.Tx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes over one store; each message says which node it came in at.
class RedeliveringTest {
  private static final ConversationId PAIR = new ConversationId(7);
  private static final ConversationId GROUP = new ConversationId(8);
  private static final AccountId ANN = new AccountId(1);
  private static final AccountId BOB = new AccountId(2);

  @TempDir Path dir;
  private final TestClock clock = new TestClock();
  private Db db;
  private Redelivering redelivering;

  @BeforeEach
  void open() {
    db = Engine.SQLITE.open(dir, TestLimits.defaults());
    Platform platform = TestPlatform.over(db, clock, 1);
    redelivering =
        new Redelivering(
            platform,
            message -> String.valueOf(message.content()).getBytes(StandardCharsets.UTF_8));
    ConversationStore conversations = new ConversationStore();
    db.change(
        tx -> {
          conversations.insert(tx, PAIR, ANN, BOB, 0, 0);
          conversations.insert(tx, GROUP, 0);
        });
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void messages_areThoseOfTheNode_inTheOrderOfTheirIds_withTheirAudience() {
    Ids one = new Ids(clock, 1);
    Ids two = new Ids(clock, 2);
    long early = store(one, PAIR, 1);
    store(one, PAIR, 2);
    store(two, PAIR, 3);
    store(one, GROUP, 1);
    store(two, GROUP, 2);
    List<Event.MessagePosted> ofTwo = all(0, 2);
    assertEquals(List.of(3L, 2L), ofTwo.stream().map(Event.MessagePosted::seq).toList());
    assertEquals(new Audience.Pair(ANN, BOB), ofTwo.getFirst().audience());
    assertEquals(new Audience.Members(), ofTwo.getLast().audience());
    assertEquals(0, ofTwo.getFirst().origin());
    assertEquals(3, all(0, 1).size());
    assertEquals(2, all(early, 1).size());
    assertEquals(2, all(0, -2).size(), "of all but node 1");
    assertEquals(5, all(0, -4).size(), "of all but node 3");
  }

  @Test
  void manyMessages_comeInPages_andTheEndIsSeen() {
    Ids two = new Ids(clock, 2);
    db.change(
        tx -> {
          for (int seq = 1; seq <= 450; seq++) {
            insert(tx, new MessageId(two.next()), PAIR, seq);
          }
        });
    List<Event.MessagePosted> some = new ArrayList<>();
    long above = redelivering.read(0, 2, (event, id) -> some.add(event));
    assertEquals(200, some.size());
    assertEquals(200, some.getLast().seq());
    assertEquals(450, all(0, 2).size());
    assertEquals(250, all(above, 2).size());
  }

  private List<Event.MessagePosted> all(long above, int node) {
    List<Event.MessagePosted> found = new ArrayList<>();
    long last = above - 1;
    long next = above;
    while (next != last) {
      last = next;
      next = redelivering.read(last, node, (event, id) -> found.add(event));
    }
    return found;
  }

  private long store(Ids ids, ConversationId conversation, long seq) {
    MessageId id = new MessageId(ids.next());
    db.change(tx -> insert(tx, id, conversation, seq));
    clock.advance(Duration.ofMillis(1));
    return id.value();
  }

  private static void insert(Tx tx, MessageId id, ConversationId conversation, long seq) {
    Content.Text text = new Content.Text("no " + seq);
    Target target = new Target.Group(conversation);
    Message message =
        new Message(
            id,
            conversation,
            seq,
            ANN,
            target,
            List.of(),
            Content.Text.KIND,
            text,
            null,
            0,
            "",
            0,
            null,
            null,
            List.of(),
            0,
            Message.Mark.NONE);
    new MessageStore().insert(tx, List.of(new MessageStore.Row(message, text, null)));
  }
}
