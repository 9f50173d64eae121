package io.parley.messaging;

import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.FaultCode;
import io.parley.base.MessageId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.harness.CoreWorld;
import io.parley.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Reading a conversation, the mark of how far, and taking messages back.
class MessagingTest {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  @RegisterExtension
  static final CoreWorld world =
      new CoreWorld(Map.of("limits.history_max", "60", "limits.recall_window_s", "60"));

  private static final Chats chats = new Chats(world);

  private static List<Long> history(
      Caller caller, ConversationId id, @Nullable Long after, @Nullable Long before, int limit) {
    return world.core().messaging.history(caller, id, after, before, limit).stream()
        .map(Message::seq)
        .toList();
  }

  private static List<Long> seqs(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Long::valueOf).toList();
  }

  @Test
  void history_isAscending_betweenBoundsThatAreNotInIt() {
    Caller ann = world.somebody("ann-1");
    Caller bob = world.somebody("bob-1");
    ConversationId id =
        world
            .core()
            .messaging
            .sendAll(
                ann, IntStream.range(0, 70).mapToObj(i -> Chats.draft(bob, "no " + i)).toList())
            .getFirst()
            .conversation();
    assertEquals(seqs(21, 70), history(bob, id, null, null, 0));
    assertEquals(seqs(11, 70), history(bob, id, null, null, 100));
    assertEquals(seqs(68, 70), history(bob, id, null, null, 3));
    assertEquals(seqs(2, 4), history(bob, id, null, 5L, 3));
    assertEquals(seqs(6, 8), history(bob, id, 5L, null, 3));
    assertEquals(seqs(6, 7), history(bob, id, 5L, 8L, 3));
    assertEquals(seqs(69, 70), history(bob, id, 68L, 1_000L, 3));
    assertEquals(List.of(), history(bob, id, 70L, null, 3));
    assertEquals(List.of(), history(bob, id, null, 0L, 3));
    // The wire has no sign: these are larger than any.
    assertEquals(seqs(70, 70), history(bob, id, null, -1L, 1));
    assertEquals(List.of(), history(bob, id, -1L, null, 1));
  }

  @Test
  void history_isForThoseWhoAreOrWereIn_andTheseSeeWhatWasSentUntilThen() {
    Caller ann = world.somebody("ann-2");
    Caller bob = world.somebody("bob-2");
    Caller cat = world.somebody("cat-2");
    ConversationId group = chats.group(ann, bob);
    chats.say(ann, group, "one");
    chats.leave(bob, group);
    chats.say(ann, group, "two");
    assertEquals(
        List.of(1L, 2L), history(bob, group, null, null, 0), "the line of its leaving too");
    assertEquals(List.of(1L, 2L), history(bob, group, 0L, null, 0));
    assertEquals(List.of(1L, 2L), history(bob, group, null, 100L, 0));
    refused(FaultCode.FORBIDDEN, () -> history(cat, group, null, null, 0));
    refused(FaultCode.NOT_FOUND, () -> history(cat, new ConversationId(5), null, null, 0));
    world.core().db.change(tx -> world.core().members.setSecret(tx, group, true));
    refused(FaultCode.NOT_FOUND, () -> history(cat, group, null, null, 0));
    assertEquals(List.of(1L, 2L), history(bob, group, null, null, 0));
  }

  @Test
  void readMark_goesForwardOnly_notBeyondTheNewest_andIsToldOnce() {
    Caller ann = world.somebody("ann-3");
    Caller bob = world.somebody("bob-3");
    ConversationId id = chats.say(ann, bob, "one").conversation();
    chats.say(ann, bob, "two");
    chats.say(ann, bob, "three");
    world.events();
    read(bob, id, 0);
    assertEquals(0, chats.of(bob, id).readSeq());
    read(bob, id, 2);
    read(bob, id, 2);
    read(bob, id, 1);
    assertEquals(2, chats.of(bob, id).readSeq());
    assertEquals(1, chats.of(bob, id).unread());
    assertEquals(2, chats.of(ann, id).peerReadSeq());
    read(bob, id, 1_000);
    assertEquals(3, chats.of(bob, id).readSeq());
    Audience pair = new Audience.Pair(ann.requireAccount(), bob.requireAccount());
    assertEquals(
        List.of(
            new Event.ReadMarked(id, 2, bob.requireAccount(), pair),
            new Event.ReadMarked(id, 3, bob.requireAccount(), pair)),
        world.events());
    chats.say(ann, bob, "four");
    read(bob, id, -1);
    assertEquals(4, chats.of(bob, id).readSeq(), "the wire has no sign: larger than any");
  }

  @Test
  void readMark_acrossABlock_movesUntold() {
    Caller ann = world.somebody("ann-4");
    Caller bob = world.somebody("bob-4");
    ConversationId id = chats.say(ann, bob, "one").conversation();
    chats.block(ann, bob);
    world.events();
    read(bob, id, 1);
    assertEquals(1, chats.of(bob, id).readSeq());
    assertEquals(0, chats.of(ann, id).peerReadSeq());
    assertEquals(List.of(), world.events());
  }

  @Test
  void readMark_inAGroup_isToldToAllButWhomABlockSeparates_andOfWhoLeftToItself() {
    Caller ann = world.somebody("ann-5");
    Caller bob = world.somebody("bob-5");
    ConversationId group = chats.group(ann, bob);
    chats.say(ann, group, "one");
    chats.say(ann, group, "two");
    chats.say(ann, group, "three");
    world.events();
    read(bob, group, 1);
    chats.block(ann, bob);
    read(bob, group, 2);
    chats.leave(bob, group);
    read(bob, group, 3);
    assertEquals(
        List.of(
            new Audience.Members(),
            new Audience.MembersBut(Set.of(ann.requireAccount().value())),
            new Audience.Pair(bob.requireAccount(), bob.requireAccount())),
        world.events(Event.ReadMarked.class).stream().map(Event.ReadMarked::audience).toList());
    assertEquals(0, chats.of(ann, group).peerReadSeq(), "in a group");
  }

  @Test
  void recall_isTheSendersWithinTheWindow_toTheMillisecond() {
    Caller ann = world.somebody("ann-6");
    Caller bob = world.somebody("bob-6");
    Posted first = chats.say(ann, bob, "one");
    Posted second = chats.say(ann, bob, "two");
    refused(FaultCode.FORBIDDEN, () -> recall(bob, first.id()));
    refused(FaultCode.NOT_FOUND, () -> recall(world.somebody("cat-6"), first.id()));
    refused(FaultCode.NOT_FOUND, () -> recall(ann, new MessageId(5)));
    world.events();
    world.clock().advance(WINDOW);
    recall(ann, first.id());
    recall(ann, first.id());
    assertEquals(
        List.of(
            new Event.MessageRecalled(
                first.conversation(),
                1,
                first.id(),
                ann.requireAccount(),
                new Audience.Pair(ann.requireAccount(), bob.requireAccount()))),
        world.events());
    world.clock().advance(Duration.ofMillis(1));
    String said = refused(FaultCode.FAILED_PRECONDITION, () -> recall(ann, second.id()));
    assertTrue(said.contains("limits.recall_window_s = 60"), said);
    List<Message> all = world.core().messaging.history(bob, first.conversation(), null, null, 0);
    assertEquals(List.of("-", "two"), Chats.texts(all));
    assertTrue(all.getFirst().recalled());
    assertEquals(
        List.of("-"),
        Chats.texts(world.core().revisions.changes(bob, first.conversation(), 0, 0).messages()));
  }

  @Test
  void recall_takesTheReactionsAndTheAnswerWithIt() {
    Caller ann = world.somebody("ann-7");
    Caller bob = world.somebody("bob-7");
    ConversationId id = chats.say(ann, bob, "one").conversation();
    Posted answer = chats.send(bob, Chats.answer(ann, 1));
    world.core().revisions.react(ann, answer.id(), "👍", false);
    recall(bob, answer.id());
    Message left = world.core().messaging.history(ann, id, 1L, null, 0).getFirst();
    assertEquals(List.of(), left.reactions());
    assertEquals(0, left.replyTo());
  }

  @Test
  void recall_inAGroup_isAModeratorsAtAnyTime_whileItIsOne() {
    Caller ann = world.somebody("ann-8");
    Caller bob = world.somebody("bob-8");
    Caller cat = world.somebody("cat-8");
    ConversationId group = chats.group(ann, bob, cat);
    Posted first = chats.say(cat, group, "one");
    Posted second = chats.say(cat, group, "two");
    Posted third = chats.say(cat, group, "three");
    world.clock().advance(WINDOW.plusDays(1));
    refused(FaultCode.FORBIDDEN, () -> recall(bob, first.id()));
    recall(ann, first.id());
    chats.role(group, bob, Role.ADMIN);
    recall(bob, second.id());
    chats.leave(bob, group);
    refused(FaultCode.FORBIDDEN, () -> recall(bob, third.id()));
    assertEquals(
        List.of("-", "-", "three", "-"),
        Chats.texts(world.core().messaging.history(ann, group, null, null, 0)));
  }

  @Test
  void messageAfterOneLeft_isThereForNobodyWhoLeft() {
    Caller ann = world.somebody("ann-9");
    Caller bob = world.somebody("bob-9");
    ConversationId group = chats.group(ann, bob);
    Posted seen = chats.say(ann, group, "one");
    chats.leave(bob, group);
    Posted later = chats.say(ann, group, "two");
    report(bob, seen);
    refused(FaultCode.NOT_FOUND, () -> report(bob, later));
  }

  /// Only what can be read can be reported.
  private static void report(Caller caller, Posted message) {
    world.core().reports.report(caller, Report.Kind.MESSAGE, message.id().value(), "rude");
  }

  private static void read(Caller caller, ConversationId id, long seq) {
    world.core().messaging.markRead(caller, id, seq);
  }

  private static void recall(Caller caller, MessageId id) {
    world.core().messaging.recall(caller, id);
  }
}
