package io.parley.messaging;

import static io.parley.harness.CoreWorld.NOBODY;
import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Completion;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.harness.CoreWorld;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of a send: where it is stored, who may, what is told of it.
class SendingTest {
  private static final AccountId NONE = new AccountId(4_000_000_000L);

  @RegisterExtension
  static final CoreWorld world =
      new CoreWorld(Map.of("limits.client_message_id_chars_max", "8", "limits.mentions_max", "2"));

  private static final Chats chats = new Chats(world);

  @Test
  void sends_areNumberedWithoutGaps_andAnnouncedAfterTheirCommit() {
    Caller ann = world.somebody("ann-1").over(77);
    Caller bob = world.somebody("bob-1");
    world.events();
    Posted first = chats.say(ann, bob, "one");
    assertEquals(world.clock().millis(), first.createdAt());
    Posted second = chats.say(bob, ann, "two");
    assertEquals(first.conversation(), second.conversation());
    assertEquals(List.of(1L, 2L), List.of(first.seq(), second.seq()));
    assertTrue(second.id().value() > first.id().value());
    List<Event.MessagePosted> told = world.events(Event.MessagePosted.class);
    assertEquals(List.of(1L, 2L), told.stream().map(Event.MessagePosted::seq).toList());
    assertEquals(77, told.getFirst().origin());
    assertEquals(0, told.getLast().origin());
    assertEquals(
        new Audience.Pair(ann.requireAccount(), bob.requireAccount()), told.getFirst().audience());
  }

  @Test
  void send_returnsAtOnce_andItsCompletionHearsWhereItStands() {
    Caller ann = world.somebody("ann-2");
    Caller bob = world.somebody("bob-2");
    CompletableFuture<Posted> posted = new CompletableFuture<>();
    CompletableFuture<Posted> refused = new CompletableFuture<>();
    world.core().messaging.send(ann, Chats.draft(bob, "one"), into(posted));
    world.core().messaging.send(ann, Chats.draft(new Target.User(NONE), "one", ""), into(refused));
    assertEquals(1, posted.join().seq());
    Throwable why = refused.handle((done, failure) -> failure).join();
    assertTrue(
        why instanceof Fault fault && fault.code() == FaultCode.NO_SUCH_ACCOUNT,
        String.valueOf(why));
    refused(
        FaultCode.NOT_LOGGED_IN,
        () -> world.core().messaging.send(NOBODY, Chats.draft(bob, "one"), into(posted)));
  }

  private static Completion<Posted> into(CompletableFuture<Posted> answer) {
    return new Completion<>() {
      @Override
      public void done(Posted posted) {
        answer.complete(posted);
      }

      @Override
      public void failed(Fault fault) {
        answer.completeExceptionally(fault);
      }
    };
  }

  @Test
  void sameClientMessageId_isOneMessage_inOneBatchAndLater_andOfThatSenderOnly() {
    Caller ann = world.somebody("ann-3");
    Caller bob = world.somebody("bob-3");
    Caller cat = world.somebody("cat-3");
    Draft draft = Chats.draft(new Target.User(bob.requireAccount()), "once", "k");
    List<Posted> both = world.core().messaging.sendAll(ann, List.of(draft, draft));
    assertEquals(both.getFirst(), both.getLast());
    world.clock().advance(Duration.ofSeconds(1));
    Draft elsewhere = Chats.draft(new Target.User(cat.requireAccount()), "other", "k");
    world.events();
    assertEquals(both.getFirst(), chats.send(ann, elsewhere));
    assertEquals(List.of(), world.events(Event.MessagePosted.class));
    Posted his = chats.send(bob, Chats.draft(new Target.User(ann.requireAccount()), "mine", "k"));
    assertEquals(2, his.seq());
    assertNotEquals(both.getFirst().id(), his.id());
  }

