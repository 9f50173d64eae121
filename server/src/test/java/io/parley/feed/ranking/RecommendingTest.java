package io.parley.feed.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Slice;
import io.parley.feed.PeopleOfTheFeed;
import io.parley.feed.post.Post;
import io.parley.feed.post.PostId;
import io.parley.feed.post.Visibility;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ranked lists while scores move.
class RecommendingTest {
  private static final int AUTHORS = 12;
  private static final int POSTS = 90;
  private static final int SCHEDULES = 2_000;
  private static final long READERS = 1_000;

  @TempDir private Path dir;
  private PeopleOfTheFeed people;
  private final List<Long> posts = new ArrayList<>();

  @BeforeEach
  void open() {
    people = new PeopleOfTheFeed(dir, Map.of());
    for (int i = 0; i < POSTS; i++) {
      people.clock.advance(Duration.ofMinutes(7));
      posts.add(people.post(i % AUTHORS + 1, "post " + i));
    }
    people.clock.advance(Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void recommended_whileScoresMove_showsEveryPostOnce() throws Exception {
    schedules(
        (reader, random) -> {
          Paging paging = (cursor, num) -> recommended(reader, cursor, num);
          assertEquals(new HashSet<>(posts), new HashSet<>(readAll(paging, random)));
        });
  }

  @Test
  void hottest_whileScoresMove_showsEveryPostOnce() throws Exception {
    schedules(
        (reader, random) -> {
          Paging paging =
              (cursor, num) -> people.feeds.recommending().hottest(reader, "", part(cursor, num));
          assertEquals(new HashSet<>(posts), new HashSet<>(readAll(paging, random)));
        });
  }

  @Test
  void aListOrderedByTheScoresOfTheMoment_wouldFailThis() throws Exception {
    // The counter-test: paging by rank without a kept order skips or repeats.
    int[] wrong = {0};
    schedules(
        (reader, random) -> {
          long[] at = {Long.MAX_VALUE, Long.MAX_VALUE};
          Paging naive =
              (cursor, num) -> {
                List<Candidate> rows =
                    people.db.read(tx -> new RankStore().hottestBelow(tx, at[0], at[1], (int) num));
                if (rows.isEmpty()) {
                  return new Slice<>(List.of(), "", row -> "");
                }
                at[0] = rows.getLast().score();
                at[1] = rows.getLast().post();
                return new Slice<>(
                    rows.stream().map(row -> find(row.post())).toList(), "more", row -> "more");
              };
          try {
            List<Long> read = readAll(naive, random);
            if (read.size() < POSTS) {
              note(wrong);
            }
          } catch (AssertionError e) {
            note(wrong);
          }
        });
    assertTrue(wrong[0] > SCHEDULES / 10, wrong[0] + " schedules went wrong");
  }

  private static void note(int[] count) {
    synchronized (count) {
      count[0]++;
    }
  }

  private Post find(long id) {
    Post post = people.db.read(tx -> new Visibility().find(tx, id, new AccountId(READERS)));
    if (post == null) {
      throw new AssertionError("no post " + id);
    }
    return post;
  }

  @Test
  void recommended_samePageAgain_isTheSamePage() {
    Caller reader = PeopleOfTheFeed.caller(READERS);
    var first = recommended(reader, "", 10);
    var second = recommended(reader, first.next(), 10);
    move(new Random(1), 30);
    var again = recommended(reader, first.next(), 10);
    assertEquals(ids(second), ids(again));
  }

  @Test
  void recommended_withoutACursor_showsWhatWasNotShown() {
    Caller reader = PeopleOfTheFeed.caller(READERS);
    Set<Long> shown = new HashSet<>();
    for (int call = 0; call < 9; call++) {
      for (long id : ids(recommended(reader, "", 10))) {
        assertTrue(shown.add(id), id + " came twice");
      }
    }
    assertEquals(POSTS, shown.size());
    assertEquals(List.of(), ids(recommended(reader, "", 10)));
    people.close();
    people = new PeopleOfTheFeed(dir, Map.of());
    assertEquals(List.of(), ids(recommended(reader, "", 10)), "a restart forgets nothing");
  }

  @Test
  void cursors_ofBeforeARestart_goOnWithoutRepeats() {
    Caller reader = PeopleOfTheFeed.caller(READERS);
    var recommended = recommended(reader, "", 30);
    var hottest = people.feeds.recommending().hottest(reader, "", part("", 30));
    people.close();
    people = new PeopleOfTheFeed(dir, Map.of());
    Set<Long> shown = new HashSet<>(ids(recommended));
    for (String cursor = recommended.next(); !cursor.isEmpty(); ) {
      var slice = recommended(reader, cursor, 30);
      ids(slice).forEach(id -> assertTrue(shown.add(id), id + " came twice"));
      cursor = slice.next();
    }
    assertEquals(new HashSet<>(posts), shown);
    List<Long> ranked = new ArrayList<>(ids(hottest));
    for (String cursor = hottest.next(); !cursor.isEmpty(); ) {
      var slice = people.feeds.recommending().hottest(reader, "", part(cursor, 30));
      ranked.addAll(ids(slice));
      cursor = slice.next();
    }
    assertEquals(POSTS, ranked.size());
    assertEquals(new HashSet<>(posts), new HashSet<>(ranked));
  }

  @Test
  void views_countOnceForEachViewerAndHour() {
    PostId id = new PostId(posts.getFirst());
    for (long viewer : new long[] {1, READERS, READERS, READERS + 1}) {
      people.feeds.posts().get(PeopleOfTheFeed.caller(viewer), id);
    }
    people.clock.advance(Duration.ofMinutes(61));
    people.feeds.posts().get(PeopleOfTheFeed.caller(READERS), id);
    people.close();
    people = new PeopleOfTheFeed(dir, Map.of());
    assertEquals(3, people.feeds.posts().get(PeopleOfTheFeed.caller(1), id).counts().views());
  }

  @Test
  void recommended_neverShowsOwnBlockedOrUnlisted() {
    Caller one = PeopleOfTheFeed.caller(1);
    people.db.write(
        tx -> {
          people.blocks.add(tx, new AccountId(1), new AccountId(2));
          people.blocks.add(tx, new AccountId(3), new AccountId(1));
          return 0;
        });
    people.feeds.posts().delete(PeopleOfTheFeed.caller(4), new PostId(posts.get(3)));
    List<Long> read = new ArrayList<>();
    String cursor = "";
    do {
      var slice = recommended(one, cursor, 20);
      slice.rows().forEach(post -> assertTrue(post.author().value() > 3));
      read.addAll(ids(slice));
      cursor = slice.next();
    } while (!cursor.isEmpty());
    assertFalse(read.contains(posts.get(3)));
    long others = posts.stream().filter(id -> posts.indexOf(id) % AUTHORS + 1 > 3).count();
    assertEquals(others - 1, read.size());
  }

  @Test
  void followedAndLikedByFollowed_comeEarlier() {
    Caller reader = PeopleOfTheFeed.caller(READERS);
    Caller stranger = PeopleOfTheFeed.caller(READERS + 1);
    long old = posts.get(5);
    people.follow(READERS, 6);
    people.follow(READERS, READERS + 2);
    people.feeds.likes().like(PeopleOfTheFeed.caller(READERS + 2), new PostId(old));
    List<Long> mine = ids(recommended(reader, "", 90));
    List<Long> theirs = ids(recommended(stranger, "", 90));
    assertTrue(
        mine.indexOf(old) + 20 < theirs.indexOf(old),
        mine.indexOf(old) + " is not much before " + theirs.indexOf(old));
  }

  private Slice<Post> recommended(Caller reader, String cursor, long num) {
    return people.feeds.recommending().recommended(reader, part(cursor, num), List::size);
  }

  private static Slice.Request part(String cursor, long num) {
    return Slice.Request.of(cursor, num, 100);
  }

  private interface Paging {
    Slice<Post> page(String cursor, long num);
  }

  private interface Schedule {
    void run(Caller reader, Random random);
  }

  /// Many readers at once, so that their commits share an fsync.
  private void schedules(Schedule schedule) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < SCHEDULES; i++) {
        int seed = i;
        tasks.add(
            () -> {
              schedule.run(PeopleOfTheFeed.caller(READERS + seed), new Random(seed));
              return seed;
            });
      }
      for (Future<Integer> each : threads.invokeAll(tasks)) {
        each.get();
      }
    }
  }

  /// Every page to the end, with acts in between; fails on a repeat.
  private List<Long> readAll(Paging paging, Random random) {
    List<Long> read = new ArrayList<>();
    Set<Long> once = new HashSet<>();
    String cursor = "";
    do {
      Slice<Post> slice = paging.page(cursor, random.nextInt(30) + 5);
      for (long id : ids(slice)) {
        assertTrue(once.add(id), id + " came twice");
        read.add(id);
      }
      cursor = slice.next();
      move(random, 3);
    } while (!cursor.isEmpty());
    return read;
  }

  /// Changes the scores of some posts, up and down, by acts of their own.
  private void move(Random random, int acts) {
    people.db.write(
        tx -> {
          for (int i = 0; i < acts; i++) {
            tx.update(
                "UPDATE post SET hot = ? WHERE id = ?",
                2_000_000_000L + random.nextInt(100_000_000),
                posts.get(random.nextInt(POSTS)));
          }
          return acts;
        });
    if (random.nextInt(4) == 0) {
      people.clock.advance(Duration.ofSeconds(3));
    }
  }

  private static List<Long> ids(Slice<Post> slice) {
    return slice.rows().stream().map(post -> post.id().value()).toList();
  }
}
