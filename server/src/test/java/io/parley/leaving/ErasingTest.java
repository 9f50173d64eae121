package io.parley.leaving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.Core;
import io.parley.account.Departing;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.bus.Event;
import io.parley.bus.NoticeKind;
import io.parley.feed.post.Post;
import io.parley.feed.post.PostDraft;
import io.parley.feed.post.PostId;
import io.parley.feed.post.PostKind;
import io.parley.harness.CoreWorld;
import io.parley.session.Closing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Erasing goes on where it was, and two may be at it.
class ErasingTest {
  private static final int POSTS = 120;

  @RegisterExtension static final CoreWorld world = new CoreWorld(Map.of());

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Core core = world.core();
  private final Departing departing = new Departing(core.clock, core.accounts);

  private Erasing erasing() {
    return new Erasing(
        core.db,
        core.clock,
        new Erasing.Services(departing, core.roster, core.friends, core.follows, core.feeds));
  }

  private PostId post(Caller author, String text) {
    return core.feeds
        .posts()
        .create(author, new PostDraft(PostKind.TEXT, text, List.of(), 0, 0, 0))
        .id();
  }

  private long number(String sql, AccountId id) {
    return core.db.read(tx -> tx.number(sql, id.value()));
  }

  private Caller leaver() {
    String name = "leaver" + COUNT.incrementAndGet();
    world.register(name);
    return world.caller(world.login(name).token());
  }

  private PostId fill(Caller leaver) {
    PostId liked = post(world.somebody("host" + COUNT.incrementAndGet()), "of somebody else");
    core.feeds.likes().like(leaver, liked);
    for (int i = 0; i < 3; i++) {
      var unused = core.feeds.comments().create(leaver, liked, "comment " + i, 0);
    }
    for (int i = 0; i < POSTS; i++) {
      var unused = post(leaver, "post " + i);
    }
    return liked;
  }

  private void close(Caller leaver) {
    Closing closing = new Closing(core.db, core.accounts, departing, core.sessions, core.security);
    Erasing notStarted = erasing();
    notStarted.close(); // As after a kill: what is to be erased is in the store alone.
    new Leaving(core.clock, closing, notStarted).leave(leaver, CoreWorld.PASSWORD, "");
  }

  private static void stop(Erasing erasing) {
    erasing.close();
  }

  private void assertErased(AccountId id, PostId liked, Caller reader) {
    assertEquals(0, number("SELECT count(*) FROM post WHERE author_id = ? AND content <> ''", id));
    assertEquals(
        0, number("SELECT count(*) FROM post_comment WHERE author_id = ? AND content <> ''", id));
    assertEquals(0, number("SELECT count(*) FROM post_like WHERE account_id = ?", id));
    Post post = core.feeds.posts().get(reader, liked);
    assertEquals(0, post.counts().likes());
    assertEquals(0, post.counts().comments());
  }

  @Test
  void twoAtOnce_eraseOnce() throws Exception {
    Caller leaver = leaver();
    AccountId id = leaver.requireAccount();
    PostId liked = fill(leaver);
    close(leaver);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Erasing one = erasing();
        Erasing other = erasing()) {
      List<Callable<Object>> looks =
          new ArrayList<>(List.of(Executors.callable(one::look), Executors.callable(other::look)));
      for (Future<Object> each : threads.invokeAll(looks)) {
        var unused = each.get();
      }
    }
    assertErased(id, liked, world.somebody("reader" + COUNT.incrementAndGet()));
  }

  @Test
  void stoppedInTheMiddle_goesOnWhereItWas() {
    Caller leaver = leaver();
    AccountId id = leaver.requireAccount();
    PostId liked = fill(leaver);
    Caller friend = world.somebody("friend" + COUNT.incrementAndGet());
    core.db.change(tx -> core.friends.agree(tx, id, friend.requireAccount()));
    assertEquals(1, number("SELECT count(*) FROM friend WHERE account_id = ?", id));
    close(leaver);
    try (Erasing stopped = erasing()) {
      core.bus.subscribe(
          event -> {
            if (event instanceof Event.Notice(NoticeKind kind, long subject, AccountId by, var to)
                && kind == NoticeKind.FRIEND_REMOVED
                && by.equals(id)) {
              stop(stopped);
            }
          });
      assertThrows(Fault.class, stopped::look);
    }
    assertEquals(0, number("SELECT count(*) FROM friend WHERE account_id = ?", id));
    assertTrue(
        number("SELECT count(*) FROM post WHERE author_id = ? AND deleted_at IS NULL", id) > 0);
    try (Erasing last = erasing()) {
      last.look();
      assertErased(id, liked, world.somebody("reader" + COUNT.incrementAndGet()));
      assertEquals(
          1, number("SELECT count(*) FROM erasure WHERE account_id = ? AND erased_at = 0", id));
      world.clock().advance(Duration.ofMinutes(1));
      last.look();
      assertEquals(
          1, number("SELECT count(*) FROM erasure WHERE account_id = ? AND erased_at > 0", id));
      world.clock().advance(Duration.ofDays(30));
      last.look();
      assertEquals(0, number("SELECT count(*) FROM erasure WHERE account_id = ?", id));
      assertEquals(0, number("SELECT count(*) FROM account_alias WHERE account_id = ?", id));
    }
  }
}
