package io.parley.messaging;

import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.FaultCode;
import io.parley.base.Slice;
import io.parley.bus.Event;
import io.parley.harness.CoreWorld;
import io.parley.messaging.Content.GroupLine;
import io.parley.store.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is said in a group of what becomes of it.
class LinesTest {
  @RegisterExtension
  static final CoreWorld world = new CoreWorld(Map.of("limits.history_max", "200"));

  private static final Chats chats = new Chats(world);

  private static void change(Change change) {
    world.core().db.change(change);
  }

  private static void comes(ConversationId group, Caller who, Caller by) {
    change(tx -> members().add(tx, group, who.requireAccount(), by.requireAccount()));
  }

  private static void goes(ConversationId group, Caller who, Caller by) {
    change(tx -> members().remove(tx, group, who.requireAccount(), by.requireAccount()));
  }

  private static Members members() {
    return world.core().members;
  }

  private static List<Message> history(Caller reader, ConversationId group) {
    return world.core().messaging.history(reader, group, 0L, null, 200);
  }

  /// What is in the history: the texts of members, and of lines the event and whom it concerns.
  private static List<String> told(Caller reader, ConversationId group) {
    return history(reader, group).stream().map(LinesTest::told).toList();
  }

  private static String told(Message message) {
    return switch (message.content()) {
      case Content.Text text -> text.content();
      case GroupLine line ->
          message.sender() + " " + line.event() + " " + line.accounts() + " " + line.text();
      case null, default -> "?";
    };
  }

  private static String line(Caller by, GroupLine.Event event, Caller... whom) {
    return by.requireAccount()
        + " "
        + event
        + " "
        + List.of(whom).stream().map(Caller::requireAccount).toList()
        + " ";
  }

  private static long unread(Caller reader, ConversationId group) {
    return world.core().syncing.sync(reader, "", 50).conversations().stream()
        .filter(each -> each.id().equals(group))
        .mapToLong(Conversation::unread)
        .sum();
  }

  @Test
  void whoComesAndGoes_isTold_toItself_andUnreadForNobody() {
    Caller ann = world.somebody("ann-l1");
    Caller bob = world.somebody("bob-l1");
    Caller cat = world.somebody("cat-l1");
    ConversationId group = chats.group(ann, bob);
    assertEquals(List.of(), history(ann, group), "whoever comes before anything is said");
    chats.say(ann, group, "hi");
    comes(group, cat, ann);
    goes(group, bob, bob);
    goes(group, cat, ann);
    chats.say(ann, group, "alone");
    List<String> lines =
        List.of(
            "hi",
            line(ann, GroupLine.Event.BROUGHT_IN, cat),
            line(bob, GroupLine.Event.LEFT, bob),
            line(ann, GroupLine.Event.REMOVED, cat),
            "alone");
    assertEquals(lines, told(ann, group));
    assertEquals(lines.subList(0, 3), told(bob, group));
    assertEquals(lines.subList(0, 4), told(cat, group));
    assertEquals(1, unread(bob, group), "what ann said");
    assertEquals(0, unread(cat, group));
    assertEquals(
        LongStream.rangeClosed(1, 5).boxed().toList(),
        history(ann, group).stream().map(Message::seq).toList());
  }

  @Test
  void lineOfComing_isPushedToWhoCame_afterTheChange() {
    Caller ann = world.somebody("ann-l2");
    Caller bob = world.somebody("bob-l2");
    ConversationId group = chats.group(ann);
    chats.say(ann, group, "hi");
    world.events();
    comes(group, bob, bob);
    List<Event> events = world.events();
    assertEquals(
        List.of(Event.GroupChanged.class, Event.MessagePosted.class),
        events.stream().map(Object::getClass).toList());
    var posted = (Event.MessagePosted) events.getLast();
    assertEquals(2, posted.seq());
    long[] audience =
        members().of(group, ((io.parley.bus.Audience.Members) posted.audience()).since());
    assertEquals(2, audience.length);
  }

  @Test
  void announcement_isUnread_andFound_otherLinesAreNot() {
    Caller ann = world.somebody("ann-l3");
    Caller bob = world.somebody("bob-l3");
    ConversationId group = chats.group(ann, bob);
    say(group, ann, GroupLine.of(GroupLine.Event.RENAMED, "Kayaks at dawn"));
    say(group, ann, GroupLine.of(GroupLine.Event.ANNOUNCED, "Regatta at DAWN"));
    assertEquals(1, unread(bob, group));
    assertEquals(0, unread(ann, group));
    var found = world.core().searching.search(bob, "dawn", null, new Slice.Request("", 10)).rows();
    assertEquals(List.of(2L), found.stream().map(Message::seq).toList());
  }

