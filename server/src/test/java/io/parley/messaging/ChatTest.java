package io.parley.messaging;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status.Code;
import io.parley.api.chat.ChatServiceGrpc;
import io.parley.api.chat.EditMessageRequest;
import io.parley.api.chat.GetPresenceRequest;
import io.parley.api.chat.ListChangesRequest;
import io.parley.api.chat.ListReadersRequest;
import io.parley.api.chat.Presence;
import io.parley.api.chat.ReactRequest;
import io.parley.api.chat.SearchMessagesRequest;
import io.parley.api.chat.SearchMessagesResponse;
import io.parley.api.chat.SetConversationRequest;
import io.parley.api.chat.TypingRequest;
import io.parley.api.conversation.Conversation;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.MarkReadRequest;
import io.parley.api.conversation.Message;
import io.parley.api.conversation.RecallRequest;
import io.parley.api.conversation.SyncRequest;
import io.parley.api.membership.MuteAllRequest;
import io.parley.api.membership.MuteRequest;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.TextMessage;
import io.parley.api.social.BlockRequest;
import io.parley.api.social.PresencePolicy;
import io.parley.api.social.Privacy;
import io.parley.api.social.SetPrivacyRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What surrounds messages, through the native API.
class ChatTest {
  @RegisterExtension
  private final TestWorld world = new TestWorld(Map.of("limits.edit_window_s", "3600"));

  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson bob = world.register("bob");
  private final GrpcPerson cat = world.register("cat");

  @Test
  void settings_areTheMembersOwn_andHiddenEndsWithANewMessage() {
    long id = ann.text(bob.id(), "hello", "").getConversationId();
    chat(bob)
        .setConversation(
            SetConversationRequest.newBuilder()
                .setConversationId(id)
                .setPinned(true)
                .setMuted(true)
                .setHidden(true)
                .build());
    Conversation his = sync(bob).getFirst();
    assertTrue(his.getPinned() && his.getMuted() && his.getHidden());
    Conversation hers = sync(ann).getFirst();
    assertFalse(hers.getPinned() || hers.getMuted() || hers.getHidden());
    ann.text(bob.id(), "again", "");
    assertFalse(sync(bob).getFirst().getHidden());
    assertTrue(sync(bob).getFirst().getPinned());
    assertFails(
        Code.PERMISSION_DENIED,
        () ->
            chat(cat)
                .setConversation(
                    SetConversationRequest.newBuilder().setConversationId(id).build()));
  }

  @Test
  void receipts_ofTwo_andOfAGroup() {
    var first = ann.text(bob.id(), "hello", "");
    assertEquals(0, sync(ann).getFirst().getPeerReadSeq());
    read(bob, first.getConversationId(), 1);
    assertEquals(1, sync(ann).getFirst().getPeerReadSeq());

    long group = group();
    long message = say(group, "all", List.of());
    read(bob, group, 1);
    var readers = chat(ann).listReaders(ListReadersRequest.newBuilder().setId(message).build());
    assertEquals(List.of(bob.id()), readers.getUserIdList());
    assertEquals(1, readers.getPager().getTotalRows());
    read(cat, group, 1);
    assertEquals(
        2,
        chat(bob)
            .listReaders(ListReadersRequest.newBuilder().setId(message).build())
            .getUserIdCount());
    try (GrpcPerson dan = GrpcPerson.register(server, "dan")) {
      assertFails(
          Code.NOT_FOUND,
          () -> chat(dan).listReaders(ListReadersRequest.newBuilder().setId(message).build()));
    }
  }

  @Test
  void mentions_areCountedBesideTheUnread() {
    long group = group();
    say(group, "nobody", List.of());
    say(group, "bob", List.of(bob.id()));
    say(group, "both", List.of(cat.id(), bob.id()));
    Conversation his = sync(bob).getFirst();
    assertEquals(3, his.getUnread());
    assertEquals(2, his.getMentioned());
    assertEquals(1, sync(cat).getFirst().getMentioned());
    read(bob, group, 2);
    assertEquals(1, sync(bob).getFirst().getMentioned());
  }

