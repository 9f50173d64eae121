package io.parley.messaging;

import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.FaultCode;
import io.parley.base.Page;
import io.parley.bus.Event;
import io.parley.bus.GroupChange;
import io.parley.harness.CoreWorld;
import io.parley.store.Change;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who is in a group's conversation, as it is kept, remembered and announced.
class GroupMembersTest {
  @RegisterExtension
  static final CoreWorld world =
      new CoreWorld(Map.of("limits.group_members_max", "3", "limits.groups_per_account_max", "2"));

  private static final Chats chats = new Chats(world);

  private static Members members() {
    return world.core().members;
  }

  private static @Nullable Role role(ConversationId group, Caller who) {
    return world.core().db.read(tx -> members().role(tx, group, who.requireAccount()));
  }

  private static boolean discloses(ConversationId group, Caller who) {
    return world.core().db.read(tx -> members().discloses(tx, group, who.requireAccount()));
  }

  private static boolean closed(ConversationId group) {
    return world.core().db.read(tx -> members().closed(tx, group));
  }

  private static long count(ConversationId group) {
    return world.core().db.read(tx -> members().count(tx, group));
  }

  private static void change(Change change) {
    world.core().db.change(change);
  }

  private static List<Long> present(ConversationId group) {
    // A change is seen as soon as its event is.
    world.events();
    return Arrays.stream(members().of(group)).sorted().boxed().toList();
  }

  @Test
  void members_areThoseWhoAreIn_alsoWhereTheyAreRemembered() {
    Caller ann = world.somebody("ann-1");
    Caller bob = world.somebody("bob-1");
    ConversationId group = chats.group(ann);
    assertEquals(List.of(ann.requireAccount().value()), present(group));
    change(tx -> members().add(tx, group, bob.requireAccount(), bob.requireAccount()));
    assertEquals(
        List.of(ann.requireAccount().value(), bob.requireAccount().value()), present(group));
    chats.leave(ann, group);
    assertEquals(List.of(bob.requireAccount().value()), present(group));
    assertArrayEquals(new long[0], members().of(new ConversationId(5)));
  }

  @Test
  void eachChange_isAnnounced_andWhatChangesNothingIsNot() {
    Caller ann = world.somebody("ann-2");
    AccountId hers = ann.requireAccount();
    AccountId his = world.somebody("bob-2").requireAccount();
    AccountId gone = world.somebody("cat-2").requireAccount();
    world.events();
    ConversationId group = chats.group(ann);
    change(tx -> members().add(tx, group, his, his));
    change(tx -> members().add(tx, group, his, his));
    change(tx -> members().setRole(tx, group, his, Role.ADMIN));
    change(tx -> members().mute(tx, group, his, 1));
    change(tx -> members().setClosed(tx, group, true, hers));
    change(tx -> members().changed(tx, group, hers, GroupChange.UPDATED));
    change(tx -> members().remove(tx, group, his, his));
    change(tx -> members().removeAll(tx, group, hers, List.of(gone)));
    assertEquals(
        List.of(
            new Event.GroupChanged(group, hers, GroupChange.JOINED, List.of()),
            new Event.GroupChanged(group, his, GroupChange.JOINED, List.of()),
            new Event.GroupChanged(group, his, GroupChange.UPDATED, List.of()),
            new Event.GroupChanged(group, his, GroupChange.UPDATED, List.of()),
            new Event.GroupChanged(group, hers, GroupChange.UPDATED, List.of()),
            new Event.GroupChanged(group, hers, GroupChange.UPDATED, List.of()),
            new Event.GroupChanged(group, his, GroupChange.LEFT, List.of()),
            new Event.GroupChanged(group, hers, GroupChange.DISSOLVED, List.of(hers, gone))),
        world.events(Event.GroupChanged.class));
    assertEquals(List.of(), present(group));
  }

