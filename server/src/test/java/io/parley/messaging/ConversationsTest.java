package io.parley.messaging;

import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.FaultCode;
import io.parley.base.Page;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.harness.CoreWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a member has of a conversation besides its messages.
class ConversationsTest {
  private static final Page.Request ALL = new Page.Request(1, 50);

  @RegisterExtension static final CoreWorld world = new CoreWorld(Map.of());

  private static final Chats chats = new Chats(world);

  private static Conversations conversations() {
    return world.core().conversations;
  }

  @Test
  void settings_areTheMembersOwn_andHiddenLastsUntilANewMessage() {
    Caller ann = world.somebody("ann-1");
    Caller bob = world.somebody("bob-1");
    ConversationId id = chats.say(ann, bob, "one").conversation();
    long before = chats.of(bob, id).changed();
    Conversation.Settings all = new Conversation.Settings(true, true, true);
    conversations().set(bob, id, all);
    assertEquals(all, chats.of(bob, id).settings());
    assertTrue(chats.of(bob, id).changed() > before, "his other devices hear of it");
    assertEquals(new Conversation.Settings(false, false, false), chats.of(ann, id).settings());
    chats.say(ann, bob, "two");
    assertEquals(new Conversation.Settings(true, true, false), chats.of(bob, id).settings());
    conversations().set(bob, id, new Conversation.Settings(false, true, false));
    assertEquals(new Conversation.Settings(false, true, false), chats.of(bob, id).settings());
    refused(FaultCode.FORBIDDEN, () -> conversations().set(world.somebody("cat-1"), id, all));
  }

  @Test
  void hidden_ofWhoLeft_staysThoughOthersGoOn() {
    Caller ann = world.somebody("ann-2");
    Caller bob = world.somebody("bob-2");
    ConversationId group = chats.group(ann, bob);
    chats.say(ann, group, "one");
    chats.leave(bob, group);
    conversations().set(bob, group, new Conversation.Settings(false, false, true));
    chats.say(ann, group, "two");
    assertTrue(chats.of(bob, group).settings().hidden());
    conversations().set(bob, group, new Conversation.Settings(false, false, false));
    assertFalse(chats.of(bob, group).settings().hidden());
  }

  @Test
  void typing_isToldOnceInThreeSeconds_inEachConversation() {
    Caller ann = world.somebody("ann-3");
    Caller bob = world.somebody("bob-3");
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    ConversationId group = chats.group(ann, bob);
    world.events();
    conversations().typing(ann, id);
    conversations().typing(ann, group);
    conversations().typing(bob, id);
    world.clock().advance(Duration.ofSeconds(3).minusNanos(1));
    conversations().typing(ann, id);
    assertEquals(
        List.of(
            new Event.Typing(
                id,
                ann.requireAccount(),
                new Audience.Pair(ann.requireAccount(), bob.requireAccount())),
            new Event.Typing(group, ann.requireAccount(), new Audience.Members()),
            new Event.Typing(
                id,
                bob.requireAccount(),
                new Audience.Pair(ann.requireAccount(), bob.requireAccount()))),
        world.events());
    world.clock().advance(Duration.ofNanos(1));
    conversations().typing(ann, id);
    assertEquals(1, world.events().size());
  }

  @Test
  void typing_isForThoseWhoMayWrite() {
    Caller ann = world.somebody("ann-4");
    Caller bob = world.somebody("bob-4");
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    chats.block(ann, bob);
    world.events();
    refused(FaultCode.FORBIDDEN, () -> conversations().typing(bob, id));
    refused(FaultCode.FORBIDDEN, () -> conversations().typing(world.somebody("cat-4"), id));
    refused(FaultCode.NOT_FOUND, () -> conversations().typing(bob, new ConversationId(5)));
    ConversationId group = chats.group(ann, bob);
    world.events();
    conversations().typing(bob, group);
    assertEquals(
        new Audience.MembersBut(Set.of(ann.requireAccount().value())),
        world.events(Event.Typing.class).getFirst().audience());
  }

  @Test
  void readers_areTheMembersOfThen_inTheOrderOfTheirIds_pageByPage() {
    Caller ann = world.somebody("ann-5");
    Caller bob = world.somebody("bob-5");
    Caller cat = world.somebody("cat-5");
    Caller dan = world.somebody("dan-5");
    ConversationId group = chats.group(ann, dan, cat, bob);
    Posted sent = chats.say(ann, group, "hello");
    Page<AccountId> nobody = conversations().readers(ann, sent.id(), ALL);
    assertEquals(List.of(), nobody.rows());
    assertEquals(0, nobody.totalRows());
    for (Caller each : List.of(dan, cat, bob, ann)) {
      world.core().messaging.markRead(each, group, 1);
    }
    Page<AccountId> first = conversations().readers(ann, sent.id(), new Page.Request(1, 2));
    assertEquals(List.of(bob.requireAccount(), cat.requireAccount()), first.rows());
    assertEquals(3, first.totalRows());
    assertEquals(
        List.of(dan.requireAccount()),
        conversations().readers(ann, sent.id(), new Page.Request(2, 2)).rows());
    assertEquals(
        List.of(dan.requireAccount()),
        conversations().readers(ann, sent.id(), new Page.Request(1, 2, first.next())).rows());
    refused(
        FaultCode.NOT_FOUND,
        () -> conversations().readers(world.somebody("eve-5"), sent.id(), ALL));
  }
}