  @Test
  void typing_reachesTheOthersOnly_andNotTooOften() throws Exception {
    long id = ann.text(bob.id(), "hello", "").getConversationId();
    TypingRequest typing = TypingRequest.newBuilder().setConversationId(id).build();
    try (LivePerson hers = new LivePerson(server, ann.token(), "d1");
        LivePerson his = new LivePerson(server, bob.token(), "d2")) {
      chat(ann).typing(typing);
      chat(ann).typing(typing);
      JsonNode push = his.next();
      assertEquals("push.typing", push.get("cmd").asText());
      assertEquals(Long.toString(ann.id()), push.at("/data/user_id").asText());
      his.call("ping", "{}");
      hers.call("ping", "{}");
      assertEquals(0, his.waiting());
      assertEquals(0, hers.waiting());
    }
    assertFails(Code.PERMISSION_DENIED, () -> chat(cat).typing(typing));
    ann.friends().block(BlockRequest.newBuilder().setUserId(bob.id()).build());
    assertFails(Code.PERMISSION_DENIED, () -> chat(bob).typing(typing));
  }

  @Test
  void edit_replacesTheText_andIsPushedUnderTheOldSeq() throws Exception {
    var sent = ann.text(bob.id(), "helo", "");
    EditMessageRequest edit =
        EditMessageRequest.newBuilder().setId(sent.getId()).setContent("hello").build();
    try (LivePerson his = new LivePerson(server, bob.token(), "d1")) {
      Message edited = chat(ann).editMessage(edit).getMessage();
      assertEquals("hello", edited.getText().getContent());
      assertTrue(edited.hasEditedAt());
      JsonNode push = his.next();
      assertEquals("push.message", push.get("cmd").asText());
      assertEquals("1", push.at("/data/message/seq").asText());
      assertEquals("hello", push.at("/data/message/text/content").asText());
    }
    assertEquals("hello", history(bob, sent.getConversationId()).getFirst().getText().getContent());
    assertFails(Code.PERMISSION_DENIED, () -> chat(bob).editMessage(edit));
    assertFails(Code.NOT_FOUND, () -> chat(cat).editMessage(edit));
    assertFails(
        Code.INVALID_ARGUMENT,
        () -> chat(ann).editMessage(edit.toBuilder().setContent(" ").build()));
    recall(ann, sent.getId());
    assertFails(Code.FAILED_PRECONDITION, () -> chat(ann).editMessage(edit));
  }

  @Test
  void reactions_areCountedOnceForEach_andCanBeTakenBack() throws Exception {
    var sent = ann.text(bob.id(), "hello", "");
    try (LivePerson hers = new LivePerson(server, ann.token(), "d1")) {
      react(bob, sent.getId(), "👍", false);
      assertEquals("👍", hers.next().at("/data/message/reaction/0/symbol").asText());
      react(bob, sent.getId(), "👍", false);
      hers.call("ping", "{}");
      assertEquals(0, hers.waiting(), "the same again changes nothing");
    }
    react(ann, sent.getId(), "👍", false);
    react(ann, sent.getId(), "🎉", false);
    Message now = history(bob, sent.getConversationId()).getFirst();
    assertEquals(2, now.getReactionCount());
    assertEquals(2, now.getReaction(0).getCount());
    assertEquals(List.of(bob.id(), ann.id()), now.getReaction(0).getUserIdList());
    react(bob, sent.getId(), "👍", true);
    assertEquals(
        List.of(ann.id()),
        history(bob, sent.getConversationId()).getFirst().getReaction(0).getUserIdList());
    assertFails(Code.NOT_FOUND, () -> react(cat, sent.getId(), "👍", false));
    assertFails(Code.INVALID_ARGUMENT, () -> react(ann, sent.getId(), "", false));
    for (int i = 0; i < 18; i++) {
      react(ann, sent.getId(), "s" + i, false);
    }
    assertFails(Code.RESOURCE_EXHAUSTED, () -> react(ann, sent.getId(), "one more", false));
    recall(ann, sent.getId());
    assertEquals(0, history(bob, sent.getConversationId()).getFirst().getReactionCount());
  }

