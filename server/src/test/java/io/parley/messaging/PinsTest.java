package io.parley.messaging;

import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.MessageId;
import io.parley.base.Slice;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.harness.CoreWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is pinned above a conversation.
class PinsTest {
  @RegisterExtension static final CoreWorld world = new CoreWorld(Map.of("limits.pins_max", "3"));

  private static final Chats chats = new Chats(world);

  private static Message pin(Caller who, Posted message) {
    return world.core().revisions.pin(who, message.id(), false);
  }

  private static Message unpin(Caller who, Posted message) {
    return world.core().revisions.pin(who, message.id(), true);
  }

  /// The seqs of what is pinned, read two at a time.
  private static List<Long> pinned(Caller reader, ConversationId id) {
    List<Long> seqs = new ArrayList<>();
    String cursor = "";
    do {
      Slice<Message> part =
          world.core().revisions.pins(reader, id, Slice.Request.of(cursor, 2, 100));
      part.rows().forEach(each -> seqs.add(each.seq()));
      cursor = part.next();
    } while (!cursor.isEmpty());
    return seqs;
  }

  private static Message at(Caller reader, Posted message) {
    return world
        .core()
        .messaging
        .history(reader, message.conversation(), message.seq() - 1, null, 1)
        .getFirst();
  }

  @Test
  void eitherOfTwo_pinsAndUnpins_andBothAreTold_once() {
    Caller ann = world.somebody("ann-pin1");
    Caller bob = world.somebody("bob-pin1");
    Posted one = chats.say(ann, bob, "one");
    Posted two = chats.say(ann, bob, "two");
    world.events();
    Message now = pin(bob, one);
    assertEquals(world.clock().millis(), now.pinnedAt());
    pin(ann, one);
    List<Event.MessageChanged> events = world.events(Event.MessageChanged.class);
    assertEquals(1, events.size());
    Event.MessageChanged told = events.getFirst();
    assertEquals(new Audience.Pair(ann.requireAccount(), bob.requireAccount()), told.audience());
    assertEquals(1, told.seq());
    pin(ann, two);
    assertEquals(1, world.events(Event.MessageChanged.class).size());
    assertEquals(List.of(2L, 1L), pinned(ann, one.conversation()));
    assertEquals(now.pinnedAt(), at(ann, one).pinnedAt());
    assertEquals(0, unpin(ann, one).pinnedAt());
    assertEquals(List.of(2L), pinned(bob, one.conversation()));
    assertEquals(0, at(bob, one).pinnedAt());
    // Of two the server says nothing.
    assertEquals(2, chats.of(ann, one.conversation()).lastSeq());
  }

  @Test
  void groupsOwnerAndAdminsPin_andTheGroupIsTold_unreadForNobody() {
    Caller ann = world.somebody("ann-pin2");
    Caller bob = world.somebody("bob-pin2");
    Caller cat = world.somebody("cat-pin2");
    ConversationId group = chats.group(ann, bob, cat);
    chats.role(group, bob, Role.ADMIN);
    Posted said = chats.say(cat, group, "said");
    refused(FaultCode.FORBIDDEN, () -> pin(cat, said));
    pin(bob, said);
    pin(ann, said);
    List<Message> lines =
        world.core().messaging.history(cat, group, said.seq(), null, 10).stream().toList();
    assertEquals(1, lines.size());
    assertEquals(
        Content.GroupLine.of(Content.GroupLine.Event.PINNED, ""), lines.getFirst().content());
    assertEquals(bob.requireAccount(), lines.getFirst().sender());
    assertEquals(said.seq(), lines.getFirst().replyTo());
    assertEquals(0, chats.of(cat, group).unread());
    refused(FaultCode.FAILED_PRECONDITION, () -> pin(ann, posted(lines.getFirst())));
    refused(FaultCode.FORBIDDEN, () -> unpin(cat, said));
    unpin(ann, said);
    assertEquals(List.of(), pinned(cat, group));
  }

