package io.parley.messaging;

import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.FaultCode;
import io.parley.base.MessageId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.harness.CoreWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Edits, reactions, and the list of what changed.
class RevisionsTest {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  @RegisterExtension
  static final CoreWorld world =
      new CoreWorld(Map.of("limits.history_max", "3", "limits.edit_window_s", "60"));

  private static final Chats chats = new Chats(world);

  private static Revisions revisions() {
    return world.core().revisions;
  }

  @Test
  void edit_isTheSendersWithinTheWindow_toTheMillisecond_andIsAnnounced() {
    Caller ann = world.somebody("ann-1");
    Caller bob = world.somebody("bob-1");
    Posted sent = chats.say(ann, bob, "helo");
    refused(FaultCode.FORBIDDEN, () -> revisions().edit(bob, sent.id(), "no"));
    refused(FaultCode.INVALID_FIELD, () -> revisions().edit(ann, sent.id(), ""));
    world.clock().advance(WINDOW);
    world.events();
    Message edited = revisions().edit(ann, sent.id(), "hello");
    assertEquals(List.of("hello"), Chats.texts(List.of(edited)));
    assertEquals(world.clock().millis(), edited.editedAt());
    assertEquals(1, edited.seq());
    Event.MessageChanged told = world.events(Event.MessageChanged.class).getFirst();
    assertEquals(sent.conversation(), told.conversation());
    assertEquals(new Audience.Pair(ann.requireAccount(), bob.requireAccount()), told.audience());
    world.clock().advance(Duration.ofMillis(1));
    String said =
        refused(FaultCode.FAILED_PRECONDITION, () -> revisions().edit(ann, sent.id(), "late"));
    assertTrue(said.contains("limits.edit_window_s = 60"), said);
  }

  @Test
  void edit_isOfTextsThatAreThere() {
    Caller ann = world.somebody("ann-2");
    Caller bob = world.somebody("bob-2");
    Posted face =
        chats.send(
            ann,
            new Draft(
                new Target.User(bob.requireAccount()), List.of(), new Content.Face("😀"), ""));
    refused(FaultCode.FAILED_PRECONDITION, () -> revisions().edit(ann, face.id(), "no"));
    Posted gone = chats.say(ann, bob, "gone");
    world.core().messaging.recall(ann, gone.id());
    refused(FaultCode.FAILED_PRECONDITION, () -> revisions().edit(ann, gone.id(), "no"));
    refused(FaultCode.NOT_FOUND, () -> revisions().edit(ann, new MessageId(5), "no"));
  }

  @Test
  void reaction_isGivenOnce_takenBackByWhoeverGaveIt_andAnnouncedWhereItChangesSomething() {
    Caller ann = world.somebody("ann-3");
    Caller bob = world.somebody("bob-3");
    Posted sent = chats.say(ann, bob, "hello");
    world.events();
    AccountId hers = ann.requireAccount();
    AccountId his = bob.requireAccount();
    revisions().react(bob, sent.id(), "👍", false);
    Message twice = revisions().react(bob, sent.id(), "👍", false);
    assertEquals(List.of(new Reaction("👍", 1, List.of(his))), twice.reactions());
    world.clock().advance(Duration.ofSeconds(1));
    Message both = revisions().react(ann, sent.id(), "👍", false);
    assertEquals(List.of(new Reaction("👍", 2, List.of(his, hers))), both.reactions());
    Message hersOnly = revisions().react(bob, sent.id(), "👍", true);
    assertEquals(List.of(new Reaction("👍", 1, List.of(hers))), hersOnly.reactions());
    revisions().react(bob, sent.id(), "👍", true);
    assertEquals(3, world.events(Event.MessageChanged.class).size());
    assertEquals(
        List.of(new Reaction("👍", 1, List.of(hers))),
        world
            .core()
            .messaging
            .history(ann, sent.conversation(), null, null, 0)
            .getFirst()
            .reactions());
  }

  @Test
  void message_takesTwentySymbols_andMoreOfThose() {
    Caller ann = world.somebody("ann-4");
    Caller bob = world.somebody("bob-4");
    Posted sent = chats.say(ann, bob, "hello");
    for (int i = 0; i < 20; i++) {
      revisions().react(ann, sent.id(), "s" + i, false);
    }
    refused(FaultCode.QUOTA, () -> revisions().react(ann, sent.id(), "one more", false));
    Message more = revisions().react(bob, sent.id(), "s0", false);
    assertEquals(
        List.of(2L),
        more.reactions().stream()
            .filter(each -> each.symbol().equals("s0"))
            .map(Reaction::count)
            .toList());
    revisions().react(ann, sent.id(), "s19", true);
    revisions().react(ann, sent.id(), "x".repeat(32), false);
    refused(FaultCode.TOO_LARGE, () -> revisions().react(ann, sent.id(), "x".repeat(33), false));
  }

