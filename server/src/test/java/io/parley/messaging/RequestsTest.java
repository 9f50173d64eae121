package io.parley.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Caller;
import io.parley.base.Completion;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.bus.Event;
import io.parley.harness.CoreWorld;
import io.parley.social.Privacy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a stranger writes waits until it is accepted, and who asks does not learn of it.
class RequestsTest {
  @RegisterExtension
  private static final CoreWorld WORLD =
      new CoreWorld(
          Map.of("security.message_requests", "true", "limits.requests_per_day_max", "3"));

  private static int people;
  private final Chats chats = new Chats(WORLD);
  private final Caller ann = somebody();
  private final Caller bob = somebody();

  private static Caller somebody() {
    return WORLD.somebody("person" + people++);
  }

  @BeforeEach
  void forgetWhatWasHeard() {
    WORLD.events();
  }

  @Test
  void whatAStrangerBegins_isARequestToTheOther_andToNobodyElse() {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    assertTrue(chats.of(bob, id).request());
    assertFalse(chats.of(ann, id).request());
    assertEquals(
        List.of(new Event.RequestChanged(bob.requireAccount(), id, ann.requireAccount(), true)),
        WORLD.events(Event.RequestChanged.class));
    chats.say(ann, bob, "are you there?");
    assertTrue(chats.of(bob, id).request());
    assertEquals(List.of(), WORLD.events(Event.RequestChanged.class));
  }

  @Test
  void theRequest_isToldBeforeTheMessageThatBeginsIt() {
    chats.say(ann, bob, "hello");
    assertEquals(
        List.of(Event.RequestChanged.class, Event.MessagePosted.class),
        WORLD.events().stream().map(Object::getClass).toList());
  }

  @Test
  void friendsAndNotesToOneself_areNoRequests() {
    befriend(ann, bob);
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    assertFalse(chats.of(bob, id).request());
    ConversationId own = chats.say(ann, ann, "milk").conversation();
    assertFalse(chats.of(ann, own).request());
    assertEquals(List.of(), WORLD.events(Event.RequestChanged.class));
  }

  @Test
  void accepting_makesItOrdinaryForGood() {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    String cursor = WORLD.core().syncing.sync(bob, "", 0).cursor();
    WORLD.events();
    accept(bob, id);
    accept(bob, id);
    assertEquals(
        List.of(new Event.RequestChanged(bob.requireAccount(), id, ann.requireAccount(), false)),
        WORLD.events());
    assertEquals(
        List.of(false),
        WORLD.core().syncing.sync(bob, cursor, 0).conversations().stream()
            .map(Conversation::request)
            .toList(),
        "his other devices learn it by Sync");
    chats.say(ann, bob, "thanks");
    assertFalse(chats.of(bob, id).request());
  }

  @Test
  void whoAsks_doesNotSeeThatItWaits_orIsAccepted() {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    Conversation waiting = chats.of(ann, id);
    accept(ann, id);
    assertTrue(chats.of(bob, id).request(), "nobody accepts for another");
    accept(bob, id);
    assertEquals(waiting, chats.of(ann, id));
  }

  @Test
  void answering_acceptsIt() {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    WORLD.events();
    chats.say(bob, ann, "hello yourself");
    assertFalse(chats.of(bob, id).request());
    assertEquals(1, WORLD.events(Event.RequestChanged.class).size());
    chats.say(bob, ann, "and again");
    assertEquals(List.of(), WORLD.events(Event.RequestChanged.class));
  }

  @Test
  void anAnswerThatIsRefused_acceptsNothing() {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    CoreWorld.refused(FaultCode.INVALID_FIELD, () -> chats.send(bob, Chats.answer(ann, 99)));
    assertTrue(chats.of(bob, id).request());
  }

  @Test
  void becomingFriends_acceptsIt_whoeverAskedForIt() {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    befriend(bob, ann);
    assertFalse(chats.of(bob, id).request());
    Caller cat = somebody();
    ConversationId other = chats.say(ann, cat, "hello").conversation();
    befriend(ann, cat);
    assertFalse(chats.of(cat, other).request());
  }

  @Test
  void whatWasRead_isToldOnceItIsAccepted() {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    WORLD.events();
    WORLD.core().messaging.markRead(bob, id, 1);
    WORLD.core().conversations.typing(bob, id);
    assertEquals(List.of(), WORLD.events());
    assertEquals(0, chats.of(ann, id).peerReadSeq());
    assertEquals(1, chats.of(bob, id).readSeq());
    accept(bob, id);
    assertEquals(1, chats.of(ann, id).peerReadSeq());
    assertEquals(1, WORLD.events(Event.ReadMarked.class).size());
  }

  @Test
  void whoAsks_isNotKeptApart() {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    WORLD.events();
    WORLD.core().conversations.typing(ann, id);
    assertEquals(1, WORLD.events(Event.Typing.class).size());
  }

  @Test
  void acrossABlock_acceptingTellsNothing() {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    WORLD.core().messaging.markRead(bob, id, 1);
    chats.block(bob, ann);
    WORLD.events();
    accept(bob, id);
    assertEquals(List.of(), WORLD.events(Event.ReadMarked.class));
    assertEquals(0, chats.of(ann, id).peerReadSeq());
  }