  @Test
  void moreThanTheLimit_isRefused_namingIt_andWhatIsRefusedChangesNothing() {
    Caller ann = world.somebody("ann-pin3");
    Caller bob = world.somebody("bob-pin3");
    List<Posted> said = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      said.add(chats.say(ann, bob, "no " + i));
    }
    said.subList(0, 3).forEach(each -> pin(ann, each));
    String text = refused(FaultCode.QUOTA, () -> pin(bob, said.get(3)));
    assertTrue(text.contains("limits.pins_max = 3"), text);
    assertEquals(List.of(3L, 2L, 1L), pinned(ann, said.getFirst().conversation()));
    unpin(bob, said.getFirst());
    pin(bob, said.get(3));
    assertEquals(List.of(4L, 3L, 2L), pinned(ann, said.getFirst().conversation()));
  }

  @Test
  void manyWhoPinAtOnce_getNoMoreThanTheLimit() throws Exception {
    Caller ann = world.somebody("ann-pin4");
    Caller bob = world.somebody("bob-pin4");
    List<Callable<Boolean>> pins = new ArrayList<>();
    ConversationId id = null;
    for (int i = 0; i < 12; i++) {
      Posted said = chats.say(ann, bob, "no " + i);
      id = said.conversation();
      Caller who = i % 2 == 0 ? ann : bob;
      pins.add(
          () -> {
            try {
              return pin(who, said).pinnedAt() != 0;
            } catch (Fault e) {
              return false;
            }
          });
    }
    int done = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(pins)) {
        done += each.get() ? 1 : 0;
      }
    }
    assertEquals(3, done);
    assertEquals(3, pinned(bob, Objects.requireNonNull(id)).size());
  }

  @Test
  void messageThatIsTakenBack_losesItsPin() {
    Caller ann = world.somebody("ann-pin5");
    Caller bob = world.somebody("bob-pin5");
    Posted said = chats.say(ann, bob, "said");
    pin(bob, said);
    world.core().messaging.recall(ann, said.id());
    assertEquals(List.of(), pinned(bob, said.conversation()));
    assertEquals(0, at(bob, said).pinnedAt());
    refused(FaultCode.FAILED_PRECONDITION, () -> pin(bob, said));
  }

  @Test
  void pinsAreForReaders_upToWhatTheyMayRead() {
    Caller ann = world.somebody("ann-pin6");
    Caller bob = world.somebody("bob-pin6");
    Caller eve = world.somebody("eve-pin6");
    ConversationId group = chats.group(ann, bob);
    Posted before = chats.say(ann, group, "before");
    chats.leave(bob, group);
    Posted after = chats.say(ann, group, "after");
    pin(ann, before);
    pin(ann, after);
    assertEquals(List.of(before.seq()), pinned(bob, group));
    refused(FaultCode.FORBIDDEN, () -> pinned(eve, group));
    refused(FaultCode.NOT_FOUND, () -> pin(eve, after));
    refused(FaultCode.NOT_FOUND, () -> pin(bob, after));
    refused(FaultCode.FORBIDDEN, () -> pin(bob, before));
    refused(FaultCode.NOT_FOUND, () -> world.core().revisions.pin(ann, new MessageId(5), false));
    refused(FaultCode.NOT_FOUND, () -> pinned(ann, new ConversationId(5)));
    assertEquals(List.of(after.seq(), before.seq()), pinned(ann, group));
  }

  @Test
  void whoeverIsBlocked_pinsNothing() {
    Caller ann = world.somebody("ann-pin7");
    Caller bob = world.somebody("bob-pin7");
    Posted said = chats.say(ann, bob, "said");
    chats.block(ann, bob);
    refused(FaultCode.FORBIDDEN, () -> pin(bob, said));
  }

  @Test
  void deviceThatWasAway_findsThePinAmongTheChanges() {
    Caller ann = world.somebody("ann-pin8");
    Caller bob = world.somebody("bob-pin8");
    Posted said = chats.say(ann, bob, "said");
    long cursor = chats.of(bob, said.conversation()).lastChange();
    pin(ann, said);
    assertTrue(chats.of(bob, said.conversation()).lastChange() > cursor);
    Message changed =
        world.core().revisions.changes(bob, said.conversation(), cursor, 10).messages().getFirst();
    assertEquals(world.clock().millis(), changed.pinnedAt());
  }

  private static Posted posted(Message message) {
    return new Posted(message.id(), message.conversation(), message.seq(), message.createdAt());
  }
}
