package io.parley.activity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.base.Slice;
import io.parley.bus.Event;
import io.parley.feed.post.Comment;
import io.parley.feed.post.PostDraft;
import io.parley.feed.post.PostId;
import io.parley.feed.post.PostKind;
import io.parley.group.Group;
import io.parley.harness.CoreWorld;
import io.parley.report.Report;
import io.parley.social.Privacy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What each act writes into whose list, and what takes it out again.
class ActivityTest {
  private static final int MOST = 15;

  @RegisterExtension
  private static final CoreWorld world =
      new CoreWorld(Map.of("limits.activity_max", Integer.toString(MOST)));

  private static final AtomicInteger named = new AtomicInteger();

  private final Caller ann = somebody();
  private final Caller bob = somebody();
  private final Caller cat = somebody();

  private static Caller somebody() {
    return world.somebody("person" + named.incrementAndGet());
  }

  @Test
  void likes_gatherIntoOneEntry_withTheNewestFirst() {
    PostId post = post(ann);
    List<Caller> fans = IntStream.range(0, 12).mapToObj(_ -> somebody()).toList();
    fans.forEach(fan -> like(fan, post));
    like(ann, post);
    Activity entry = only(ann);
    assertEquals(About.place(ActivityKind.LIKED, post.value()), entry.about());
    assertEquals(12, entry.acts());
    assertEquals(List.of(id(fans.get(11)), id(fans.get(10)), id(fans.get(9))), entry.actors());
  }

  @Test
  void twoLikesAtOnce_areTwo() throws InterruptedException {
    PostId post = post(ann);
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (Caller fan : List.of(bob, cat)) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                like(fan, post);
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(2, only(ann).acts());
    assertEquals(Set.of(id(bob), id(cat)), Set.copyOf(only(ann).actors()));
  }

  @Test
  void unlike_takesItBack_andLeavesNoEmptyEntry() {
    PostId post = post(ann);
    like(bob, post);
    like(cat, post);
    long at = only(ann).id();
    unlike(cat, post);
    assertEquals(List.of(id(bob)), only(ann).actors());
    assertEquals(1, only(ann).acts());
    assertEquals(at, only(ann).id(), "it stays where it is");
    unlike(bob, post);
    assertEquals(List.of(), list(ann));
  }

  @Test
  void manyLikes_taken_back_countDownToTheLast() {
    PostId post = post(ann);
    List<Caller> fans = IntStream.range(0, 14).mapToObj(_ -> somebody()).toList();
    fans.forEach(fan -> like(fan, post));
    fans.subList(0, 13).forEach(fan -> unlike(fan, post));
    assertEquals(1, only(ann).acts());
    assertEquals(List.of(id(fans.get(13))), only(ann).actors());
  }

  @Test
  void likeThatIsOlderThanTheEntry_takesNothingFromItWhenItGoes() {
    PostId post = post(ann);
    like(bob, post);
    world
        .core()
        .db
        .change(tx -> tx.update("DELETE FROM activity WHERE place_id = ?", post.value()));
    like(cat, post);
    unlike(bob, post);
    assertEquals(1, only(ann).acts());
    assertEquals(List.of(id(cat)), only(ann).actors());
  }

  @Test
  void entryThatIsActedOnAgain_movesToTheTop() {
    PostId older = post(ann);
    PostId newer = post(ann);
    like(bob, older);
    like(bob, newer);
    like(cat, older);
    assertEquals(
        List.of(older.value(), newer.value()),
        list(ann).stream().map(entry -> entry.about().place()).toList());
  }

  @Test
  void comments_tellTheAuthor_andAnswersWhoeverIsAnswered() {
    PostId post = post(ann);
    Comment said = comment(bob, post, 0);
    comment(cat, post, said.id());
    assertEquals(List.of(id(cat), id(bob)), only(ann).actors());
    assertEquals(new About(ActivityKind.ANSWERED, said.id(), post.value()), only(bob).about());
    assertEquals(List.of(id(cat)), only(bob).actors());
    Comment own = comment(ann, post, 0);
    comment(bob, post, own.id());
    assertEquals(
        List.of(ActivityKind.ANSWERED, ActivityKind.COMMENTED),
        kinds(ann),
        "told once, as answered");
  }

