package io.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.account.Standing;
import io.parley.base.AccountId;
import io.parley.base.SessionId;
import io.parley.harness.Waiting;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KnownTokensTest {
  private final KnownTokens tokens = new KnownTokens();

  @Test
  void get_isReadOnceAndForgottenBySessionAndByAccount() {
    AtomicInteger reads = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      tokens.get("a", hash -> counted(reads, 1, 10));
    }
    int once = reads.get();
    tokens.get("b", hash -> counted(reads, 1, 11));
    tokens.forget(new AccountId(1), new SessionId(10));
    assertNull(tokens.peek("a"));
    assertNotNull(tokens.peek("b"));
    assertEquals(1, tokens.indexed());
    tokens.forget(new AccountId(2));
    assertNotNull(tokens.peek("b"));
    tokens.forget(new AccountId(1));
    assertNull(tokens.peek("b"));
    assertEquals(2 * once, reads.get());
    assertEquals(0, tokens.indexed(), "what is forgotten takes no room");
  }

  @Test
  void replace_isDoneOnceForWhatIsRemembered_andRemembersNothingElse() {
    KnownTokens.Known before = known(1, 10);
    KnownTokens.Known after =
        new KnownTokens.Known(before.session().used(NEVER, 77), before.standing());
    tokens.get("a", hash -> before);
    assertTrue(tokens.replace("a", before, after));
    assertFalse(tokens.replace("a", before, after));
    assertEquals(after, tokens.peek("a"));
    assertFalse(tokens.replace("b", before, after));
    assertNull(tokens.peek("b"));
    tokens.forget(new AccountId(1), new SessionId(10));
    assertNull(tokens.peek("a"));
  }

  @Test
  void get_ofADeadToken_remembersNothing() {
    assertNull(tokens.get("a", hash -> null));
    assertNotNull(tokens.get("a", hash -> known(1, 10)));
  }

  @Test
  void sessionThatEndsBetweenTheReads_isNotRemembered() {
    AtomicBoolean live = new AtomicBoolean(true);
    assertNull(
        tokens.get(
            "a",
            hash -> {
              KnownTokens.Known found = live.get() ? known(1, 10) : null;
              if (live.getAndSet(false)) {
                tokens.forget(new AccountId(1), new SessionId(10));
              }
              return found;
            }));
    assertNull(tokens.peek("a"));
    assertEquals(0, tokens.indexed());
  }

  @Test
  void sessionThatEndsDuringTheLastRead_isForgottenAfterIt() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    CompletableFuture<KnownTokens.Known> reader =
        CompletableFuture.supplyAsync(
            () ->
                tokens.get(
                    "a",
                    hash -> {
                      KnownTokens.Known found = known(1, 10);
                      if (reads.incrementAndGet() == 2) {
                        second.countDown();
                        await(ended);
                      }
                      return found;
                    }));
    await(second);
    Thread end =
        Thread.ofPlatform().start(() -> tokens.forget(new AccountId(1), new SessionId(10)));
    // It waits for the reader, or it is over before the reader has what it forgets.
    Waiting.until(
        () -> end.getState() != Thread.State.NEW && end.getState() != Thread.State.RUNNABLE);
    ended.countDown();
    reader.get(10, TimeUnit.SECONDS);
    end.join();
    assertNull(tokens.peek("a"));
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("not in time");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static KnownTokens.Known counted(AtomicInteger reads, long account, long session) {
    reads.incrementAndGet();
    return known(account, session);
  }

  private static final Session.Use NEVER = new Session.Use(0, "");

  private static KnownTokens.Known known(long account, long session) {
    return new KnownTokens.Known(
        new Session(
            new SessionId(session),
            new AccountId(account),
            "test",
            "",
            "",
            0,
            1,
            0,
            0,
            false,
            NEVER),
        new Standing(Set.of(), false, false));
  }
}
