package io.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Node;
import io.parley.base.Right;
import io.parley.base.SessionId;
import io.parley.bus.Event;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The look at a token after its connection was registered, which no transport does for itself.
class RegistryTest {
  private static final AccountId ANN = new AccountId(1);

  private final Queue<Runnable> looks = new ArrayDeque<>();
  private final Lane lane = new Lane(Runnable::run, 100);

  @Test
  void sessionThatEndedBeforeItsConnectionCame_cutsIt() {
    Registry registry = registry(looks::add);
    Wire wire = new Wire();
    admit(registry, wire, () -> fail(FaultCode.NOT_LOGGED_IN));
    assertNull(wire.closed, "nobody has looked yet");
    looks.remove().run();
    assertEquals("session_ended", wire.closed);
    assertEquals(0, registry.of(1).length);
  }

  @ParameterizedTest
  @EnumSource
  void everyFault_saysWhetherToComeBackOrToLogInAgain(FaultCode code) {
    Wire wire = new Wire();
    admit(registry(Runnable::run), wire, () -> fail(code));
    boolean passes =
        Set.of(FaultCode.INTERNAL, FaultCode.UNAVAILABLE, FaultCode.BUSY, FaultCode.THROTTLED)
            .contains(code);
    assertEquals(passes ? "restart" : "session_ended", wire.closed);
  }

  @Test
  void lookThatBreaks_asksToComeBack() {
    Wire wire = new Wire();
    admit(
        registry(Runnable::run),
        wire,
        () -> {
          throw new StackOverflowError();
        });
    assertEquals("restart", wire.closed);
  }

  @Test
  void lookThatNobodyMayBegin_asksToComeBack() {
    Wire wire = new Wire();
    Executor stopped =
        task -> {
          throw new RejectedExecutionException();
        };
    admit(registry(stopped), wire, () -> fail(FaultCode.NOT_LOGGED_IN));
    assertEquals("restart", wire.closed);
  }

  @Test
  void accountThatChanged_hasTheRightsOfNow() {
    Registry registry = registry(Runnable::run);
    Wire wire = new Wire();
    Set<Right> granted = new HashSet<>();
    Connection ann = admit(registry, wire, () -> caller().with(granted));
    assertFalse(ann.caller().has(Right.ADMIN));
    granted.add(Right.ADMIN);
    registry.lookAgain(ANN);
    assertTrue(ann.caller().has(Right.ADMIN));
    assertEquals(ann.id(), ann.caller().connection(), "its own messages would come back to it");
    assertNull(wire.closed);
  }

  /// Its answer is from before, and comes after that of the look that the change caused.
  @Test
  void lookThatBeganBeforeAChange_doesNotUndoWhatTheChangeBrought() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    AtomicInteger count = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    Registry registry = registry(task -> threads.add(Thread.ofPlatform().start(task)));
    Connection ann =
        admit(
            registry,
            new Wire(),
            () -> {
              if (count.getAndIncrement() > 0) {
                return caller();
              }
              began.countDown();
              awaitIt(answers);
              return caller().with(Set.of(Right.ADMIN));
            });
    began.await();
    registry.lookAgain(ANN);
    Thread second = threads.get(1);
    Waiting.until(() -> !second.isAlive() || second.getState() == Thread.State.BLOCKED);
    answers.countDown();
    for (Thread each : threads) {
      each.join();
    }
    assertFalse(ann.caller().has(Right.ADMIN), "the right was taken away");
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void connectionThatIsRefused_isNotLookedAt() {
    Registry full =
        new Registry(
            new Node(0, 0),
            TestLimits.with(Map.of("limits.sockets_max", "1")),
            true,
            new Words(),
            new SimEntropy(new Random(1)),
            looks::add);
    admit(full, new Wire(), RegistryTest::caller);
    try {
      admit(full, new Wire(), RegistryTest::caller);
    } catch (Fault e) {
      assertEquals(FaultCode.BUSY, e.code());
    }
    assertEquals(1, looks.size());
  }

  @Test
  void ids_areOfOneNodeOnly() {
    Registry one = registryOf(1);
    Registry other = registryOf(2);
    long largest = registryOf(Node.NUMBERS - 1).nextId();
    assertEquals(one.nextId() + 1, one.nextId());
    assertFalse(one.nextId() == other.nextId() + 2, "equal counters, equal ids");
    assertTrue(largest > 0, "an id that is negative: " + largest);
  }

  private Registry registryOf(int node) {
    return new Registry(
        new Node(node, 0),
        TestLimits.defaults(),
        true,
        new Words(),
        new SimEntropy(new Random(1)),
        looks::add);
  }

  private Registry registry(Executor executor) {
    return new Registry(
        new Node(0, 0),
        TestLimits.defaults(),
        true,
        new Words(),
        new SimEntropy(new Random(1)),
        executor);
  }

  private Connection admit(Registry registry, Wire wire, Supplier<Caller> again) {
    long id = registry.nextId();
    Connection fresh = new Connection(id, caller().over(id), "phone", WireForm.BINARY, lane, wire);
    registry.admit(fresh, again);
    return fresh;
  }

  private static Caller caller() {
    return new Caller(ANN, new SessionId(7), Set.of(), "127.0.0.1", "", 0);
  }

  private static Caller fail(FaultCode code) {
    throw Fault.of(code, "as the test says");
  }

  /// Remembers what it was closed with.
  private static final class Wire implements Transport {
    private @Nullable String closed;

    @Override
    public long pendingBytes() {
      return 0;
    }

    @Override
    public void write(ByteBuf frame) {
      frame.release();
    }

    @Override
    public void flush() {}

    @Override
    public void close(ByteBuf last) {
      closed = last.toString(StandardCharsets.US_ASCII);
      last.release();
    }
  }

  /// Writes reasons as words.
  private static final class Words implements PushEncoder {
    @Override
    public ByteBuf encode(Event event, WireForm form) {
      throw new AssertionError("nothing is pushed here");
    }

    @Override
    public ByteBuf sync(WireForm form) {
      throw new AssertionError("nothing is pushed");
    }

    @Override
    public ByteBuf closing(ClosingReason reason, int reconnectAfterMs, WireForm form) {
      return Unpooled.copiedBuffer(reason.wire(), StandardCharsets.US_ASCII);
    }
  }
}
