package io.parley.feed.post;

import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Right;
import io.parley.base.SignedCursors;
import io.parley.base.Slice;
import io.parley.media.Media;
import io.parley.platform.Platform;
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

  /// Posts with the keyword that one call looks at, for a reader who may see few of them.
  private static final int LOOKED_MAX = 2_000;

  private final Db db;
  private final Ids ids;
  private final Clock clock;
  private final Audit audit;
  private final boolean reviewed;
  private final Media media;
  private final SignedCursors cursors;
  private final PostRules rules;
  private final PostTexts texts;
  private final Outbox outbox;
  private final Views views;
  private final PostActivity activity;
  private final PostStore store = new PostStore();
  private final Visibility visibility = new Visibility();
  private final Counting counting = new Counting();

  /// `reviewed`: whether posts wait for a moderator.
  public Posts(
      Platform platform,
      Audit audit,
      boolean reviewed,
      Media media,
      SignedCursors cursors,
      PostTexts texts,
      Limits limits,
      Outbox outbox,
      Views views) {
    this.db = platform.db();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.audit = audit;
    this.reviewed = reviewed;
    this.media = media;
    this.cursors = cursors;
    this.rules = new PostRules(limits);
    this.texts = texts;
    this.outbox = outbox;
    this.views = views;
    this.activity = new PostActivity(platform, limits);
  }

  /// Publishes. Where `feed.review` is manual others see it once a moderator passes it.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field; FORBIDDEN for an upload that the
  ///     caller may not show
  public Post create(Caller caller, PostDraft draft) {
    AccountId author = caller.requireAccount();
    rules.check(draft);
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
          texts.put(tx, post.id(), draft.content());
          if (post.listed()) {
            outbox.add(tx, post);
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
    rules.check(draft);
    db.change(
        tx -> {
          Post post = visibility.requireOwn(tx, caller, id);
          requireUsable(tx, post.author(), draft);
          long now = clock.millis();
          boolean stays = !reviewed && post.verdict().review() == Review.PASSED;
          store.update(tx, id, draft, stays ? Review.PASSED : Review.WAITING, now);
          store.putMedia(tx, id, media(draft, now));
          texts.put(tx, id, draft.content());
        });
  }

  /// The post, and a view of it unless it is the caller's own.
  ///
  /// @throws Fault NOT_FOUND
  public Post get(Caller caller, PostId id) {
    Post post = db.read(tx -> visibility.require(tx, caller, id));
    AccountId reader = caller.requireAccount();
    if (!post.author().equals(reader)) {
      views.saw(reader, id);
    }
    return post;
  }

  /// Deletes, by its author or an admin. Nobody sees it again, but moderators while it has open
  /// reports: those an admin resolves by deleting it, its author does not.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public void delete(Caller caller, PostId id) {
    db.change(
        tx -> {
          boolean admin = caller.has(Right.ADMIN);
          Post post =
              admin ? visibility.require(tx, caller, id) : visibility.requireOwn(tx, caller, id);
          boolean judged = !post.author().equals(caller.accountId());
          if (judged) {
            audit.record(tx, caller, "feed.delete", "feed " + id, "of account " + post.author());
            counting.decided(tx, post, clock.millis());
          }
          activity.deleted(tx, post, judged);
          store.delete(tx, id, clock.millis());
          texts.remove(tx, id);
        });
  }

  /// The caller's own posts in every state, newest first.
  ///
  /// @param keyword in their text, case-folded; empty: any
  /// @param review null: any
  /// @param lastId where a part without a cursor starts: a post's id, exclusive; 0: the newest
  /// @throws Fault TOO_LARGE, INVALID_FIELD for a cursor of another list
  public Slice<Post> own(
      Caller caller, String keyword, @Nullable Review review, long lastId, Slice.Request part) {
    AccountId author = caller.requireAccount();
    String folded = PostTexts.folded(keyword);
    String pattern = folded.isEmpty() ? null : TextIndex.pattern(folded);
    long below = below(author, lastId, part);
    List<Post> found =
        pattern == null
            ? db.read(tx -> store.own(tx, author, below, review, null, part.looked()))
            : texts.read(
                caller,
                (tx, budget) -> store.own(tx, author, below, review, pattern, part.looked()));
    return Slice.of(part, found, last -> after(author, last.id().value()));
  }

  /// Everybody's posts that the caller may see, newest first. Keywords that no index knows, of one
  /// or two characters or of `%` and `_`, are looked for in the newest 100,000 posts below the
  /// start or in `limits.search_chars_max` characters; `next` goes on from there.
  ///
  /// @param lastId where a part without a cursor starts: a post's id, exclusive; 0: the newest
  /// @throws Fault TOO_LARGE, INVALID_FIELD for a cursor of another list
  public Slice<Post> newest(Caller caller, String keyword, long lastId, Slice.Request part) {
    AccountId reader = caller.requireAccount();
    String folded = PostTexts.folded(keyword);
    long below = below(reader, lastId, part);
    if (folded.isEmpty()) {
      List<Post> found = db.read(tx -> store.newest(tx, reader, below, part.looked()));
      return Slice.of(part, found, last -> after(reader, last.id().value()));
    }
    return texts.search(
        caller,
        folded,
        (tx, budget) -> search(tx, new Wanted(reader, folded, part), below, budget));
  }

  /// A search, wherever it begins.
  private record Wanted(AccountId reader, String keyword, Slice.Request part) {}

  private Slice<Post> search(Tx tx, Wanted wanted, long below, Budget budget) {
    AccountId reader = wanted.reader();
    int limit = wanted.part().looked();
    List<Post> page = new ArrayList<>();
    long at = below;
    int looked = 0;
    while (looked < LOOKED_MAX) {
      TextIndex.Found found = texts.find(tx, wanted.keyword(), at, limit, budget);
      for (long id : found.ids()) {
        Post post = store.visible(tx, id, reader);
        if (post != null) {
          page.add(post);
        }
        if (page.size() == limit) {
          return upTo(wanted, page, 0);
        }
        at = id;
        looked++;
      }
      if (found.ids().size() < limit) {
        return upTo(wanted, page, found.floor());
      }
    }
    return upTo(wanted, page, at);
  }

  /// What was found, after which the search goes on below `floor`; 0: nowhere.
  private Slice<Post> upTo(Wanted wanted, List<Post> found, long floor) {
    AccountId reader = wanted.reader();
    return Slice.of(
        wanted.part(),
        found,
        last -> after(reader, last.id().value()),
        floor == 0 ? "" : after(reader, floor));
  }

  private String after(AccountId reader, long id) {
    return cursors.of(BELOW, reader).after(id);
  }

  private long below(AccountId reader, long lastId, Slice.Request part) {
    return cursors.of(BELOW, reader).open(part.cursor(), lastId <= 0 ? Long.MAX_VALUE : lastId)[0];
  }

  private void requireUsable(Tx tx, AccountId author, PostDraft draft) {
    draft.resources().forEach(url -> media.requireUsable(tx, author, "resource", url));
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
