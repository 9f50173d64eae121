package io.parley.messaging;

import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.FaultCode;
import io.parley.base.MessageId;
import io.parley.base.Slice;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.harness.CoreWorld;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What an account takes away from itself, and from nobody else.
class HidingTest {
  @RegisterExtension static final CoreWorld world = new CoreWorld(Map.of());

  private static final Chats chats = new Chats(world);
  private static final Slice.Request ALL = Slice.Request.of("", 100, 100);

  private static void hide(Caller who, Posted... messages) {
    world.core().revisions.hiding().hide(who, ids(messages), false);
  }

  private static void show(Caller who, Posted... messages) {
    world.core().revisions.hiding().hide(who, ids(messages), true);
  }

  private static List<MessageId> ids(Posted... messages) {
    return List.of(messages).stream().map(Posted::id).toList();
  }

  private static List<Message> history(Caller reader, ConversationId id) {
    return world.core().messaging.history(reader, id, 0L, null, 100);
  }

  private static List<String> found(Caller who, String keyword) {
    return Chats.texts(world.core().searching.search(who, keyword, null, ALL).rows());
  }

  @Test
  void hiddenMessage_keepsItsSeqAndNothingElse_andTheOtherSeesItAsBefore() {
    Caller ann = world.somebody("ann-h1");
    Caller bob = world.somebody("bob-h1");
    chats.say(ann, bob, "tea one");
    Posted two = chats.say(ann, bob, "tea two");
    chats.say(bob, ann, "tea three");
    world.core().revisions.react(ann, two.id(), "👍", false);
    world.core().revisions.pin(ann, two.id(), false);
    world.core().revisions.stars().star(bob, two.id(), false);
    hide(bob, two);
    List<Message> his = history(bob, two.conversation());
    assertEquals(List.of(1L, 2L, 3L), his.stream().map(Message::seq).toList());
    assertEquals(List.of("tea one", "-", "tea three"), Chats.texts(his));
    Message husk = his.get(1);
    assertEquals(Message.Mark.HIDDEN, husk.mark());
    assertEquals(List.of(), husk.reactions());
    assertEquals(0, husk.pinnedAt());
    assertEquals(ann.requireAccount(), husk.sender());
    assertEquals(List.of("tea three", "tea one"), found(bob, "tea"));
    assertEquals(List.of(), world.core().revisions.stars().list(bob, ALL).rows());
    assertEquals(List.of(), world.core().revisions.pins(bob, two.conversation(), ALL).rows());
    assertEquals(
        List.of("tea one", "tea two", "tea three"), Chats.texts(history(ann, two.conversation())));
    assertEquals(List.of("tea three", "tea two", "tea one"), found(ann, "tea"));
    assertEquals(1, world.core().revisions.pins(ann, two.conversation(), ALL).rows().size());
  }

  @Test
  void previewAndUnreadCount_areWithoutIt() {
    Caller ann = world.somebody("ann-h2");
    Caller bob = world.somebody("bob-h2");
    ConversationId group = chats.group(ann, bob);
    Posted one = chats.say(ann, group, "one");
    Posted two =
        chats.send(
            ann,
            new Draft(
                new Target.Group(group),
                List.of(bob.requireAccount()),
                new Content.Text("two"),
                ""));
    assertEquals(2, chats.of(bob, group).unread());
    assertEquals(1, chats.of(bob, group).mentioned());
    hide(bob, two);
    Conversation his = chats.of(bob, group);
    assertEquals(1, his.unread());
    assertEquals(0, his.mentioned());
    assertEquals(2, his.lastSeq());
    assertEquals(one.id(), last(his));
    hide(bob, one);
    assertNull(chats.of(bob, group).lastMessage());
    assertEquals(0, chats.of(bob, group).unread());
    show(bob, two);
    assertEquals(two.id(), last(chats.of(bob, group)));
    assertEquals(1, chats.of(bob, group).unread());
    assertEquals(1, chats.of(bob, group).mentioned());
    assertEquals(two.id(), last(chats.of(ann, group)));
  }

  private static MessageId last(Conversation conversation) {
    Message last = conversation.lastMessage();
    assertNotNull(last);
    return last.id();
  }

