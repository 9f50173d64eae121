package io.parley.feed.ranking;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Limits;
import io.parley.base.SignedCursors;
import io.parley.base.Slice;
import io.parley.feed.post.Post;
import io.parley.feed.post.PostTexts;
import io.parley.feed.post.Ranking;
import io.parley.feed.post.Reason;
import io.parley.feed.post.Visibility;
import io.parley.feed.timeline.Sources;
import io.parley.feed.timeline.Timelines;
import io.parley.platform.Platform;
import io.parley.store.Budget;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// Ranked ways of reading: what is recommended to an account, and everybody's posts by rank.
///
/// A first page ranks and keeps the order; later pages read on in it, so they neither skip nor
/// repeat while scores move. If the kept order is gone, a recommendation ranks anew without what
/// was shown, and the list by rank goes on below the last rank that was shown.
public final class Recommending {
  private static final char RECOMMENDED = 'R';
  private static final char HOT = 'H';
  private static final int KEPT_MAX = 400;
  private static final int FOLLOWED_POSTS = 60;
  private static final int LIKERS_MAX = 50;
  private static final int LISTED_MAX = 1000;

  private final Db db;
  private final SignedCursors cursors;
  private final PostTexts texts;
  private final Timelines timelines;
  private final Seen seen;
  private final Hottest hottest;
  private final Snapshots snapshots;
  private final Visibility visibility = new Visibility();
  private final RankStore store = new RankStore();

  public Recommending(
      Platform platform,
      SignedCursors cursors,
      PostTexts texts,
      Limits limits,
      Timelines timelines,
      Seen seen) {
    this.db = platform.db();
    this.cursors = cursors;
    this.texts = texts;
    this.timelines = timelines;
    this.seen = seen;
    this.hottest = new Hottest(platform.clock(), limits);
    this.snapshots = new Snapshots(platform.clock(), platform.entropy());
  }

  /// Posts for the caller: hot ones, those of accounts it follows, those that these like, and some
  /// new ones. Never its own, nor what it was shown lately.
  ///
  /// @param part without a cursor: rank anew
  /// @param fitting how many of some rows the answer has room for: only these count as shown
  /// @throws io.parley.base.Fault INVALID_FIELD for a cursor of another list
  public Slice<Post> recommended(
      Caller caller, Slice.Request part, ToIntFunction<List<Post>> fitting) {
    AccountId reader = caller.requireAccount();
    long[] place = cursors.of(RECOMMENDED, reader).open(part.cursor(), 0, 0);
    Slice<Post> all = db.read(tx -> recommended(tx, reader, place, part.rows()));
    Slice<Post> slice = all.first(fitting.applyAsInt(all.rows()));
    seen.add(reader, slice.rows().stream().map(post -> post.id().value()).toList());
    return slice;
  }

  private Slice<Post> recommended(Tx tx, AccountId reader, long[] place, int rows) {
    Snapshots.Snapshot known = snapshots.find(place[0], reader);
    int from = known == null ? 0 : (int) place[1];
    Snapshots.Snapshot kept = known != null ? known : snapshots.keep(reader, rank(tx, reader));
    List<Post> page = read(tx, reader, kept, from, rows);
    if (page.isEmpty() && known != null) {
      return recommended(tx, reader, new long[] {0, 0}, rows);
    }
    SignedCursors.Of ranked = cursors.of(RECOMMENDED, reader);
    // After the last of the order the next page finds no order and ranks anew.
    Function<Post, String> after =
        last ->
            last.id().value() == kept.posts()[kept.posts().length - 1]
                ? ranked.after(0, 0)
                : ranked.after(kept.id(), kept.after(last.id()));
    String next = page.isEmpty() ? "" : after.apply(page.getLast());
    return new Slice<>(page, next, row -> after.apply(page.get(row)));
  }

  /// The next `rows` of an order that the reader may still see.
  private List<Post> read(Tx tx, AccountId reader, Snapshots.Snapshot kept, int from, int rows) {
    List<Post> page = new ArrayList<>();
    for (int at = from; at < kept.posts().length && page.size() < rows; at++) {
      Post post = visibility.find(tx, kept.posts()[at], reader);
      if (post != null) {
        page.add(post.because(kept.reasons()[at]));
      }
    }
    return page;
  }