  @Test
  void several_areStoredAllOrNone() {
    Caller ann = world.somebody("ann-4");
    Caller bob = world.somebody("bob-4");
    ConversationId id = chats.say(ann, bob, "before").conversation();
    world.events();
    refused(
        FaultCode.NO_SUCH_ACCOUNT,
        () ->
            world
                .core()
                .messaging
                .sendAll(
                    ann,
                    List.of(
                        Chats.draft(bob, "one"), Chats.draft(new Target.User(NONE), "two", ""))));
    assertEquals(1, chats.of(bob, id).lastSeq());
    assertEquals(List.of(), world.events());
    List<Posted> posted =
        world
            .core()
            .messaging
            .sendAll(ann, List.of(Chats.draft(bob, "one"), Chats.draft(bob, "two")));
    assertEquals(List.of(2L, 3L), posted.stream().map(Posted::seq).toList());
    assertEquals(2, world.events(Event.MessagePosted.class).size());
  }

  @Test
  void limits_ofWhatASenderChooses_areThere_notOneBelow() {
    Caller ann = world.somebody("ann-5");
    Caller bob = world.somebody("bob-5");
    Target to = new Target.User(bob.requireAccount());
    chats.send(ann, Chats.draft(to, "x", "12345678"));
    tooLarge("client_message_id", ann, Chats.draft(to, "x", "123456789"));
    refused(FaultCode.INVALID_FIELD, () -> chats.send(ann, Chats.draft(to, "x", "\0")));
    refused(
        FaultCode.INVALID_FIELD,
        () ->
            world
                .core()
                .messaging
                .send(ann, Chats.draft(to, "x", "\0"), Completion.<Posted>ignored()));
    ConversationId group = chats.group(ann, bob);
    Content hello = new Content.Text("hello");
    AccountId his = bob.requireAccount();
    chats.send(ann, new Draft(new Target.Group(group), List.of(his, his), hello, ""));
    tooLarge(
        "at_user_id",
        ann,
        new Draft(new Target.Group(group), Collections.nCopies(3, his), hello, ""));
    refused(FaultCode.INVALID_FIELD, () -> chats.say(ann, bob, ""));
  }

  private static void tooLarge(String field, Caller from, Draft draft) {
    String said = refused(FaultCode.TOO_LARGE, () -> chats.send(from, draft));
    assertTrue(said.startsWith(field), said);
  }

  @Test
  void answer_isToAMessageThatIsThereAlready() {
    Caller ann = world.somebody("ann-6");
    Caller bob = world.somebody("bob-6");
    ConversationId id = chats.say(ann, bob, "one").conversation();
    for (long wrong : new long[] {-1, 2, 3}) {
      refused(FaultCode.INVALID_FIELD, () -> chats.send(bob, Chats.answer(ann, wrong)));
    }
    chats.send(bob, Chats.answer(ann, 1));
    chats.send(ann, Chats.answer(bob, 2));
    assertEquals(
        List.of(0L, 1L, 2L),
        world.core().messaging.history(ann, id, null, null, 0).stream()
            .map(Message::replyTo)
            .toList());
  }

  @Test
  void noteToOneself_hasOneMember() {
    Caller ann = world.somebody("ann-7");
    Posted posted = chats.say(ann, ann, "milk");
    Conversation mine = chats.of(ann, posted.conversation());
    assertEquals(new Target.User(ann.requireAccount()), mine.with());
    assertEquals(0, mine.unread());
    assertEquals(
        1,
        (long)
            world
                .core()
                .db
                .read(
                    tx ->
                        tx.number(
                            "SELECT count(*) FROM member WHERE conversation_id = ?",
                            posted.conversation().value())));
  }

