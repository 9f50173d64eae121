package io.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.harness.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The order of a lane's work, its turns, its flushes and its bound, on a thread that runs when the
/// test says so.
@Timeout(30)
class LaneTest {
  private final ByHand thread = new ByHand();
  private final Lane lane = new Lane(thread, 2);
  private final List<String> done = new ArrayList<>();

  /// Runs tasks when it is told to; takes none once it is gone.
  private static final class ByHand implements Executor {
    final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    boolean gone;

    @Override
    public void execute(Runnable task) {
      if (gone) {
        throw new RejectedExecutionException();
      }
      tasks.add(task);
    }

    void turn() {
      tasks.remove().run();
    }
  }

  /// Notes its flushes; may do more in them.
  private final class Wire implements Transport {
    private final String name;
    private final Runnable flushed;

    Wire(String name, Runnable flushed) {
      this.name = name;
      this.flushed = flushed;
    }

    @Override
    public long pendingBytes() {
      return 0;
    }

    @Override
    public void write(ByteBuf frame) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void flush() {
      done.add("flush " + name);
      flushed.run();
    }

    @Override
    public void close(ByteBuf last) {
      throw new UnsupportedOperationException();
    }
  }

  /// Notes that it was run, or thrown away.
  private Lane.Work work(String name, int frames) {
    return new Lane.Work() {
      @Override
      public int run() {
        done.add(name);
        return frames;
      }

      @Override
      public void discard() {
        done.add("no " + name);
      }
    };
  }

  private Connection connection(long id) {
    Caller caller = new Caller(new AccountId(id), null, Set.of(), "10.0.0.1", "test", id);
    return new Connection(id, caller, "phone", WireForm.BINARY, lane, wire("link"));
  }

  private Wire wire(String name) {
    return new Wire(name, () -> {});
  }

  @Test
  void work_isDoneInOrder_byOneTaskOfTheThread() {
    for (String name : List.of("a", "b", "c")) {
      lane.execute(work(name, 1));
    }
    assertEquals(1, thread.tasks.size());
    assertEquals(List.of(), done);
    thread.turn();
    assertEquals(List.of("a", "b", "c"), done);
    assertEquals(0, thread.tasks.size(), "nothing is left to do");
    lane.execute(work("d", 1));
    thread.turn();
    assertEquals(List.of("a", "b", "c", "d"), done);
  }

  @Test
  void transports_areFlushedOnceATurn_afterItsWork() {
    Wire one = wire("one");
    lane.execute(
        () -> {
          lane.touch(one);
          lane.touch(wire("two"));
          done.add("wrote");
          return 2;
        });
    lane.execute(work("more", 1));
    thread.turn();
    assertEquals(List.of("wrote", "more", "flush one", "flush two"), done);
    lane.execute(work("later", 1));
    thread.turn();
    assertEquals("later", done.getLast(), "what was flushed is not flushed again");
  }

  @Test
  void touch_betweenTurns_bringsAboutATurn() {
    lane.touch(wire("one"));
    thread.turn();
    assertEquals(List.of("flush one"), done);
  }

  @Test
  void turn_endsAfterManyFrames_andTheNextGoesOn() {
    lane.execute(work("small", 4095));
    lane.execute(work("big", 1));
    lane.execute(work("next", 1));
    lane.touch(wire("one"));
    thread.turn();
    assertEquals(List.of("small", "big", "flush one"), done);
    assertEquals(1, thread.tasks.size());
    thread.turn();
    assertEquals("next", done.getLast());
  }

  @Test
  void errors_costNeitherOtherWorkNorOtherFlushes() {
    lane.execute(
        () -> {
          throw new StackOverflowError();
        });
    lane.execute(work("b", 1));
    lane.touch(
        new Wire(
            "bad",
            () -> {
              throw new IllegalStateException("a dead peer");
            }));
    lane.touch(wire("good"));
    thread.turn();
    assertEquals(List.of("b", "flush bad", "flush good"), done);
    lane.execute(work("c", 1));
    thread.turn();
    assertEquals("c", done.getLast());
  }

  @Test
  void transportTouchedByAFlush_isFlushedInTheSameTurn() {
    lane.touch(new Wire("one", () -> lane.touch(wire("two"))));
    thread.turn();
    assertEquals(List.of("flush one", "flush two"), done);
  }

  @Test
  void parcels_overTheBound_waitUntilOneIsDone() throws Exception {
    assertTrue(lane.hasRoom());
    lane.deliver(work("a", 1));
    assertTrue(lane.hasRoom());
    lane.deliver(work("b", 1));
    assertFalse(lane.hasRoom());
    Thread bus = Thread.ofPlatform().start(() -> lane.deliver(work("c", 1)));
    Waiting.until(() -> bus.getState() == Thread.State.WAITING);
    assertEquals(List.of(), done);
    thread.turn();
    bus.join();
    while (!thread.tasks.isEmpty()) {
      thread.turn();
    }
    assertEquals(List.of("a", "b", "c"), done);
    assertTrue(lane.hasRoom());
  }

  @Test
  void answers_areNotCountedAgainstTheBound() {
    for (int i = 0; i < 10; i++) {
      lane.execute(work("answer", 1));
    }
    assertTrue(lane.hasRoom());
  }

  @Test
  void workForAThreadThatIsGone_isDiscarded_andLeavesItsRoom() {
    thread.gone = true;
    for (int i = 0; i < 5; i++) {
      lane.deliver(work("parcel", 1));
    }
    lane.execute(work("answer", 1));
    assertEquals(
        List.of("no parcel", "no parcel", "no parcel", "no parcel", "no parcel", "no answer"),
        done);
    assertTrue(lane.hasRoom());
  }

  @Test
  void threadThatGoesBetweenTwoTurns_losesNoWorkSilently() {
    lane.execute(work("big", 5000));
    lane.execute(work("left", 1));
    thread.gone = true;
    thread.turn();
    assertEquals(List.of("big", "no left"), done);
  }

  @Test
  void gathered_growsAndIsTakenOnce() {
    Connection[] none = lane.takeGathered();
    assertEquals(0, none.length);
    Connection[] all = new Connection[40];
    for (int i = 0; i < all.length; i++) {
      all[i] = connection(i + 1);
      assertEquals(i == 0, lane.gather(all[i]));
    }
    assertArrayEquals(all, lane.takeGathered());
    assertEquals(0, lane.takeGathered().length);
  }
}