  @Test
  void entry_saysHowTheOwnPostOrCommentBegins() {
    PostDraft draft = new PostDraft(PostKind.TEXT, "w".repeat(119) + "😀", List.of(), 0, 0, 0);
    PostId post = world.core().feeds.posts().create(ann, draft).id();
    like(bob, post);
    assertEquals("w".repeat(119), only(ann).excerpt());
    comment(cat, post, comment(bob, post, 0).id());
    assertEquals("a comment", only(bob).excerpt());
    world.core().follows.follow(bob, id(cat));
    assertEquals("", only(cat).excerpt());
  }

  @Test
  void deletedComment_isTakenBack_onceItsAuthorHasNoOther() {
    PostId post = post(ann);
    Comment first = comment(bob, post, 0);
    Comment second = comment(bob, post, 0);
    Comment answer = comment(cat, post, second.id());
    delete(bob, first);
    assertEquals(2, only(ann).acts());
    delete(cat, answer);
    assertEquals(List.of(), list(bob));
    assertEquals(List.of(id(bob)), only(ann).actors());
    comment(cat, post, second.id());
    delete(bob, second);
    assertEquals(List.of(), list(bob), "the comment that was answered is gone");
    assertEquals(List.of(id(cat)), only(ann).actors());
  }

  @Test
  void deletedPost_takesItsEntriesWithIt_fromEverybody() {
    PostId post = post(ann);
    Comment said = comment(bob, post, 0);
    comment(cat, post, said.id());
    like(bob, post);
    world.core().feeds.posts().delete(ann, post);
    assertEquals(List.of(), list(ann));
    assertEquals(List.of(), list(bob));
  }

  @Test
  void follows_gather_andAreTakenBack() {
    world.core().follows.follow(bob, id(ann));
    world.core().follows.follow(cat, id(ann));
    world.core().follows.follow(cat, id(ann));
    assertEquals(List.of(id(cat), id(bob)), only(ann).actors());
    assertEquals(2, only(ann).acts());
    world.core().follows.unfollow(cat, id(ann));
    world.core().follows.unfollow(bob, id(ann));
    assertEquals(List.of(), list(ann));
  }

  @Test
  void follower_whoIsBlocked_isCountedNoMore_howeverManyCameAfter() {
    List<Caller> fans = IntStream.range(0, 12).mapToObj(_ -> somebody()).toList();
    fans.forEach(fan -> world.core().follows.follow(fan, id(ann)));
    world.core().friends.block(ann, id(fans.getFirst()));
    assertEquals(11, only(ann).acts());
    world.core().friends.block(ann, id(fans.getLast()));
    assertEquals(10, only(ann).acts());
    assertEquals(id(fans.get(10)), only(ann).actors().getFirst());
  }

  @Test
  void friendRequest_goesOnceItIsAnswered_andTheOtherHearsOfIt() {
    world.core().friends.request(bob, id(ann), "hi");
    assertEquals(List.of(ActivityKind.FRIEND_REQUEST), kinds(ann));
    world.core().friends.accept(ann, id(bob));
    assertEquals(List.of(), list(ann));
    assertEquals(List.of(ActivityKind.FRIEND_ACCEPTED), kinds(bob));
    world.core().friends.remove(ann, id(bob));
    assertEquals(List.of(), list(bob));
  }

  @Test
  void friendRequest_goesWhenItIsRefusedOrTakenBack() {
    world.core().friends.request(bob, id(ann), "");
    world.core().friends.request(cat, id(ann), "");
    world.core().friends.refuse(ann, id(bob));
    world.core().friends.remove(cat, id(ann));
    assertEquals(List.of(), list(ann));
    assertEquals(List.of(), list(bob));
  }

  @Test
  void twoWhoAskEachOther_areBothLeftWithNoRequest() {
    world.core().friends.request(bob, id(ann), "");
    assertTrue(world.core().friends.request(ann, id(bob), ""));
    assertEquals(List.of(), list(ann));
    assertEquals(List.of(ActivityKind.FRIEND_ACCEPTED), kinds(bob));
  }

