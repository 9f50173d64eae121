package io.parley.feed.timeline;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.SignedCursors;
import io.parley.base.Slice;
import io.parley.feed.post.Post;
import io.parley.feed.post.Visibility;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the follow feed: posts of followed accounts and friends, newest first.
///
/// Posts of most authors were written into the reader's timeline when they were made. Fetched from
/// the authors themselves are: posts of authors with too many followers for that, of authors whose
/// posts are on their way right now, what is older than the timeline, and everything while the
/// timeline does not fit whom the reader follows; then it is made anew. So a page is exact whatever
/// state the timeline is in; the timeline only makes it cheap.
public final class Timelines {
  private static final char FOLLOW = 'F';
  private static final int PENDING_AUTHORS_MAX = 1000;

  /// Part of the feed.
  ///
  /// @param entries newest first: all there are from `floor` up to where it was asked from
  /// @param floor 0: the feed ends here
  private record Chunk(List<TimelineStore.Entry> entries, long floor) {}

  /// What one page is read by.
  private record View(Sources sources, Set<Long> fetched, long horizon) {}

  /// The top of a follow feed.
  ///
  /// @param posts newest first
  public record Latest(Sources sources, List<Long> posts) {}

  private final Db db;
  private final SignedCursors cursors;
  private final Rebuilding rebuilding;
  private final TimelineStore store = new TimelineStore();
  private final Visibility visibility = new Visibility();

  public Timelines(Db db, SignedCursors cursors, Rebuilding rebuilding) {
    this.db = db;
    this.cursors = cursors;
    this.rebuilding = rebuilding;
  }

  /// A part of the caller's follow feed.
  ///
  /// @throws io.parley.base.Fault INVALID_FIELD for a cursor of another list
  public Slice<Post> page(Caller caller, Slice.Request part) {
    AccountId reader = caller.requireAccount();
    SignedCursors.Of follow = cursors.of(FOLLOW, reader);
    long below = follow.open(part.cursor(), Long.MAX_VALUE)[0];
    List<Post> found = db.read(tx -> read(tx, reader, below, part.looked()));
    return Slice.of(part, found, last -> follow.after(last.id().value()));
  }

  private List<Post> read(Tx tx, AccountId reader, long below, int rows) {
    View view = view(tx, reader);
    List<Post> page = new ArrayList<>();
    long at = below;
    while (at > 0 && page.size() < rows) {
      Chunk chunk = chunk(tx, reader, view, at, rows);
      for (TimelineStore.Entry entry : chunk.entries()) {
        Post post = visibility.find(tx, entry.post(), reader);
        if (post != null && page.size() < rows) {
          page.add(post.because(view.sources().reason(entry.author())));
        }
      }
      at = chunk.floor();
    }
    return page;
  }

  /// Whom `reader` follows, and the newest `limit` posts of theirs, visible or not.
  public Latest newest(Tx tx, AccountId reader, int limit) {
    View view = view(tx, reader);
    List<Long> posts = new ArrayList<>();
    long at = Long.MAX_VALUE;
    while (at > 0 && posts.size() < limit) {
      Chunk chunk = chunk(tx, reader, view, at, limit);
      chunk.entries().forEach(entry -> posts.add(entry.post()));
      at = chunk.floor();
    }
    return new Latest(view.sources(), posts);
  }

  private View view(Tx tx, AccountId reader) {
    // What is on its way is looked at first: what leaves this list afterwards is in the timeline
    // when that is read, or its author is known as pulled when the sources are.
    Set<Long> fetched = new HashSet<>(store.pendingAuthors(tx, PENDING_AUTHORS_MAX));
    boolean tooMany = fetched.size() == PENDING_AUTHORS_MAX;
    Sources sources = Sources.of(tx, store, reader);
    TimelineStore.Head head = store.head(tx, reader);
    if (head == null
        || head.sources() != sources.fingerprint()
        || head.horizon() == Long.MAX_VALUE) {
      rebuilding.request(reader);
      return new View(sources, Set.of(), Long.MAX_VALUE);
    }
    fetched.retainAll(sources.pulled().keySet());
    sources
        .pulled()
        .forEach(
            (author, pulled) -> {
              if (pulled) {
                fetched.add(author);
              }
            });
    return new View(sources, fetched, tooMany ? Long.MAX_VALUE : head.horizon());
  }

  private Chunk chunk(Tx tx, AccountId reader, View view, long below, int limit) {
    if (below <= view.horizon()) {
      AuthorMerge all = new AuthorMerge(store, below, limit);
      all.addAll(tx, view.sources().pulled().keySet());
      return new Chunk(all.from(all.floor()), all.floor());
    }
    List<TimelineStore.Entry> written = store.newest(tx, reader, below, limit);
    long end = written.size() < limit ? view.horizon() : written.getLast().post();
    AuthorMerge merged = new AuthorMerge(store, below, limit);
    for (TimelineStore.Entry entry : written) {
      if (view.sources().has(entry.author()) && entry.post() >= end) {
        merged.add(entry.post(), entry.author());
      }
    }
    merged.addAll(tx, view.fetched());
    long floor = Math.max(end, merged.floor());
    return new Chunk(merged.from(floor), floor);
  }
}