  @Test
  void group_isFullAtItsLimit_andAnAccountIsInSoManyGroups() {
    Caller ann = world.somebody("ann-3");
    Caller bob = world.somebody("bob-3");
    Caller cat = world.somebody("cat-3");
    Caller dan = world.somebody("dan-3");
    ConversationId full = chats.group(ann, bob, cat);
    String said =
        refused(
            FaultCode.QUOTA,
            () ->
                change(tx -> members().add(tx, full, dan.requireAccount(), dan.requireAccount())));
    assertTrue(said.contains("limits.group_members_max = 3"), said);
    change(tx -> members().add(tx, full, cat.requireAccount(), cat.requireAccount()));
    chats.leave(cat, full);
    change(tx -> members().add(tx, full, dan.requireAccount(), dan.requireAccount()));
    // A conversation of two is no group.
    chats.say(ann, bob, "hello");
    assertEquals(1, members().groupCount(ann.requireAccount()));
    chats.group(ann);
    assertEquals(2, members().groupCount(ann.requireAccount()));
    said = refused(FaultCode.QUOTA, () -> chats.group(ann));
    assertTrue(said.contains("limits.groups_per_account_max = 2"), said);
    ConversationId third = chats.group(cat);
    refused(
        FaultCode.QUOTA,
        () -> change(tx -> members().add(tx, third, ann.requireAccount(), ann.requireAccount())));
    refused(
        FaultCode.NOT_FOUND,
        () ->
            change(
                tx ->
                    members()
                        .add(
                            tx,
                            new ConversationId(5),
                            cat.requireAccount(),
                            cat.requireAccount())));
  }

  @Test
  void whoComes_hasReadWhatWasSaidBefore_andWhoComesBackIsAMemberLikeOthers() {
    Caller ann = world.somebody("ann-4");
    Caller bob = world.somebody("bob-4");
    ConversationId group = chats.group(ann, bob);
    chats.say(ann, group, "one");
    chats.role(group, bob, Role.ADMIN);
    chats.mute(group, bob, Long.MAX_VALUE);
    chats.leave(bob, group);
    chats.say(ann, group, "two");
    assertEquals(2, chats.of(bob, group).lastSeq(), "the line of its leaving is the last");
    assertNull(role(group, bob));
    change(tx -> members().add(tx, group, bob.requireAccount(), bob.requireAccount()));
    assertEquals(0, chats.of(bob, group).unread());
    assertEquals(4, chats.of(bob, group).lastSeq());
    assertEquals(Role.MEMBER, role(group, bob));
    chats.say(bob, group, "three");
    assertEquals(1, chats.of(ann, group).unread());
  }

  @Test
  void page_hasTheOwner_thenAdmins_thenTheOthersAsTheyCame() {
    Caller ann = world.somebody("ann-5");
    Caller bob = world.somebody("bob-5");
    Caller cat = world.somebody("cat-5");
    ConversationId group = chats.group(ann);
    long first = world.clock().millis();
    world.clock().advance(Duration.ofSeconds(1));
    change(tx -> members().add(tx, group, cat.requireAccount(), cat.requireAccount()));
    world.clock().advance(Duration.ofSeconds(1));
    change(tx -> members().add(tx, group, bob.requireAccount(), bob.requireAccount()));
    chats.role(group, bob, Role.ADMIN);
    chats.mute(group, cat, 77);
    assertEquals(
        List.of(
            new Member(ann.requireAccount(), Role.OWNER, 0, first),
            new Member(bob.requireAccount(), Role.ADMIN, 0, first + 2_000),
            new Member(cat.requireAccount(), Role.MEMBER, 77, first + 1_000)),
        world.core().db.read(tx -> members().page(tx, group, new Page.Request(1, 50))));
    assertEquals(3, count(group));
    assertEquals(
        List.of(new Members.Joined(group, first + 1_000)),
        world
            .core()
            .db
            .read(tx -> members().groups(tx, cat.requireAccount(), new Page.Request(1, 50))));
    assertEquals(1, members().groupCount(cat.requireAccount()));
  }

  @Test
  void secretGroup_isKnownToThoseWhoAreOrWereIn() {
    Caller ann = world.somebody("ann-6");
    Caller bob = world.somebody("bob-6");
    Caller cat = world.somebody("cat-6");
    ConversationId group = chats.group(ann, bob);
    assertTrue(discloses(group, cat));
    change(tx -> members().setSecret(tx, group, true));
    chats.leave(bob, group);
    assertTrue(discloses(group, ann));
    assertTrue(discloses(group, bob));
    assertFalse(discloses(group, cat));
    assertFalse(closed(group));
    chats.close(group, true);
    assertTrue(closed(group));
  }
}