  @Test
  void block_takesTheOtherOutOfBothLists_andKeepsItOut() {
    PostId post = post(ann);
    PostId his = post(bob);
    like(bob, post);
    like(cat, post);
    like(ann, his);
    world.core().friends.block(ann, id(bob));
    assertEquals(List.of(id(cat)), only(ann).actors());
    assertEquals(1, only(ann).acts());
    assertEquals(List.of(), list(bob));
    Comment said = comment(ann, post(cat), 0);
    world
        .core()
        .db
        .change(
            tx ->
                new Activities(world.core().platform, world.limits())
                    .tell(tx, id(ann), new About(ActivityKind.ANSWERED, said.id(), 0), id(bob)));
    assertEquals(List.of(ActivityKind.LIKED), kinds(ann));
  }

  @Test
  void hiddenAccount_isCountedAndNotNamed() {
    PostId post = post(ann);
    like(bob, post);
    world
        .core()
        .db
        .change(tx -> tx.update("UPDATE account SET disabled = 1 WHERE id = ?", id(bob).value()));
    assertEquals(1, only(ann).acts());
    assertEquals(List.of(), only(ann).actors());
  }

  @Test
  void group_tellsWhoIsBroughtIn_andForgetsItWhenSomebodyLeaves() {
    ConversationId group = group(ann);
    everybodyMayBringIn(bob);
    assertTrue(world.core().roster.join(ann, group, id(bob), ""));
    assertEquals(About.place(ActivityKind.GROUP_ADDED, group.value()), only(bob).about());
    world.core().roster.join(cat, group, id(cat), "");
    assertEquals(List.of(), list(cat), "came by itself");
    world.core().roster.quit(bob, group, id(bob));
    assertEquals(List.of(), list(bob));
  }

  @Test
  void requestToJoin_isToldToWhoLeads_andGoesOnceAnybodyAnswers() {
    ConversationId group = group(ann);
    world.core().groups.setJoinPolicy(ann, group, Group.JoinPolicy.APPROVAL);
    world.core().roster.join(bob, group, id(bob), "let me in");
    world.core().roster.join(cat, group, id(cat), "me too");
    assertEquals(List.of(ActivityKind.GROUP_ASKED), kinds(ann));
    assertEquals(List.of(id(cat), id(bob)), only(ann).actors());
    world.core().roster.answer(ann, group, id(bob), true);
    assertEquals(List.of(ActivityKind.GROUP_LET_IN), kinds(bob));
    world.core().roster.answer(ann, group, id(cat), false);
    assertEquals(List.of(), list(ann));
    assertEquals(List.of(), list(cat));
  }

  @Test
  void invitation_goesWhenItIsAnswered_orWhoeverMadeItLeadsNoMore() {
    ConversationId group = group(ann);
    world.core().roster.join(ann, group, id(bob), "");
    world.core().roster.join(ann, group, id(cat), "");
    assertEquals(List.of(ActivityKind.GROUP_INVITED), kinds(bob));
    world.core().invitations.accept(bob, group);
    assertEquals(List.of(), list(bob));
    world.core().invitations.decline(cat, group);
    assertEquals(List.of(), list(cat));
    world.core().roster.setRole(ann, group, id(bob), true);
    Caller dan = somebody();
    world.core().roster.join(bob, group, id(dan), "");
    assertEquals(List.of(ActivityKind.GROUP_INVITED), kinds(dan));
    world.core().roster.setRole(ann, group, id(bob), false);
    assertEquals(List.of(), list(dan));
  }

  @Test
  void dissolvedGroup_takesItsEntriesWithIt() {
    ConversationId group = group(ann);
    world.core().roster.join(ann, group, id(bob), "");
    world.core().groups.delete(ann, group);
    assertEquals(List.of(), list(bob));
  }

  @Test
  void answeredReport_andJudgedPost_nameNobody() {
    Caller admin = somebody().with(Set.of(Right.ADMIN));
    world.core().reports.report(ann, Report.Kind.ACCOUNT, id(bob).value(), "rude");
    long report = world.core().reports.mine(ann, new Slice.Request("", 1)).rows().getFirst().id();
    world.core().reports.resolve(admin, report, "", "thank you");
    assertEquals(new About(ActivityKind.REPORT_ANSWERED, report, 0), only(ann).about());
    assertEquals(List.of(), only(ann).actors());
    PostId post = post(bob);
    world.core().feeds.moderation().setEnabled(admin, post, false, "no");
    assertEquals(List.of(ActivityKind.POST_TAKEN_DOWN), kinds(bob));
    world.core().feeds.moderation().setEnabled(admin, post, true, "yes");
    assertEquals(List.of(ActivityKind.POST_LEFT), kinds(bob));
    world.core().feeds.posts().delete(admin, post);
    assertEquals(new About(ActivityKind.POST_TAKEN_DOWN, post.value(), 0), only(bob).about());
  }

