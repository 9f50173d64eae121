package io.parley.messaging;

import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.FaultCode;
import io.parley.base.MessageId;
import io.parley.base.Slice;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.harness.CoreWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What an account keeps of messages for itself.
class StarsTest {
  @RegisterExtension static final CoreWorld world = new CoreWorld(Map.of("limits.stars_max", "3"));

  private static final Chats chats = new Chats(world);

  private static Stars stars() {
    return world.core().revisions.stars();
  }

  private static Slice<Message> part(Caller who, String cursor, int rows) {
    return stars().list(who, Slice.Request.of(cursor, rows, 100));
  }

  /// The texts of what is starred, read two at a time.
  private static List<String> starred(Caller who) {
    List<String> texts = new ArrayList<>();
    String cursor = "";
    do {
      Slice<Message> part = part(who, cursor, 2);
      texts.addAll(Chats.texts(part.rows()));
      cursor = part.next();
    } while (!cursor.isEmpty());
    return texts;
  }

  private static Message first(Caller reader, ConversationId id) {
    return world.core().messaging.history(reader, id, 0L, null, 1).getFirst();
  }

  @Test
  void starsAreListedOverAllChats_theLastFirst_andAreNobodyElses() throws Exception {
    Caller ann = world.somebody("ann-s1");
    Caller bob = world.somebody("bob-s1");
    Caller cat = world.somebody("cat-s1");
    Posted one = chats.say(ann, bob, "one");
    Posted two = chats.say(ann, cat, "two");
    Posted three = chats.say(bob, ann, "three");
    world.events();
    stars().star(ann, three.id(), false);
    stars().star(ann, one.id(), false);
    stars().star(ann, two.id(), false);
    stars().star(ann, two.id(), false);
    assertEquals(List.of("two", "one", "three"), starred(ann));
    assertEquals(List.of(), starred(bob));
    List<Event.MessageChanged> told = world.events(Event.MessageChanged.class);
    assertEquals(3, told.size());
    for (Event.MessageChanged each : told) {
      assertEquals(new Audience.Pair(ann.requireAccount(), ann.requireAccount()), each.audience());
      assertTrue(io.parley.api.conversation.Message.parseFrom(each.encoded()).getStarred());
    }
    assertEquals(Message.Mark.STARRED, first(ann, one.conversation()).mark());
    assertEquals(Message.Mark.NONE, first(bob, one.conversation()).mark());
    world.events();
    stars().star(ann, one.id(), true);
    stars().star(ann, one.id(), true);
    assertEquals(List.of("two", "three"), starred(ann));
    io.parley.api.conversation.Message away =
        io.parley.api.conversation.Message.parseFrom(
            world.events(Event.MessageChanged.class).getLast().encoded());
    assertTrue(away.hasStarred() && !away.getStarred());
    assertEquals(Message.Mark.NONE, first(ann, one.conversation()).mark());
  }

  @Test
  void whatOthersChange_saysNothingOfStars() throws Exception {
    Caller ann = world.somebody("ann-s2");
    Caller bob = world.somebody("bob-s2");
    Posted one = chats.say(ann, bob, "one");
    stars().star(ann, one.id(), false);
    world.events();
    var now = world.core().revisions.react(ann, one.id(), "👍", false);
    assertEquals(Message.Mark.STARRED, now.mark());
    Event.MessageChanged told = world.events(Event.MessageChanged.class).getFirst();
    assertTrue(!io.parley.api.conversation.Message.parseFrom(told.encoded()).hasStarred());
  }

  @Test
  void moreThanTheLimit_isRefused_namingIt() {
    Caller ann = world.somebody("ann-s3");
    Caller bob = world.somebody("bob-s3");
    for (int i = 0; i < 3; i++) {
      stars().star(ann, chats.say(ann, bob, "no " + i).id(), false);
    }
    Posted more = chats.say(ann, bob, "more");
    String text = refused(FaultCode.QUOTA, () -> stars().star(ann, more.id(), false));
    assertTrue(text.contains("limits.stars_max = 3"), text);
    stars().star(bob, more.id(), false);
    assertEquals(List.of("no 2", "no 1", "no 0"), starred(ann));
    assertEquals(List.of("more"), starred(bob));
  }

