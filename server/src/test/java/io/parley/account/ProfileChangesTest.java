package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.Message;
import io.parley.api.conversation.SyncRequest;
import io.parley.api.profile.UpdateProfileRequest;
import io.parley.api.user.User;
import io.parley.api.user.UserGetRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whoever shows an account's name or picture learns that there is another one.
class ProfileChangesTest {
  @RegisterExtension private final TestWorld world = new TestWorld();
  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson bob = world.register("bob");

  private void rename(GrpcPerson who, String name) {
    var unused =
        who.profiles().updateProfile(UpdateProfileRequest.newBuilder().setNickname(name).build());
  }

  private User seen(GrpcPerson by, GrpcPerson whom) {
    return by.users().getUser(UserGetRequest.newBuilder().setId(whom.id()).build()).getUser();
  }

  @Test
  void friends_andTheAccountsOwnDevices_areToldAtOnce_strangersAreNot() throws Exception {
    ann.befriend(bob);
    GrpcPerson carl = world.register("carl");
    try (LivePerson anns = new LivePerson(server, ann.token(), "desk");
        LivePerson bobs = new LivePerson(server, bob.token(), "desk");
        LivePerson carls = new LivePerson(server, carl.token(), "desk")) {
      rename(ann, "Anna");
      User now = seen(bob, ann);
      assertTrue(now.hasVersion());
      for (LivePerson each : new LivePerson[] {anns, bobs}) {
        JsonNode push = next(each, "push.profile");
        assertEquals(Long.toString(ann.id()), push.at("/data/user_id").asText());
        assertEquals(now.getVersion(), push.at("/data/version").asLong());
      }
      carls.call("ping", "{}");
      assertEquals(0, carls.waiting());
    }
  }

  @Test
  void whoSharesAGroup_learnsOfItWithTheNextMessage_andByPulling() throws Exception {
    long group = ann.createGroup("tea");
    assertTrue(bob.joinGroup(group));
    var unused = ann.groupText(group, "before");
    assertFalse(last(group).hasSenderVersion(), "never changed");
    try (LivePerson bobs = new LivePerson(server, bob.token(), "desk")) {
      rename(ann, "Anna");
      var unusedToo = ann.groupText(group, "after");
      long version = seen(bob, ann).getVersion();
      JsonNode push = next(bobs, "push.message");
      assertEquals("after", push.at("/data/message/text/content").asText());
      assertEquals(version, push.at("/data/message/sender_version").asLong());
      assertEquals(version, last(group).getSenderVersion());
      assertEquals(
          version,
          bob.conversations()
              .sync(SyncRequest.getDefaultInstance())
              .getConversation(0)
              .getLastMessage()
              .getSenderVersion());
      rename(ann, "Annabel");
      assertTrue(seen(bob, ann).getVersion() > version);
    }
  }

  private Message last(long group) {
    return bob.conversations()
        .history(HistoryRequest.newBuilder().setConversationId(group).build())
        .getMessageList()
        .getLast();
  }

  /// The next push of this name; others that come before are not waited for.
  private static JsonNode next(LivePerson person, String cmd) throws InterruptedException {
    JsonNode push = person.next();
    while (!push.get("cmd").asText().equals(cmd)) {
      push = person.next();
    }
    return push;
  }
}
