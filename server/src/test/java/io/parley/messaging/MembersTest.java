package io.parley.messaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.bus.GroupChange;
import io.parley.harness.HeldReaders;
import io.parley.harness.TestBus;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import io.parley.store.Db;
import io.parley.store.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersTest {
  @TempDir Path dir;

  /// What another server did was committed, and its message is here before the event.
  @Test
  void listOlderThanAChange_isReadAgain_thoughNoEventCame() {
    try (Db db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      TestClock clock = new TestClock();
      Members here =
          new Members(
              TestPlatform.over(db, clock, 0), message -> new byte[0], TestLimits.defaults());
      Members there =
          new Members(
              TestPlatform.over(db, clock, 1), message -> new byte[0], TestLimits.defaults());
      ConversationId group = new ConversationId(7);
      db.change(tx -> here.create(tx, group, new AccountId(1)));
      assertArrayEquals(new long[] {1}, here.of(group));
      clock.advance(Duration.ofSeconds(1));
      db.change(tx -> there.add(tx, group, new AccountId(2), new AccountId(2)));
      assertArrayEquals(new long[] {1}, here.of(group), "remembered");
      assertArrayEquals(new long[] {1}, here.of(group, 5), "an older change");
      assertArrayEquals(new long[] {1, 2}, here.of(group, changed(db, group)));
      clock.advance(Duration.ofSeconds(1));
      db.change(tx -> there.remove(tx, group, new AccountId(2), new AccountId(2)));
      assertArrayEquals(new long[] {1}, here.of(group, changed(db, group)));
      clock.advance(Duration.ofSeconds(1));
      db.change(tx -> there.removeAll(tx, group, new AccountId(1), List.of()));
      assertArrayEquals(new long[0], here.of(group, changed(db, group)));
    }
  }

  private static long changed(Db db, ConversationId group) {
    return db.read(
        tx ->
            new ConversationStore()
                .hold(tx, List.of(group.value())).stream()
                    .mapToLong(head -> ((Audience.Members) head.audience()).since())
                    .sum());
  }

  /// The bus asks for the members of a group that is not remembered; callers have all connections.
  @Test
  @Tag("patient")
  void membersForThePush_doNotWaitForCallers() throws Exception {
    try (Db db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      Members members =
          new Members(
              TestPlatform.over(db, new TestClock(), 0),
              message -> new byte[0],
              TestLimits.defaults());
      ConversationId group = new ConversationId(7);
      db.write(
          tx -> {
            members.create(tx, group, new AccountId(1));
            return group;
          });
      try (HeldReaders _ = new HeldReaders(db)) {
        assertArrayEquals(new long[] {1}, members.of(group));
        Fault fault = assertThrows(Fault.class, () -> members.groupCount(new AccountId(1)));
        assertEquals(FaultCode.BUSY, fault.code(), "callers themselves are told");
      }
    }
  }

  @Test
  void membersOfAGroup_areReadAgain_whereAnEventMayHaveBeenLost() throws Exception {
    try (Db db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      TestBus bus = new TestBus();
      Members here =
          new Members(
              TestPlatform.over(db, bus, new TestClock(), 1),
              message -> new byte[0],
              TestLimits.defaults());
      Members elsewhere =
          new Members(
              TestPlatform.over(db, new TestClock(), 2),
              message -> new byte[0],
              TestLimits.defaults());
      ConversationId group = new ConversationId(7);
      db.change(tx -> elsewhere.create(tx, group, new AccountId(1)));
      assertArrayEquals(new long[] {1}, here.of(group));
      db.change(tx -> elsewhere.add(tx, group, new AccountId(2), new AccountId(2)));
      assertArrayEquals(new long[] {1}, here.of(group), "unheard");
      bus.lose();
      assertArrayEquals(new long[] {1, 2}, here.of(group));
      db.change(tx -> elsewhere.remove(tx, group, new AccountId(1), new AccountId(1)));
      bus.publish(new Event.GroupChanged(group, new AccountId(1), GroupChange.LEFT, List.of()));
      assertArrayEquals(new long[] {2}, here.of(group));
    }
  }
}