  private List<Candidate> rank(Tx tx, AccountId reader) {
    Set<Long> shown = seen.of(tx, reader);
    Hottest.Lists lists = hottest.lists(tx);
    Map<Long, Candidate> candidates = new HashMap<>();
    int hot = 0;
    for (Candidate candidate : lists.hottest()) {
      if (hot < KEPT_MAX && wanted(candidate, reader, shown)) {
        candidates.put(candidate.post(), candidate);
        hot++;
      }
    }
    Timelines.Latest latest = timelines.newest(tx, reader, FOLLOWED_POSTS);
    Map<Long, List<AccountId>> likes = likes(tx, latest.sources());
    Set<Long> others = new LinkedHashSet<>();
    others.addAll(latest.posts());
    others.addAll(likes.keySet());
    others.removeAll(candidates.keySet());
    others.removeAll(shown);
    for (Candidate candidate : store.find(tx, others)) {
      if (wanted(candidate, reader, shown)) {
        candidates.put(candidate.post(), candidate);
      }
    }
    List<Candidate> ranked = new ArrayList<>();
    for (Candidate candidate : candidates.values()) {
      List<AccountId> likers = likes.getOrDefault(candidate.post(), List.of());
      ranked.add(raise(candidate, latest.sources(), likers));
    }
    ranked.sort(
        Comparator.comparingLong(Candidate::score).thenComparingLong(Candidate::post).reversed());
    List<Candidate> fresh =
        lists.newest().stream()
            .filter(each -> wanted(each, reader, shown))
            .map(each -> each.plus(0, Reason.FRESH))
            .toList();
    return Arrangement.of(ranked, fresh, KEPT_MAX);
  }

  /// What the reader's acquaintance with author and likers adds, and which of it is the reason.
  private static Candidate raise(Candidate candidate, Sources sources, List<AccountId> likers) {
    boolean known = sources.has(candidate.author());
    long bonus =
        (known ? Ranking.FOLLOWED_BONUS : 0)
            + Math.min(likers.size(), Ranking.LIKED_BONUS_TIMES_MAX) * Ranking.LIKED_BONUS;
    List<AccountId> named = likers.stream().limit(Reason.LIKERS_MAX).toList();
    if (named.isEmpty()) {
      return candidate.plus(bonus, known ? sources.reason(candidate.author()) : candidate.reason());
    }
    Reason.Kind kind = known ? sources.reason(candidate.author()).kind() : Reason.Kind.LIKED;
    return candidate.plus(bonus, new Reason(kind, named));
  }

  /// Post → the followed accounts that liked it lately.
  private Map<Long, List<AccountId>> likes(Tx tx, Sources sources) {
    List<Long> likers = sources.pulled().keySet().stream().limit(LIKERS_MAX).toList();
    return store.likedBy(tx, likers);
  }

  private static boolean wanted(Candidate candidate, AccountId reader, Set<Long> shown) {
    return candidate.author() != reader.value() && !shown.contains(candidate.post());
  }

  /// Everybody's posts that the caller may see, hottest first, at most 1,000; with a keyword of the
  /// newest 1,000 that contain it.
  ///
  /// @param part without a cursor: rank anew
  /// @throws io.parley.base.Fault TOO_LARGE; INVALID_FIELD for a cursor of another list
  public Slice<Post> hottest(Caller caller, String keyword, Slice.Request part) {
    AccountId reader = caller.requireAccount();
    String folded = PostTexts.folded(keyword);
    long[] place =
        cursors.of(HOT, reader).open(part.cursor(), 0, 0, Long.MAX_VALUE, Long.MAX_VALUE);
    return texts.search(
        caller,
        folded,
        (tx, budget) -> hottest(tx, reader, () -> hottest(tx, folded, place, budget), place, part));
  }

  private Slice<Post> hottest(
      Tx tx, AccountId reader, Supplier<List<Candidate>> fresh, long[] place, Slice.Request part) {
    Snapshots.Snapshot known = snapshots.find(place[0], reader);
    int from = known == null ? 0 : (int) place[1];
    Snapshots.Snapshot kept = known != null ? known : snapshots.keep(reader, fresh.get());
    List<Post> found = read(tx, reader, kept, from, part.looked());
    SignedCursors.Of hot = cursors.of(HOT, reader);
    return Slice.of(
        part,
        found,
        last ->
            hot.after(kept.id(), kept.after(last.id()), last.counts().hot(), last.id().value()));
  }

  private List<Candidate> hottest(Tx tx, String keyword, long[] place, Budget budget) {
    long hot = place[2];
    long id = place[3];
    if (keyword.isEmpty()) {
      return store.hottestBelow(tx, hot, id, LISTED_MAX);
    }
    List<Long> found = texts.find(tx, keyword, Long.MAX_VALUE, LISTED_MAX, budget).ids();
    List<Candidate> matches = new ArrayList<>();
    for (Candidate candidate : store.find(tx, found)) {
      if (candidate.score() < hot || (candidate.score() == hot && candidate.post() < id)) {
        matches.add(candidate);
      }
    }
    matches.sort(
        Comparator.comparingLong(Candidate::score).thenComparingLong(Candidate::post).reversed());
    return matches;
  }
}
