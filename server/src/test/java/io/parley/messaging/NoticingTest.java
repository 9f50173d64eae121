package io.parley.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.api.chat.ChatServiceGrpc;
import io.parley.api.chat.ListReadersRequest;
import io.parley.api.chat.TypingRequest;
import io.parley.api.conversation.Conversation;
import io.parley.api.conversation.MarkReadRequest;
import io.parley.api.conversation.SyncRequest;
import io.parley.api.group.QuitGroupRequest;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.TextMessage;
import io.parley.api.social.BlockRequest;
import io.parley.api.social.UnblockRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who notices that somebody reads or writes: nobody across a block, nobody who came later.
class NoticingTest {
  @RegisterExtension private final TestWorld world = new TestWorld();
  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson bob = world.register("bob");
  private final GrpcPerson cat = world.register("cat");

  @Test
  void readingOfTwo_isNotToldAcrossABlock_inEitherDirection() throws Exception {
    long id = ann.text(bob.id(), "one", "").getConversationId();
    long second = ann.text(bob.id(), "two", "").getId();
    ann.text(bob.id(), "three", "");
    read(bob, id, 1);
    assertEquals(1, peerRead(ann));
    block(ann, bob);
    try (LivePerson hers = new LivePerson(server, ann.token(), "d1");
        LivePerson his = new LivePerson(server, bob.token(), "d2")) {
      read(bob, id, 2);
      read(ann, id, 3);
      assertEquals(1, peerRead(ann), "what was told before the block stays");
      assertEquals(List.of(), readers(ann, second));
      unblock(ann, bob);
      ann.text(bob.id(), "four", "");
      assertEquals("push.message", hers.next().path("cmd").asText());
      assertEquals("push.message", his.next().path("cmd").asText());
      assertEquals(1, peerRead(ann), "taking the block back tells nothing of that time");
      read(bob, id, 4);
      assertEquals("push.read", hers.next().path("cmd").asText());
      assertEquals(4, peerRead(ann));
    }
  }

  @Test
  void inAGroup_readingAndTyping_passWhomABlockSeparates() throws Exception {
    long group = group();
    long message = say(group, "all");
    block(bob, cat);
    try (LivePerson hers = new LivePerson(server, ann.token(), "d1");
        LivePerson cats = new LivePerson(server, cat.token(), "d2")) {
      read(bob, group, 1);
      typing(bob, group);
      say(group, "again");
      for (String cmd : List.of("push.read", "push.typing", "push.message")) {
        assertEquals(cmd, next(hers));
      }
      assertEquals("push.message", next(cats));
    }
    assertEquals(List.of(bob.id()), readers(ann, message));
    assertEquals(List.of(), readers(cat, message));
    read(cat, group, 1);
    assertEquals(List.of(cat.id()), readers(cat, message));
    assertEquals(List.of(bob.id()), readers(bob, message));
  }

  @Test
  void whoLeftAGroup_readsUnnoticed() throws Exception {
    long group = group();
    say(group, "all");
    quit(bob, group);
    try (LivePerson hers = new LivePerson(server, ann.token(), "d1")) {
      read(bob, group, 1);
      say(group, "again");
      assertEquals("push.message", next(hers));
    }
  }

  @Test
  void readers_areThoseWhoWereMembersWhenItWasSent() {
    long group = group();
    long message = say(group, "before dan came");
    read(cat, group, 1);
    assertEquals(List.of(cat.id()), readers(ann, message));
    quit(bob, group);
    join(bob, group);
    try (GrpcPerson dan = GrpcPerson.register(server, "dan")) {
      join(dan, group);
      read(dan, group, 1);
      assertEquals(List.of(cat.id()), readers(ann, message), "who came or came back is none");
      long later = say(group, "after");
      // Behind the lines of who went and came, so the newest.
      read(dan, group, Long.MAX_VALUE);
      read(bob, group, Long.MAX_VALUE);
      assertEquals(List.of(bob.id(), dan.id()), readers(ann, later));
    }
  }

  private static String next(LivePerson live) throws InterruptedException {
    JsonNode frame = live.next();
    return frame.path("cmd").asText();
  }

  private static void block(GrpcPerson who, GrpcPerson whom) {
    var unused = who.friends().block(BlockRequest.newBuilder().setUserId(whom.id()).build());
  }

  private static void unblock(GrpcPerson who, GrpcPerson whom) {
    var unused = who.friends().unblock(UnblockRequest.newBuilder().setUserId(whom.id()).build());
  }

  private static void read(GrpcPerson who, long conversation, long seq) {
    var unused =
        who.conversations()
            .markRead(
                MarkReadRequest.newBuilder().setConversationId(conversation).setSeq(seq).build());
  }

  private static void typing(GrpcPerson who, long conversation) {
    var unused =
        chat(who).typing(TypingRequest.newBuilder().setConversationId(conversation).build());
  }

  private static long peerRead(GrpcPerson who) {
    List<Conversation> all =
        who.conversations().sync(SyncRequest.getDefaultInstance()).getConversationList();
    return all.getFirst().getPeerReadSeq();
  }

  private static List<Long> readers(GrpcPerson who, long message) {
    return chat(who)
        .listReaders(ListReadersRequest.newBuilder().setId(message).build())
        .getUserIdList();
  }

  private static ChatServiceGrpc.ChatServiceBlockingStub chat(GrpcPerson who) {
    return who.with(ChatServiceGrpc.newBlockingStub(who.channel()));
  }

  private static void join(GrpcPerson who, long group) {
    var unused = who.joinGroup(group);
  }

  private static void quit(GrpcPerson who, long group) {
    var unused = who.groups().quitGroup(QuitGroupRequest.newBuilder().setId(group).build());
  }

  private long group() {
    long group = ann.createGroup("all");
    join(bob, group);
    join(cat, group);
    return group;
  }

  private long say(long group, String text) {
    return ann.messages()
        .sendGroupTextMessage(
            SendGroupTextMessageRequest.newBuilder()
                .setToGroupId(group)
                .setText(TextMessage.newBuilder().setContent(text))
                .build())
        .getId();
  }
}