  @Test
  void editsReactionsAndTyping_endWithTheRightToSend() {
    var sent = bob.text(ann.id(), "hello", "");
    EditMessageRequest edit =
        EditMessageRequest.newBuilder().setId(sent.getId()).setContent("insult").build();
    TypingRequest typing =
        TypingRequest.newBuilder().setConversationId(sent.getConversationId()).build();
    ann.friends().block(BlockRequest.newBuilder().setUserId(bob.id()).build());
    assertFails(Code.PERMISSION_DENIED, () -> chat(bob).editMessage(edit));
    assertFails(Code.PERMISSION_DENIED, () -> react(bob, sent.getId(), "👎", false));
    assertFails(Code.PERMISSION_DENIED, () -> chat(bob).typing(typing));

    long group = group();
    long message = say(group, "listen", List.of());
    ann.memberships()
        .mute(
            MuteRequest.newBuilder().setGroupId(group).setUserId(bob.id()).setSeconds(60).build());
    assertFails(Code.PERMISSION_DENIED, () -> react(bob, message, "👎", false));
    assertFails(
        Code.PERMISSION_DENIED,
        () -> chat(bob).typing(typing.toBuilder().setConversationId(group).build()));
    ann.memberships().muteAll(MuteAllRequest.newBuilder().setGroupId(group).setMuted(true).build());
    assertFails(Code.PERMISSION_DENIED, () -> react(cat, message, "👎", false));
    react(ann, message, "👍", false);
  }

  @Test
  void changes_tellADeviceThatWasAway_whatIsNoLongerAsItWas() {
    var first = ann.text(bob.id(), "one", "");
    var second = ann.text(bob.id(), "two", "");
    var third = ann.text(bob.id(), "three", "");
    long id = first.getConversationId();
    assertEquals(0, sync(bob).getFirst().getLastChange());
    chat(ann)
        .editMessage(EditMessageRequest.newBuilder().setId(second.getId()).setContent("2").build());
    recall(ann, first.getId());
    react(bob, second.getId(), "👍", false);
    var changes =
        chat(bob).listChanges(ListChangesRequest.newBuilder().setConversationId(id).build());
    assertEquals(List.of(1L, 2L), changes.getMessageList().stream().map(Message::getSeq).toList());
    assertTrue(changes.getMessage(0).getRecalled());
    assertEquals("2", changes.getMessage(1).getText().getContent());
    assertEquals(1, changes.getMessage(1).getReactionCount());
    assertEquals(changes.getNextCursor(), sync(bob).getFirst().getLastChange());
    react(ann, third.getId(), "👍", false);
    var later =
        chat(bob)
            .listChanges(
                ListChangesRequest.newBuilder()
                    .setConversationId(id)
                    .setCursor(changes.getNextCursor())
                    .build());
    assertEquals(List.of(3L), later.getMessageList().stream().map(Message::getSeq).toList());
    assertFalse(later.getMore());
  }

  @Test
  void search_findsAnyPartInTheCallersOwnConversations() {
    long withBob = ann.text(bob.id(), "今天天气很好 Sunny day", "").getConversationId();
    ann.text(bob.id(), "nothing here", "");
    ann.text(cat.id(), "明天天气也好", "");
    bob.text(cat.id(), "天气 not for ann", "");
    assertEquals(List.of("明天天气也好", "今天天气很好 Sunny day"), search(ann, "天气", 0));
    assertEquals(List.of("今天天气很好 Sunny day"), search(ann, "sUNNY", withBob));
    assertEquals(List.of(), search(ann, "%", 0));
    assertFails(Code.PERMISSION_DENIED, () -> search(cat, "天气", withBob));
    assertFails(Code.INVALID_ARGUMENT, () -> search(ann, " ", 0));
    assertFails(
        Code.INVALID_ARGUMENT,
        () ->
            chat(ann)
                .searchMessages(
                    SearchMessagesRequest.newBuilder().setKeyword("x").setCursor("1.x.2").build()));
  }

  @Test
  void search_pageByPage_neitherSkipsNorRepeats() {
    for (int i = 0; i < 45; i++) {
      ann.text(i % 2 == 0 ? bob.id() : cat.id(), (i % 3 == 0 ? "other " : "match ") + i, "");
    }
    List<String> found = new ArrayList<>();
    String cursor = "";
    do {
      SearchMessagesResponse page =
          chat(ann)
              .searchMessages(
                  SearchMessagesRequest.newBuilder()
                      .setKeyword("match")
                      .setLimit(7)
                      .setCursor(cursor)
                      .build());
      page.getMessageList().forEach(message -> found.add(message.getText().getContent()));
      cursor = page.getNextCursor();
    } while (!cursor.isEmpty());
    assertEquals(30, found.size());
    assertEquals(30, found.stream().distinct().count());
  }