  @Test
  void whatMayNotBeRead_isNotListed_andNotStarred() {
    Caller ann = world.somebody("ann-s4");
    Caller bob = world.somebody("bob-s4");
    Caller eve = world.somebody("eve-s4");
    ConversationId group = chats.group(ann, bob);
    Posted before = chats.say(ann, group, "before");
    stars().star(bob, before.id(), false);
    chats.leave(bob, group);
    Posted after = chats.say(ann, group, "after");
    assertEquals(List.of("before"), starred(bob));
    refused(FaultCode.NOT_FOUND, () -> stars().star(bob, after.id(), false));
    refused(FaultCode.NOT_FOUND, () -> stars().star(eve, before.id(), false));
    refused(FaultCode.NOT_FOUND, () -> stars().star(ann, new MessageId(5), false));
    // One whose place is gone altogether reads nothing of it.
    world
        .core()
        .db
        .change(
            tx ->
                tx.update(
                    "DELETE FROM member WHERE conversation_id = ? AND account_id = ?",
                    group.value(),
                    bob.requireAccount().value()));
    assertEquals(List.of(), starred(bob));
  }

  @Test
  void messageThatIsTakenBack_losesItsStars_andMakesRoomForOthers() {
    Caller ann = world.somebody("ann-s5");
    Caller bob = world.somebody("bob-s5");
    List<Posted> said = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      said.add(chats.say(ann, bob, "no " + i));
      stars().star(bob, said.get(i).id(), false);
    }
    world.core().messaging.recall(ann, said.get(1).id());
    assertEquals(List.of("no 2", "no 0"), starred(bob));
    refused(FaultCode.FAILED_PRECONDITION, () -> stars().star(bob, said.get(1).id(), false));
    stars().star(bob, chats.say(ann, bob, "more").id(), false);
    assertEquals(List.of("more", "no 2", "no 0"), starred(bob));
  }

  @Test
  void partWithNothingReadable_stillGoesOn() {
    Caller ann = world.somebody("ann-s6");
    Caller bob = world.somebody("bob-s6");
    ConversationId group = chats.group(ann, bob);
    stars().star(bob, chats.say(ann, bob, "kept").id(), false);
    Posted lost = chats.say(ann, group, "lost");
    stars().star(bob, lost.id(), false);
    world
        .core()
        .db
        .change(
            tx ->
                tx.update(
                    "DELETE FROM member WHERE conversation_id = ? AND account_id = ?",
                    group.value(),
                    bob.requireAccount().value()));
    Slice<Message> part = part(bob, "", 1);
    assertEquals(List.of(), part.rows());
    assertEquals(List.of("kept"), Chats.texts(part(bob, part.next(), 1).rows()));
    refused(FaultCode.INVALID_FIELD, () -> part(bob, "x", 1));
  }

  @Test
  void deviceThatWasAway_findsTheStarAmongTheChanges_andNobodyElseDoes() {
    Caller ann = world.somebody("ann-s7");
    Caller bob = world.somebody("bob-s7");
    Posted said = chats.say(ann, bob, "said");
    long cursor = chats.of(ann, said.conversation()).lastChange();
    String synced = world.core().syncing.sync(ann, "", 50).cursor();
    String syncedHis = world.core().syncing.sync(bob, "", 50).cursor();
    stars().star(ann, said.id(), false);
    assertEquals(1, world.core().syncing.sync(ann, synced, 50).conversations().size());
    assertEquals(List.of(), world.core().syncing.sync(bob, syncedHis, 50).conversations());
    long on = chats.of(ann, said.conversation()).lastChange();
    assertTrue(on > cursor);
    Revisions.Changes hers = world.core().revisions.changes(ann, said.conversation(), cursor, 10);
    assertEquals(
        List.of(Message.Mark.STARRED), hers.messages().stream().map(Message::mark).toList());
    assertEquals(on, hers.cursor());
    assertEquals(
        List.of(), world.core().revisions.changes(bob, said.conversation(), cursor, 10).messages());
  }
}