  @Test
  void putAway_comesBackWithTheNextMessage_stillARequest() {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    WORLD.core().conversations.set(bob, id, new Conversation.Settings(false, false, true));
    assertTrue(chats.of(bob, id).settings().hidden());
    chats.say(ann, bob, "hello?");
    assertFalse(chats.of(bob, id).settings().hidden());
    assertTrue(chats.of(bob, id).request());
  }

  @Test
  void othersThanThoseTwo_cannotAccept() {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    Caller eve = somebody();
    CoreWorld.refused(FaultCode.FORBIDDEN, () -> accept(eve, id));
    CoreWorld.refused(FaultCode.NOT_FOUND, () -> accept(eve, new ConversationId(4)));
    CoreWorld.refused(FaultCode.NOT_LOGGED_IN, () -> accept(CoreWorld.NOBODY, id));
  }

  @Test
  void ofTwoWhoWriteToEachOtherAtOnce_neitherIsAsked() throws Exception {
    for (int round = 0; round < 20; round++) {
      Caller one = somebody();
      Caller other = somebody();
      CompletableFuture<Posted> first = new CompletableFuture<>();
      CompletableFuture<Posted> second = new CompletableFuture<>();
      send(one, other, first);
      send(other, one, second);
      ConversationId id = first.get(10, TimeUnit.SECONDS).conversation();
      assertEquals(id, second.get(10, TimeUnit.SECONDS).conversation());
      assertFalse(chats.of(one, id).request());
      assertFalse(chats.of(other, id).request());
    }
  }

  @Test
  void acceptingAgainstAFurtherMessage_leavesItAccepted() throws Exception {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      int number = i;
      threads.add(Thread.startVirtualThread(() -> after(go, () -> say(number))));
      threads.add(Thread.startVirtualThread(() -> after(go, () -> accept(bob, id))));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertFalse(chats.of(bob, id).request());
    assertEquals(26, chats.of(bob, id).lastSeq());
  }

  @Test
  void acceptingAgainstABlock_leavesItAcceptedAndClosed() throws Exception {
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    WORLD.core().messaging.markRead(bob, id, 1);
    CountDownLatch go = new CountDownLatch(1);
    Thread one = Thread.startVirtualThread(() -> after(go, () -> accept(bob, id)));
    Thread other = Thread.startVirtualThread(() -> after(go, () -> chats.block(bob, ann)));
    go.countDown();
    one.join();
    other.join();
    assertFalse(chats.of(bob, id).request());
    CoreWorld.refused(FaultCode.FORBIDDEN, () -> chats.say(ann, bob, "again"));
    long told = chats.of(ann, id).peerReadSeq();
    assertEquals(told, WORLD.events(Event.ReadMarked.class).size(), "told if it came first");
  }

  @Test
  void nobodyAsksMoreStrangersInADay_thanTheLimit() {
    List<ConversationId> begun = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      begun.add(chats.say(ann, somebody(), "buy this").conversation());
    }
    Caller next = somebody();
    String said = CoreWorld.refused(FaultCode.QUOTA, () -> chats.say(ann, next, "buy this"));
    assertTrue(said.contains("limits.requests_per_day_max = 3"), said);
    assertEquals(List.of(), WORLD.core().syncing.sync(next, "", 0).conversations());
    befriend(ann, next);
    chats.say(ann, next, "friends may");
    WORLD.clock().advance(Duration.ofDays(1).plusSeconds(1));
    chats.say(ann, somebody(), "a day later");
    assertEquals(3, begun.size());
  }

  @Test
  void whoTakesMessagesOfFriendsOnly_isNotWrittenToByStrangers_unlessItBeganItself() {
    takeFriendsOnly(bob);
    String said = CoreWorld.refused(FaultCode.FORBIDDEN, () -> chats.say(ann, bob, "hello"));
    assertEquals("this account takes no messages from the caller", said);
    assertEquals(List.of(), WORLD.core().syncing.sync(bob, "", 0).conversations());
    ConversationId id = chats.say(bob, ann, "I began").conversation();
    chats.say(ann, bob, "and I answer");
    assertFalse(chats.of(bob, id).request());
    Caller cat = somebody();
    befriend(cat, bob);
    chats.say(cat, bob, "friends may");
  }

  private static void takeFriendsOnly(Caller who) {
    WORLD
        .core()
        .friends
        .setPrivacy(
            who,
            was ->
                new Privacy(
                    was.friends(), was.presence(), was.groups(), Privacy.MessagePolicy.FRIENDS));
  }

  private void say(int number) {
    chats.say(ann, bob, "again " + number);
  }

  private static void after(CountDownLatch go, Runnable work) {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    work.run();
  }

  private static void send(Caller from, Caller to, CompletableFuture<Posted> answer) {
    WORLD
        .core()
        .messaging
        .send(
            from,
            Chats.draft(to, "hello"),
            new Completion<>() {
              @Override
              public void done(Posted posted) {
                answer.complete(posted);
              }

              @Override
              public void failed(Fault why) {
                answer.completeExceptionally(why);
              }
            });
  }

  private static void accept(Caller who, ConversationId id) throws Fault {
    WORLD.core().guards.requests().accept(who, id);
  }

  private static void befriend(Caller one, Caller other) {
    WORLD.core().friends.request(one, other.requireAccount(), "");
    WORLD.core().friends.accept(other, one.requireAccount());
  }
}
