package io.parley.messaging;

import static io.parley.harness.CoreWorld.NOBODY;
import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.FaultCode;
import io.parley.harness.CoreWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The list of conversations, as a device brings its own up to date. What it may cost is the matter
/// of [SyncTest].
class SyncingTest {
  @RegisterExtension
  static final CoreWorld world = new CoreWorld(Map.of("limits.history_max", "3"));

  private static final Chats chats = new Chats(world);

  private static Syncing.Changes sync(Caller caller, String cursor, int limit) {
    return world.core().syncing.sync(caller, cursor, limit);
  }

  private static List<ConversationId> ids(Syncing.Changes page) {
    return page.conversations().stream().map(Conversation::id).toList();
  }

  @Test
  void pages_goOnWhereTheLastEnded_theOldestChangeFirst() {
    Caller ann = world.somebody("ann-1");
    List<ConversationId> all = new ArrayList<>();
    for (String name : List.of("b", "c", "d", "e", "f")) {
      all.add(chats.say(ann, world.somebody(name + "-1"), "hello").conversation());
    }
    Syncing.Changes first = sync(ann, "", 2);
    assertEquals(all.subList(0, 2), ids(first));
    assertTrue(first.more());
    Syncing.Changes second = sync(ann, first.cursor(), 100);
    assertEquals(all.subList(2, 5), ids(second), "history_max at most");
    assertFalse(second.more());
    assertEquals(second.cursorAfter(3), second.cursor());
    assertEquals(List.of(all.getLast()), ids(sync(ann, second.cursorAfter(2), 2)));
    Syncing.Changes third = sync(ann, second.cursor(), 2);
    assertEquals(List.of(), ids(third));
    assertEquals(second.cursor(), third.cursor());
    assertFalse(third.more());
    assertEquals(3, sync(ann, "", 0).conversations().size());
    refused(FaultCode.INVALID_FIELD, () -> sync(ann, "nonsense", 2));
    refused(FaultCode.NOT_LOGGED_IN, () -> sync(NOBODY, "", 2));
  }

  @Test
  void whateverMoves_comesAgain_atItsMembersOnly() {
    Caller ann = world.somebody("ann-2");
    Caller bob = world.somebody("bob-2");
    Caller cat = world.somebody("cat-2");
    Posted sent = chats.say(ann, bob, "hello");
    ConversationId id = sent.conversation();
    chats.say(ann, cat, "hello");
    assertEquals(List.of(id), moved(bob, () -> chats.say(ann, bob, "again")));
    assertEquals(List.of(), moved(bob, () -> chats.say(ann, cat, "again")));
    assertEquals(
        List.of(id), moved(bob, () -> world.core().revisions.edit(ann, sent.id(), "edited")));
    assertEquals(List.of(id), moved(bob, () -> world.core().messaging.recall(ann, sent.id())));
    assertEquals(List.of(id), moved(bob, () -> world.core().messaging.markRead(bob, id, 1)));
    assertEquals(List.of(), moved(bob, () -> world.core().messaging.markRead(bob, id, 1)));
    ConversationId group = chats.group(ann, bob);
    assertEquals(List.of(group), moved(bob, () -> chats.leave(bob, group)));
    assertEquals(List.of(), moved(bob, () -> chats.say(ann, group, "without him")));
  }

  private static List<ConversationId> moved(Caller caller, Runnable what) {
    String before = "";
    Syncing.Changes page;
    do {
      page = sync(caller, before, 3);
      before = page.cursor();
    } while (page.more());
    what.run();
    return ids(sync(caller, before, 3));
  }

  @Test
  void conversationOfTwo_hasItsNewestMessage_whatIsUnreadAndHowFarTheOtherIs() {
    Caller ann = world.somebody("ann-3");
    Caller bob = world.somebody("bob-3");
    AccountId hers = ann.requireAccount();
    ConversationId id = chats.say(ann, bob, "one").conversation();
    chats.say(bob, ann, "two");
    world.clock().advance(Duration.ofSeconds(1));
    chats.say(ann, bob, "three");
    world.core().messaging.markRead(ann, id, 2);
    Conversation his = chats.of(bob, id);
    assertEquals(new Target.User(hers), his.with());
    assertEquals(3, his.lastSeq());
    assertEquals(0, his.readSeq());
    assertEquals(2, his.unread(), "his own does not count");
    assertEquals(0, his.mentioned());
    assertEquals(2, his.peerReadSeq());
    assertEquals(world.clock().millis(), his.updatedAt());
    assertEquals(0, his.lastChange());
    Message last = his.lastMessage();
    assertEquals("three", last == null ? "" : Chats.texts(List.of(last)).getFirst());
    assertEquals(0, chats.of(ann, id).unread());
    assertEquals(0, chats.of(ann, id).peerReadSeq());
  }

  @Test
  void group_countsWhoIsNamed_inWhatIsUnread() {
    Caller ann = world.somebody("ann-4");
    Caller bob = world.somebody("bob-4");
    ConversationId group = chats.group(ann, bob);
    assertNull(chats.of(bob, group).lastMessage());
    assertEquals(0, chats.of(bob, group).lastSeq());
    Content hello = new Content.Text("hello");
    AccountId his = bob.requireAccount();
    chats.send(ann, new Draft(new Target.Group(group), List.of(his), hello, ""));
    chats.send(ann, new Draft(new Target.Group(group), List.of(), hello, ""));
    chats.send(
        ann, new Draft(new Target.Group(group), List.of(ann.requireAccount(), his), hello, ""));
    Conversation named = chats.of(bob, group);
    assertEquals(new Target.Group(group), named.with());
    assertEquals(3, named.unread());
    assertEquals(2, named.mentioned());
    world.core().messaging.markRead(bob, group, 2);
    assertEquals(1, chats.of(bob, group).unread());
    assertEquals(1, chats.of(bob, group).mentioned());
    assertEquals(0, chats.of(bob, group).peerReadSeq());
  }
}