  @Test
  void presence_isToldToFriends_andShownAsPrivacyAllows() throws Exception {
    ann.befriend(bob);
    assertFalse(presence(cat, ann).getOnline());
    try (LivePerson his = new LivePerson(server, bob.token(), "d1")) {
      try (LivePerson hers = new LivePerson(server, ann.token(), "d2")) {
        JsonNode push = presence(his);
        assertTrue(push.at("/data/online").asBoolean());
        hers.call("ping", "{}");
        assertTrue(presence(cat, ann).getOnline());
        privacy(ann, PresencePolicy.PRESENCE_FRIENDS);
        assertFalse(presence(cat, ann).getOnline());
        assertTrue(presence(bob, ann).getOnline());
        privacy(ann, PresencePolicy.PRESENCE_NOBODY);
        assertFalse(presence(bob, ann).getOnline());
        privacy(ann, PresencePolicy.PRESENCE_EVERYBODY);
      }
      JsonNode gone = presence(his);
      assertFalse(gone.at("/data/online").asBoolean());
    }
    assertTrue(presence(cat, ann).getLastSeenMs() > 0);
    assertFails(
        Code.INVALID_ARGUMENT,
        () ->
            chat(ann)
                .getPresence(
                    GetPresenceRequest.newBuilder()
                        .addAllUserId(java.util.Collections.nCopies(101, bob.id()))
                        .build()));
  }

  private static ChatServiceGrpc.ChatServiceBlockingStub chat(GrpcPerson who) {
    return who.with(ChatServiceGrpc.newBlockingStub(who.channel()));
  }

  private static List<Conversation> sync(GrpcPerson who) {
    return who.conversations()
        .sync(SyncRequest.getDefaultInstance())
        .getConversationList()
        .reversed();
  }

  private static List<Message> history(GrpcPerson who, long conversation) {
    return who.conversations()
        .history(HistoryRequest.newBuilder().setConversationId(conversation).build())
        .getMessageList();
  }

  private static void read(GrpcPerson who, long conversation, long seq) {
    who.conversations()
        .markRead(MarkReadRequest.newBuilder().setConversationId(conversation).setSeq(seq).build());
  }

  private static void recall(GrpcPerson who, long id) {
    who.conversations().recall(RecallRequest.newBuilder().setId(id).build());
  }

  private static Object react(GrpcPerson who, long id, String symbol, boolean remove) {
    return chat(who)
        .react(ReactRequest.newBuilder().setId(id).setSymbol(symbol).setRemove(remove).build());
  }

  private static List<String> search(GrpcPerson who, String keyword, long conversation) {
    return chat(who)
        .searchMessages(
            SearchMessagesRequest.newBuilder()
                .setKeyword(keyword)
                .setConversationId(conversation)
                .build())
        .getMessageList()
        .stream()
        .map(message -> message.getText().getContent())
        .toList();
  }

  /// The next push of presence; that of the new friendship may still come before it.
  private static JsonNode presence(LivePerson live) throws InterruptedException {
    JsonNode push = live.next();
    return push.get("cmd").asText().equals("push.presence") ? push : live.next();
  }

  private static Presence presence(GrpcPerson who, GrpcPerson of) {
    return chat(who)
        .getPresence(GetPresenceRequest.newBuilder().addUserId(of.id()).build())
        .getPresence(0);
  }

  private static void privacy(GrpcPerson who, PresencePolicy policy) {
    who.friends()
        .setPrivacy(
            SetPrivacyRequest.newBuilder()
                .setPrivacy(Privacy.newBuilder().setPresencePolicy(policy))
                .build());
  }

  private long group() {
    long group = ann.createGroup("all");
    for (GrpcPerson each : List.of(bob, cat)) {
      each.joinGroup(group);
    }
    return group;
  }

  private long say(long group, String text, List<Long> mentions) {
    return ann.messages()
        .sendGroupTextMessage(
            SendGroupTextMessageRequest.newBuilder()
                .setToGroupId(group)
                .addAllAtUserId(mentions)
                .setText(TextMessage.newBuilder().setContent(text))
                .build())
        .getId();
  }
}