  @Test
  void messageThatWasTakenBack_takesNoReactions() {
    Caller ann = world.somebody("ann-5");
    Caller bob = world.somebody("bob-5");
    Posted sent = chats.say(ann, bob, "hello");
    world.core().messaging.recall(ann, sent.id());
    refused(FaultCode.FAILED_PRECONDITION, () -> revisions().react(bob, sent.id(), "👍", false));
    revisions().react(bob, sent.id(), "👍", true);
  }

  @Test
  void whoMayNotWrite_changesNothingEither() {
    Caller ann = world.somebody("ann-6");
    Caller bob = world.somebody("bob-6");
    Posted ofTwo = chats.say(bob, ann, "hello");
    chats.block(ann, bob);
    forbidden(bob, ofTwo.id());
    forbidden(ann, ofTwo.id());
    ConversationId group = chats.group(ann, bob);
    Posted sent = chats.say(bob, group, "hello");
    chats.mute(group, bob, world.clock().millis() + 1);
    forbidden(bob, sent.id());
    world.clock().advance(Duration.ofMillis(1));
    revisions().react(bob, sent.id(), "👍", false);
    chats.close(group, true);
    forbidden(bob, sent.id());
    revisions().react(ann, sent.id(), "👍", false);
    chats.close(group, false);
    chats.leave(bob, group);
    forbidden(bob, sent.id());
  }

  private static void forbidden(Caller caller, MessageId id) {
    refused(FaultCode.FORBIDDEN, () -> revisions().react(caller, id, "👎", false));
    refused(FaultCode.FORBIDDEN, () -> revisions().edit(caller, id, "no"));
  }

  @Test
  void changes_areToldOldestFirst_asTheyAreNow_pageByPage() {
    Caller ann = world.somebody("ann-7");
    Caller bob = world.somebody("bob-7");
    List<Posted> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.add(chats.say(ann, bob, "no " + i));
    }
    ConversationId id = sent.getFirst().conversation();
    assertEquals(new Revisions.Changes(List.of(), 0, false), revisions().changes(bob, id, 0, 0));
    for (int i : new int[] {4, 2, 0, 3}) {
      revisions().edit(ann, sent.get(i).id(), "edited " + i);
    }
    // What changed once more moves to the end, and is told once.
    revisions().react(bob, sent.get(4).id(), "👍", false);
    Revisions.Changes first = revisions().changes(bob, id, 0, 0);
    assertEquals(List.of("edited 2", "edited 0", "edited 3"), Chats.texts(first.messages()));
    assertTrue(first.more());
    Revisions.Changes second = revisions().changes(bob, id, first.cursor(), 3);
    assertEquals(List.of("edited 4"), Chats.texts(second.messages()));
    assertEquals(1, second.messages().getFirst().reactions().size());
    assertFalse(second.more());
    assertFalse(revisions().changes(bob, id, first.cursor(), 1).more(), "just as many as asked");
    assertEquals(second.cursor(), chats.of(bob, id).lastChange());
    Revisions.Changes none = revisions().changes(bob, id, second.cursor(), 3);
    assertEquals(new Revisions.Changes(List.of(), second.cursor(), false), none);
    assertTrue(revisions().changes(bob, id, 0, 2).more());
    assertEquals(2, revisions().changes(bob, id, 0, 2).messages().size());
  }

  @Test
  void changes_ofWhatWasSentAfterOneLeft_areNotTold() {
    Caller ann = world.somebody("ann-8");
    Caller bob = world.somebody("bob-8");
    ConversationId group = chats.group(ann, bob);
    Posted seen = chats.say(ann, group, "one");
    chats.leave(bob, group);
    Posted later = chats.say(ann, group, "two");
    revisions().edit(ann, later.id(), "edited two");
    revisions().edit(ann, seen.id(), "edited one");
    Revisions.Changes his = revisions().changes(bob, group, 0, 0);
    assertEquals(List.of("edited one"), Chats.texts(his.messages()));
    assertEquals(2, revisions().changes(ann, group, 0, 0).messages().size());
    refused(FaultCode.FORBIDDEN, () -> revisions().changes(world.somebody("cat-8"), group, 0, 0));
  }
}
