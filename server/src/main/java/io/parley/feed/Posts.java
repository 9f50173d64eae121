package io.parley.feed;

import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Ids;
import io.parley.base.Right;
import io.parley.store.Budget;
import io.parley.store.Db;
import io.parley.store.TextIndex;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes, changes and finds posts.
public final class Posts {
  private static final char BELOW = 'N';
  private static final int KEYWORD_CHARS_MAX = 128;

  /// Posts with the keyword that one call looks at, for a reader who may see few of them.
  private static final int LOOKED_MAX = 2_000;

  private final Db db;
  private final Ids ids;
  private final Clock clock;
  private final Audit audit;
  private final boolean reviewed;
  private final Parts parts;
  private final Fanout fanout;
  private final Views views;
  private final PostStore store;

  Posts(Feeds.Engines engines, boolean reviewed, Parts parts, Fanout fanout, Views views) {
    this.db = engines.db();
    this.ids = engines.ids();
    this.clock = engines.clock();
    this.audit = engines.audit();
    this.reviewed = reviewed;
    this.parts = parts;
    this.fanout = fanout;
    this.views = views;
    this.store = parts.posts();
  }

  /// Publishes. Where `feed.review` is manual others see it once a moderator passes it.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field; FORBIDDEN for an upload that the
  ///     caller may not show
  public Post create(Caller caller, PostDraft draft) {
    AccountId author = caller.requireAccount();
    parts.rules().check(draft);
    return db.write(
        tx -> {
          requireUsable(tx, author, draft);
          long now = clock.millis();
          Post.Counts none = new Post.Counts(0, 0, 0, 0, 0, 0);
          Post.Counts counts = new Post.Counts(0, 0, 0, 0, 0, Ranking.DEFAULT.hot(none, now));
          Review review = reviewed ? Review.WAITING : Review.PASSED;
          Post post =
              new Post(
                  new PostId(ids.next()),
                  author,
                  draft.kind(),
                  draft.content(),
                  media(draft, now),
                  counts,
                  new Post.Verdict(true, review, 0, ""),
                  false,
                  now,
                  now,
                  null);
          store.insert(tx, post);
          parts.texts().put(tx, post.id().value(), Folding.searched(draft.content()));
          if (post.listed()) {
            fanout.enqueue(tx, post);
          }
          return post;
        });
  }

  /// Replaces everything the author may say. Where `feed.review` is manual it waits for a moderator
  /// again; so does one that had failed, everywhere.
  ///
  /// @throws Fault INVALID_FIELD, TOO_LARGE, NOT_FOUND, FORBIDDEN
  public void edit(Caller caller, PostId id, PostDraft draft) {
    caller.requireAccount();
    parts.rules().check(draft);
    db.change(
        tx -> {
          Post post = parts.visibility().requireOwn(tx, caller, id);
          requireUsable(tx, post.author(), draft);
          long now = clock.millis();
          boolean stays = !reviewed && post.verdict().review() == Review.PASSED;
          store.update(tx, id, draft, stays ? Review.PASSED : Review.WAITING, now);
          store.putMedia(tx, id, media(draft, now));
          parts.texts().put(tx, id.value(), Folding.searched(draft.content()));
        });
  }

  /// The post, and a view of it unless it is the caller's own.
  ///
  /// @throws Fault NOT_FOUND
  public Post get(Caller caller, PostId id) {
    Post post = db.read(tx -> parts.visibility().require(tx, caller, id));
    AccountId reader = caller.requireAccount();
    if (!post.author().equals(reader)) {
      views.saw(reader, id);
    }
    return post;
  }

