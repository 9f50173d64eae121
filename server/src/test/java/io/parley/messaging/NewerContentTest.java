package io.parley.messaging;

import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.FaultCode;
import io.parley.base.Slice;
import io.parley.harness.CoreWorld;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a newer version wrote to the store that both use is shown as something unknown, and is in
/// nobody's way.
class NewerContentTest {
  @RegisterExtension
  static final CoreWorld world = new CoreWorld(Map.of("limits.history_max", "200"));

  private static final Chats chats = new Chats(world);
  private static Caller ann;
  private static Caller bob;
  private static ConversationId group;
  private static Message line;
  private static Message poll;

  @BeforeAll
  static void newerVersionsMessages_betweenOthers() {
    ann = world.somebody("ann-new");
    bob = world.somebody("bob-new");
    group = chats.group(ann, bob);
    chats.say(ann, group, "before");
    chats.say(ann, group, "a line");
    chats.say(ann, group, "a poll");
    chats.say(ann, group, "after");
    rewrite(2, 100, "{\"event\":\"CROWNED\",\"accounts\":[1],\"count\":1,\"text\":\"\",\"hat\":2}");
    rewrite(3, 102, "[\"Tea?\"]");
    line = history().get(1);
    poll = history().get(2);
  }

  private static void rewrite(long seq, int kind, String body) {
    world
        .core()
        .db
        .change(
            tx ->
                tx.update(
                    "UPDATE message SET kind = ?, body = ? WHERE conversation_id = ? AND seq = ?",
                    kind,
                    body,
                    group.value(),
                    seq));
  }

  private static List<Message> history() {
    return world.core().messaging.history(bob, group, 0L, null, 200);
  }

  @Test
  void history_hasAll_andSaysWhichKindsThoseAre() {
    assertEquals(List.of(1L, 2L, 3L, 4L), history().stream().map(Message::seq).toList());
    assertEquals(new Content.Newer(100), line.content());
    assertEquals(new Content.Newer(102), poll.content());
    assertEquals(new Content.Text("after"), history().get(3).content());
  }

  @Test
  void conversation_isListedThoughItsLastIsNewer() {
    ConversationId pair = chats.group(bob, ann);
    chats.say(ann, pair, "once");
    world
        .core()
        .db
        .change(
            tx ->
                tx.update(
                    "UPDATE message SET kind = 102, body = 'x' WHERE conversation_id = ?",
                    pair.value()));
    Message last = chats.of(bob, pair).lastMessage();
    assertEquals(new Content.Newer(102), last == null ? null : last.content());
  }

  @Test
  void search_goesPastThem() {
    var found = world.core().searching.search(bob, "after", group, new Slice.Request("", 10));
    assertEquals(List.of(4L), found.rows().stream().map(Message::seq).toList());
  }

  @Test
  void nobodyChangesThem() {
    for (Message each : List.of(line, poll)) {
      refused(
          FaultCode.FAILED_PRECONDITION, () -> world.core().revisions.pin(ann, each.id(), false));
    }
    assertThrows(IllegalStateException.class, () -> ContentCodec.body(new Content.Newer(102)));
  }
}