  @Test
  void onlyItsOwnDevicesAreTold_andNothingThatHappensToItLaterReachesThem() throws Exception {
    Caller ann = world.somebody("ann-h3");
    Caller bob = world.somebody("bob-h3");
    Caller cat = world.somebody("cat-h3");
    ConversationId group = chats.group(ann, bob, cat);
    Posted said = chats.say(ann, group, "said");
    Posted two = chats.say(ann, bob, "of two");
    world.events();
    hide(bob, said, two);
    hide(bob, said);
    List<Event.MessageChanged> told = world.events(Event.MessageChanged.class);
    AccountId his = bob.requireAccount();
    assertEquals(2, told.size());
    for (Event.MessageChanged each : told) {
      assertEquals(new Audience.Pair(his, his), each.audience());
      var wire = io.parley.api.conversation.Message.parseFrom(each.encoded());
      assertTrue(wire.getHidden() && wire.getRecalled() && !wire.hasText());
    }
    world.core().revisions.edit(ann, said.id(), "edited");
    world.core().revisions.edit(ann, two.id(), "edited");
    List<Audience> heard =
        world.events(Event.MessageChanged.class).stream()
            .map(Event.MessageChanged::audience)
            .toList();
    AccountId hers = ann.requireAccount();
    assertEquals(
        List.of(new Audience.MembersBut(Set.of(his.value())), new Audience.Pair(hers, hers)),
        heard);
    refused(FaultCode.NOT_FOUND, () -> world.core().revisions.react(bob, said.id(), "👍", false));
    refused(FaultCode.NOT_FOUND, () -> world.core().revisions.stars().star(bob, said.id(), false));
    show(bob, said);
    assertEquals(List.of("edited"), Chats.texts(history(bob, group)));
  }

  @Test
  void messagesAreHiddenAllOrNone_andByReadersOnly() {
    Caller ann = world.somebody("ann-h4");
    Caller bob = world.somebody("bob-h4");
    Caller eve = world.somebody("eve-h4");
    Posted said = chats.say(ann, bob, "said");
    Posted other = chats.say(ann, eve, "other");
    refused(FaultCode.NOT_FOUND, () -> hide(bob, said, other));
    assertEquals(List.of("said"), Chats.texts(history(bob, said.conversation())));
    refused(FaultCode.NOT_FOUND, () -> hide(eve, said));
    refused(FaultCode.INVALID_FIELD, () -> hide(bob));
    List<MessageId> many = Collections.nCopies(21, said.id());
    refused(FaultCode.TOO_LARGE, () -> world.core().revisions.hiding().hide(bob, many, false));
    List<Posted> twenty = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      twenty.add(chats.say(bob, bob, "no " + i));
    }
    hide(bob, twenty.toArray(Posted[]::new));
    assertEquals(List.of(), found(bob, "no "));
  }

  @Test
  void deviceThatWasAway_findsTheHuskAmongTheChanges_andNobodyElseDoes() {
    Caller ann = world.somebody("ann-h5");
    Caller bob = world.somebody("bob-h5");
    Posted said = chats.say(ann, bob, "said");
    String synced = world.core().syncing.sync(bob, "", 50).cursor();
    String hers = world.core().syncing.sync(ann, "", 50).cursor();
    hide(bob, said);
    assertEquals(1, world.core().syncing.sync(bob, synced, 50).conversations().size());
    assertEquals(List.of(), world.core().syncing.sync(ann, hers, 50).conversations());
    Revisions.Changes changes = world.core().revisions.changes(bob, said.conversation(), 0, 10);
    assertEquals(
        List.of(Message.Mark.HIDDEN), changes.messages().stream().map(Message::mark).toList());
    assertEquals(
        List.of(), world.core().revisions.changes(ann, said.conversation(), 0, 10).messages());
  }

  @Test
  void whatTheServerSays_isNotHidden() {
    Caller ann = world.somebody("ann-h6");
    Caller bob = world.somebody("bob-h6");
    ConversationId group = chats.group(ann, bob);
    Posted said = chats.say(ann, group, "said");
    world.core().revisions.pin(ann, said.id(), false);
    MessageId line = history(bob, group).getLast().id();
    refused(
        FaultCode.FAILED_PRECONDITION,
        () -> world.core().revisions.hiding().hide(bob, List.of(line), false));
  }
}
