package io.parley.feed.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Slice;
import io.parley.feed.PeopleOfTheFeed;
import io.parley.feed.post.Post;
import io.parley.feed.post.PostId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The follow feed against a model that knows everything, while timelines are written, trimmed and
/// made anew behind its back.
class TimelinesTest {
  private static final int ACCOUNTS = 9;
  private static final int STEPS = 600;

  @TempDir private Path dir;

  private final TreeMap<Long, Long> posts = new TreeMap<>();
  private final Map<Long, TreeSet<Long>> follows = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyPage_isWhatTheModelSays(long seed) {
    Random random = new Random(seed);
    // Small enough that authors become pulled, timelines are trimmed and pages go below them.
    Map<String, String> keys =
        Map.of("limits.feed_fanout_followers_max", "4", "limits.feed_timeline_max", "12");
    PeopleOfTheFeed people = new PeopleOfTheFeed(dir, keys);
    try {
      int checked = 0;
      for (int step = 0; step < STEPS; step++) {
        people.clock.advance(Duration.ofMillis(random.nextInt(50) + 1));
        long account = random.nextInt(ACCOUNTS) + 1L;
        int act = random.nextInt(100);
        if (act < 35) {
          posts.put(people.post(account, "step " + step), account);
        } else if (act < 45) {
          change(people, random, account);
        } else if (act < 50 && !posts.isEmpty()) {
          delete(people, random);
        } else if (act < 52) {
          people.close();
          people = new PeopleOfTheFeed(dir, keys);
          people.clock.advance(Duration.ofDays(step));
        } else {
          checked += check(people, random, account, step);
        }
      }
      assertTrue(checked > 300, checked + " pages were compared");
    } finally {
      people.close();
    }
  }

  private void change(PeopleOfTheFeed people, Random random, long account) {
    long other = random.nextInt(ACCOUNTS) + 1L;
    TreeSet<Long> mine = follows.computeIfAbsent(account, none -> new TreeSet<>());
    if (other == account) {
      return;
    }
    if (mine.remove(other)) {
      people.unfollow(account, other);
    } else {
      mine.add(other);
      people.follow(account, other);
    }
  }

  private void delete(PeopleOfTheFeed people, Random random) {
    List<Long> ids = new ArrayList<>(posts.keySet());
    long id = ids.get(random.nextInt(ids.size()));
    Long author = posts.remove(id);
    if (author != null) {
      people.feeds.posts().delete(PeopleOfTheFeed.caller(author), new PostId(id));
    }
  }

  /// Reads some pages; the answer is how many.
  private int check(PeopleOfTheFeed people, Random random, long account, int step) {
    int rows = random.nextInt(8) + 1;
    int pages = random.nextInt(6) + 1;
    String cursor = "";
    long below = Long.MAX_VALUE;
    for (int page = 0; page < pages; page++) {
      Slice<Post> slice =
          people
              .feeds
              .timelines()
              .page(PeopleOfTheFeed.caller(account), new Slice.Request(cursor, rows));
      List<Long> read = slice.rows().stream().map(post -> post.id().value()).toList();
      List<Long> all = model(account, below);
      String where = "step " + step + ", page " + page + " of " + account;
      assertEquals(all.subList(0, Math.min(rows, all.size())), read, where);
      assertEquals(all.size() <= rows, slice.next().isEmpty(), where);
      if (slice.next().isEmpty()) {
        return page + 1;
      }
      cursor = slice.next();
      below = read.getLast();
    }
    return pages;
  }

  private List<Long> model(long account, long below) {
    TreeSet<Long> authors = follows.getOrDefault(account, new TreeSet<>());
    return posts.headMap(below, false).descendingMap().entrySet().stream()
        .filter(each -> authors.contains(each.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