  @Test
  void block_closesTheConversationOfTwo_eitherWay_alsoOneThatBeginsLater() {
    Caller ann = world.somebody("ann-8");
    Caller bob = world.somebody("bob-8");
    Caller cat = world.somebody("cat-8");
    chats.say(ann, bob, "hello");
    chats.block(ann, bob);
    refused(FaultCode.FORBIDDEN, () -> chats.say(bob, ann, "no"));
    String said = refused(FaultCode.FORBIDDEN, () -> chats.say(ann, bob, "no"));
    assertTrue(said.contains("takes no messages"), said);
    chats.block(bob, ann);
    chats.unblock(ann, bob);
    refused(FaultCode.FORBIDDEN, () -> chats.say(ann, bob, "no"));
    chats.unblock(bob, ann);
    assertEquals(2, chats.say(bob, ann, "again").seq());
    chats.block(cat, ann);
    refused(FaultCode.FORBIDDEN, () -> chats.say(ann, cat, "no"));
    refused(FaultCode.FORBIDDEN, () -> chats.say(cat, ann, "no"));
    chats.unblock(cat, ann);
    assertEquals(1, chats.say(ann, cat, "hello").seq());
  }

  @Test
  void group_takesMessagesOfItsPresentMembersOnly_andASecretOneIsThereForNobodyElse() {
    Caller ann = world.somebody("ann-9");
    Caller bob = world.somebody("bob-9");
    Caller cat = world.somebody("cat-9");
    ConversationId group = chats.group(ann, bob);
    world.events();
    assertEquals(1, chats.say(bob, group, "hello").seq());
    long joined = lastChangeKnown();
    assertTrue(joined > 0);
    refused(FaultCode.FORBIDDEN, () -> chats.say(cat, group, "no"));
    refused(FaultCode.NOT_FOUND, () -> chats.say(cat, new ConversationId(5), "no"));
    world.core().db.change(tx -> world.core().members.setSecret(tx, group, true));
    refused(FaultCode.NOT_FOUND, () -> chats.say(cat, group, "no"));
    assertEquals(2, chats.say(bob, group, "hello").seq());
    chats.leave(bob, group);
    refused(FaultCode.FORBIDDEN, () -> chats.say(bob, group, "no"));
    world.events();
    chats.say(ann, group, "alone");
    assertTrue(lastChangeKnown() > joined, "who left is known to be gone");
  }

  /// The change of the members that the message which was just sent is younger than.
  private long lastChangeKnown() {
    Audience audience = world.events(Event.MessagePosted.class).getFirst().audience();
    return ((Audience.Members) audience).since();
  }

  @Test
  void conversationOfTwo_isNoGroup() {
    Caller ann = world.somebody("ann-10");
    Caller bob = world.somebody("bob-10");
    ConversationId id = chats.say(ann, bob, "hello").conversation();
    refused(FaultCode.FORBIDDEN, () -> chats.say(ann, id, "no"));
  }

  @Test
  void muted_isSilentUntilItsTimeIsOver() {
    Caller ann = world.somebody("ann-11");
    Caller bob = world.somebody("bob-11");
    ConversationId group = chats.group(ann, bob);
    chats.mute(group, bob, world.clock().millis() + 1_000);
    world.clock().advance(Duration.ofMillis(999));
    String said = refused(FaultCode.FORBIDDEN, () -> chats.say(bob, group, "no"));
    assertTrue(said.contains("muted"), said);
    chats.say(ann, group, "hello");
    world.clock().advance(Duration.ofMillis(1));
    chats.say(bob, group, "hello");
  }

  @Test
  void closedGroup_takesMessagesOfItsOwnerAndAdmins() {
    Caller ann = world.somebody("ann-12");
    Caller bob = world.somebody("bob-12");
    ConversationId group = chats.group(ann, bob);
    chats.close(group, true);
    String said = refused(FaultCode.FORBIDDEN, () -> chats.say(bob, group, "no"));
    assertTrue(said.contains("owner and admins"), said);
    chats.say(ann, group, "hello");
    chats.role(group, bob, Role.ADMIN);
    chats.say(bob, group, "hello");
    chats.role(group, bob, Role.MEMBER);
    chats.close(group, false);
    chats.say(bob, group, "hello");
  }
}