  /// Deletes, by its author or an admin. Nobody sees it again.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public void delete(Caller caller, PostId id) {
    db.change(
        tx -> {
          if (caller.has(Right.ADMIN)) {
            Post post = parts.visibility().require(tx, caller, id);
            if (!post.author().equals(caller.accountId())) {
              audit.record(tx, caller, "feed.delete", "feed " + id, "of account " + post.author());
            }
          } else {
            parts.visibility().requireOwn(tx, caller, id);
          }
          store.delete(tx, id, clock.millis());
          parts.texts().remove(tx, id.value());
        });
  }

  /// The caller's own posts in every state, newest first.
  ///
  /// @param keyword in their text, case-folded; empty: any
  /// @param review null: any
  /// @param num 0: 20
  /// @throws Fault TOO_LARGE, INVALID_FIELD for a cursor of another list
  public Slice<Post> own(
      Caller caller, String keyword, @Nullable Review review, Start start, long num) {
    AccountId author = caller.requireAccount();
    String folded = keyword(keyword);
    String pattern = folded.isEmpty() ? null : TextIndex.pattern(folded);
    int rows = parts.rows(num);
    long below = below(author, start);
    List<Post> found =
        pattern == null
            ? db.read(tx -> store.own(tx, author, below, review, null, rows + 1))
            : parts
                .scans()
                .read(
                    caller,
                    (tx, budget) -> store.own(tx, author, below, review, pattern, rows + 1));
    return slice(author, found, rows);
  }

  /// Everybody's posts that the caller may see, newest first. Keywords that no index knows, of one
  /// or two characters or of `%` and `_`, are looked for in the newest 100,000 posts below the
  /// start or in `limits.search_chars_max` characters; `next` goes on from there.
  ///
  /// @param num 0: 20
  /// @throws Fault TOO_LARGE, INVALID_FIELD for a cursor of another list
  public Slice<Post> newest(Caller caller, String keyword, Start start, long num) {
    AccountId reader = caller.requireAccount();
    String folded = keyword(keyword);
    int rows = parts.rows(num);
    long below = below(reader, start);
    return folded.isEmpty()
        ? slice(reader, db.read(tx -> store.newest(tx, reader, below, rows + 1)), rows)
        : parts.search(
            caller,
            folded,
            (tx, budget) -> search(tx, new Wanted(reader, folded, rows), below, budget));
  }

  /// A search, wherever it begins.
  private record Wanted(AccountId reader, String keyword, int rows) {}

  private Slice<Post> search(Tx tx, Wanted wanted, long below, Budget budget) {
    AccountId reader = wanted.reader();
    int rows = wanted.rows();
    List<Post> page = new ArrayList<>();
    long at = below;
    int looked = 0;
    while (looked < LOOKED_MAX) {
      TextIndex.Found found = parts.texts().find(tx, wanted.keyword(), at, rows + 1, budget);
      for (long id : found.ids()) {
        Post post = store.visible(tx, id, reader);
        if (post != null) {
          page.add(post);
        }
        if (page.size() > rows) {
          return slice(reader, page, rows);
        }
        at = id;
        looked++;
      }
      if (found.ids().size() <= rows) {
        return upTo(reader, page, found.floor());
      }
    }
    return upTo(reader, page, at);
  }

  /// All of `page`, after which the search goes on below `floor`; 0: nowhere.
  private Slice<Post> upTo(AccountId reader, List<Post> page, long floor) {
    String next = floor == 0 ? "" : parts.cursors().seal(BELOW, reader, floor);
    return new Slice<>(page, next, last -> after(reader, last));
  }

  private Slice<Post> slice(AccountId reader, List<Post> found, int rows) {
    return Slice.of(found, rows, last -> after(reader, last));
  }

  private String after(AccountId reader, Post last) {
    return parts.cursors().seal(BELOW, reader, last.id().value());
  }

  /// @throws Fault TOO_LARGE
  static String keyword(String keyword) {
    if (keyword.length() > KEYWORD_CHARS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "keyword: longer than " + KEYWORD_CHARS_MAX + " characters");
    }
    return Folding.fold(keyword.replace("\0", ""));
  }

  private long below(AccountId reader, Start start) {
    if (!start.cursor().isEmpty()) {
      return parts.cursors().open(BELOW, reader, start.cursor(), 1)[0];
    }
    return start.below() <= 0 ? Long.MAX_VALUE : start.below();
  }

  private void requireUsable(Tx tx, AccountId author, PostDraft draft) {
    draft.resources().forEach(url -> parts.media().requireUsable(tx, author, "resource", url));
  }

  private List<PostMedia> media(PostDraft draft, long now) {
    List<String> resources = draft.resources();
    return switch (draft.kind()) {
      case TEXT -> List.of();
      case IMAGE ->
          resources.stream().map(url -> new PostMedia(ids.next(), url, "", 0, 0, 0, now)).toList();
      case VIDEO ->
          List.of(
              new PostMedia(
                  ids.next(),
                  resources.getFirst(),
                  resources.size() > 1 ? resources.get(1) : "",
                  draft.width(),
                  draft.height(),
                  draft.durationMs(),
                  now));
    };
  }
}