  private static void say(ConversationId group, Caller by, GroupLine line) {
    change(tx -> members().say(tx, group, by.requireAccount(), line));
  }

  @Test
  void manyBroughtInAtOnce_areOneLine_ofWhichTwentyAreNamed() {
    Caller ann = world.somebody("ann-l4");
    ConversationId group = chats.group(ann);
    chats.say(ann, group, "hi");
    for (int i = 0; i < 25; i++) {
      comes(group, world.somebody("x" + i + "-l4"), ann);
    }
    List<Message> history = history(ann, group);
    assertEquals(2, history.size());
    var line = assertInstanceOf(GroupLine.class, history.getLast().content());
    assertEquals(25, line.count());
    assertEquals(GroupLine.ACCOUNTS_MAX, line.accounts().size());
    assertNull(history.getLast().editedAt());
    assertEquals(24, world.events(Event.MessageChanged.class).size());
    assertEquals(
        List.of(2L),
        world.core().revisions.changes(ann, group, 0, 10).messages().stream()
            .map(Message::seq)
            .toList());
    chats.say(ann, group, "welcome");
    comes(group, world.somebody("y-l4"), ann);
    world.clock().advance(Duration.ofMillis(Lines.TOGETHER_MS));
    comes(group, world.somebody("z-l4"), ann);
    assertEquals(5, history(ann, group).size(), "after something else, or later, it is another");
  }

  @Test
  void whoComesAndGoesAgainAndAgain_isToldOnce_untilTheTimeIsOver() {
    Caller ann = world.somebody("ann-l5");
    Caller bob = world.somebody("bob-l5");
    ConversationId group = chats.group(ann);
    chats.say(ann, group, "hi");
    for (int i = 0; i < 10; i++) {
      comes(group, bob, bob);
      goes(group, bob, bob);
    }
    List<String> once =
        List.of("hi", line(bob, GroupLine.Event.JOINED, bob), line(bob, GroupLine.Event.LEFT, bob));
    assertEquals(once, told(ann, group));
    world.clock().advance(Duration.ofMillis(Lines.AGAIN_MS));
    comes(group, bob, bob);
    goes(group, bob, bob);
    List<String> twice = new ArrayList<>(once);
    twice.addAll(once.subList(1, 3));
    assertEquals(twice, told(ann, group));
  }

  @Test
  void nobodySends_edits_takesBack_orAnswersALine() {
    Caller ann = world.somebody("ann-l6");
    ConversationId group = chats.group(ann);
    for (GroupLine.Event event : GroupLine.Event.values()) {
      Draft draft =
          new Draft(new Target.Group(group), List.of(), GroupLine.of(event, "x"), "", 0, null);
      refused(FaultCode.INVALID_FIELD, () -> chats.send(ann, draft));
    }
    say(group, ann, GroupLine.of(GroupLine.Event.ANNOUNCED, "x"));
    Message line = history(ann, group).getFirst();
    refused(
        FaultCode.FAILED_PRECONDITION, () -> world.core().revisions.edit(ann, line.id(), "other"));
    refused(
        FaultCode.FAILED_PRECONDITION,
        () -> world.core().revisions.react(ann, line.id(), "👍", false));
    refused(FaultCode.FORBIDDEN, () -> world.core().messaging.recall(ann, line.id()));
    assertEquals(List.of(told(line)), told(ann, group));
  }

  @Test
  void linesAndMessagesOfManyAtOnce_haveSeqsWithoutGaps() throws Exception {
    Caller ann = world.somebody("ann-l7");
    List<Caller> others =
        List.of(world.somebody("b-l7"), world.somebody("c-l7"), world.somebody("d-l7"));
    ConversationId group = chats.group(ann);
    chats.say(ann, group, "hi");
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int n = i;
      work.add(() -> chats.say(ann, group, "m" + n).seq() > 0);
      Caller one = others.get(i % 3);
      AccountId id = one.requireAccount();
      work.add(
          () -> {
            comes(group, one, ann);
            change(
                tx -> {
                  if (members().role(tx, group, id) != null) {
                    members().remove(tx, group, id, ann.requireAccount());
                  }
                });
            return true;
          });
      work.add(
          () -> {
            say(group, ann, GroupLine.of(GroupLine.Event.RENAMED, "n" + n));
            return true;
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(work)) {
        each.get();
      }
    }
    List<Long> seqs = history(ann, group).stream().map(Message::seq).toList();
    assertEquals(LongStream.rangeClosed(1, seqs.size()).boxed().toList(), seqs);
    List<Long> pushed =
        world.events(Event.MessagePosted.class).stream()
            .filter(posted -> posted.conversation().equals(group))
            .map(Event.MessagePosted::seq)
            .toList();
    assertEquals(seqs, pushed, "in their order");
  }
}