  @Test
  void list_keepsTheNewest_upToTheLimit() {
    List<PostId> posts = IntStream.range(0, MOST + 3).mapToObj(_ -> post(ann)).toList();
    posts.forEach(post -> like(bob, post));
    assertEquals(
        posts.reversed().stream().limit(MOST).map(PostId::value).toList(),
        list(ann).stream().map(entry -> entry.about().place()).toList());
  }

  @Test
  void cursor_goesOn_andIsNotTakenFromAnotherList() {
    IntStream.range(0, 5).forEach(_ -> like(bob, post(ann)));
    Slice<Activity> first = activities().list(ann, new Slice.Request("", 2)).entries();
    Slice<Activity> second = activities().list(ann, new Slice.Request(first.next(), 3)).entries();
    assertEquals("", second.next());
    List<Activity> both = new ArrayList<>(first.rows());
    both.addAll(second.rows());
    assertEquals(list(ann), both);
    CoreWorld.refused(
        FaultCode.INVALID_FIELD, () -> activities().list(ann, new Slice.Request("1.2", 2)));
  }

  @Test
  void unread_isPushedWithEachChange_andSeenNeverGoesBack() {
    PostId post = post(ann);
    world.events();
    like(bob, post);
    world.core().follows.follow(bob, id(ann));
    assertEquals(List.of(1L, 2L), pushed(ann));
    List<Activity> entries = list(ann);
    assertEquals(1, activities().seen(ann, entries.getLast().id()));
    assertEquals(0, activities().seen(ann, Long.MAX_VALUE));
    assertEquals(List.of(1L, 0L), pushed(ann));
    assertEquals(0, activities().seen(ann, entries.getLast().id()));
    assertEquals(List.of(), pushed(ann), "nothing changed");
    like(cat, post);
    assertEquals(List.of(1L), pushed(ann), "a mark far above holds up to what there was");
    assertEquals(0, activities().seen(bob, list(ann).getFirst().id()), "nobody else's list");
    assertEquals(1, activities().list(ann, new Slice.Request("", 1)).unread());
  }

  private static List<Long> pushed(Caller caller) {
    return world.events(Event.ActivityChanged.class).stream()
        .filter(event -> event.account().equals(id(caller)))
        .map(Event.ActivityChanged::unread)
        .toList();
  }

  private static Activities activities() {
    return new Activities(world.core().platform, world.limits());
  }

  private static List<Activity> list(Caller caller) {
    return activities().list(caller, new Slice.Request("", 100)).entries().rows();
  }

  private static Activity only(Caller caller) {
    List<Activity> entries = list(caller);
    assertEquals(1, entries.size(), entries::toString);
    return entries.getFirst();
  }

  private static List<ActivityKind> kinds(Caller caller) {
    return list(caller).stream().map(entry -> entry.about().kind()).toList();
  }

  private static AccountId id(Caller caller) {
    return caller.requireAccount();
  }

  private static PostId post(Caller author) {
    PostDraft draft = new PostDraft(PostKind.TEXT, "a post", List.of(), 0, 0, 0);
    return world.core().feeds.posts().create(author, draft).id();
  }

  private static Comment comment(Caller author, PostId post, long replyTo) {
    return world.core().feeds.comments().create(author, post, "a comment", replyTo);
  }

  private static void delete(Caller author, Comment comment) {
    world.core().feeds.comments().delete(author, comment.id());
  }

  private static void like(Caller fan, PostId post) {
    world.core().feeds.likes().like(fan, post);
  }

  private static void unlike(Caller fan, PostId post) {
    world.core().feeds.likes().unlike(fan, post);
  }

  private static ConversationId group(Caller owner) {
    return world.core().groups.create(owner, "walkers", "", "").group().id();
  }

  private static void everybodyMayBringIn(Caller caller) {
    world
        .core()
        .friends
        .setPrivacy(
            caller,
            was ->
                new Privacy(
                    was.friends(), was.presence(), Privacy.GroupPolicy.EVERYBODY, was.messages()));
  }
}
