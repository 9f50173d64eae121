package io.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Limits;
import io.parley.bus.Event;
import io.parley.realtime.Simulation.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Thousands of schedules of one small world, each decided by its seed: posts, slow readers,
/// reconnects, replaced devices, ended sessions, changing memberships. A failure names the seed
/// that shows it again.
class SimulationTest {
  /// Fewer where each change of the program is tried against them.
  private static final int SEEDS = Integer.getInteger("parley.seeds", 3000);
  private static final int SEEDS_TO_FIND_A_FAULT = 300;

  @Test
  void everySeed_keepsThePromises() {
    long cuts = 0;
    long pushes = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Simulation simulation = new Simulation(seed, new Parts() {});
      simulation.run();
      cuts += simulation.cuts();
      pushes += simulation.pushes();
    }
    // The schedules reach what they are meant to try.
    assertTrue(cuts > SEEDS, "cuts: " + cuts);
    assertTrue(pushes > SEEDS * 100L, "pushes: " + pushes);
  }

  /// What is broken on purpose: a simulation that lets one of these pass proves nothing.
  enum Fault implements Parts {
    LOSES_A_PUSH {
      @Override
      public Delivery delivery(
          Registry registry, MemberSource members, PushEncoder encoder, Limits limits) {
        return new Delivery(registry, members, encoder, limits) {
          private int count;

          @Override
          void push(Connection target, Frames frames) {
            if (++count % 40 != 0) {
              super.push(target, frames);
            }
          }
        };
      }
    },
    SKIPS_THE_SLOW_INSTEAD_OF_CUTTING {
      @Override
      public Delivery delivery(
          Registry registry, MemberSource members, PushEncoder encoder, Limits limits) {
        return new Delivery(registry, members, encoder, limits) {
          @Override
          void giveUp(Connection target) {}
        };
      }
    },
    HAS_NO_OUTBOX_LIMIT {
      @Override
      public Limits limits() {
        return Simulation.limits(Integer.MAX_VALUE);
      }
    },
    DOES_NOT_HEAR_OF_ENDED_SESSIONS {
      @Override
      public Delivery delivery(
          Registry registry, MemberSource members, PushEncoder encoder, Limits limits) {
        return hearing(
            registry,
            members,
            encoder,
            limits,
            event -> event instanceof Event.SessionEnded ? List.of() : List.of(event));
      }
    },
    REMEMBERS_MEMBERS_FOREVER {
      @Override
      public MemberSource members(MemberSource real) {
        java.util.Map<Long, long[]> first = new java.util.HashMap<>();
        return (group, since) -> first.computeIfAbsent(group.value(), id -> real.members(group));
      }
    },
    PUSHES_TO_THE_SENDER {
      @Override
      public Delivery delivery(
          Registry registry, MemberSource members, PushEncoder encoder, Limits limits) {
        return hearing(
            registry, members, encoder, limits, event -> List.of(withoutTheSender(event)));
      }
    },
    SWAPS_TWO_EVENTS {
      @Override
      public Delivery delivery(
          Registry registry, MemberSource members, PushEncoder encoder, Limits limits) {
        return hearing(registry, members, encoder, limits, new Swapping());
      }
    };

    /// A delivery that hears, in place of each event, those that `instead` gives.
    private static Delivery hearing(
        Registry registry,
        MemberSource members,
        PushEncoder encoder,
        Limits limits,
        Function<Event, List<Event>> instead) {
      return new Delivery(registry, members, encoder, limits) {
        @Override
        public synchronized void accept(Event event) {
          instead.apply(event).forEach(super::accept);
        }
      };
    }

    private static Event withoutTheSender(Event event) {
      return event instanceof Event.MessagePosted posted
          ? new Event.MessagePosted(
              posted.conversation(), posted.seq(), 0, posted.audience(), posted.encoded())
          : event;
    }
  }

  /// Holds back each 25th event that is a message until the next has come.
  private static final class Swapping implements Function<Event, List<Event>> {
    private int count;
    private @Nullable Event late;

    @Override
    public List<Event> apply(Event event) {
      List<Event> heard = new ArrayList<>();
      Event before = late;
      late = null;
      if (++count % 25 == 0 && event instanceof Event.MessagePosted) {
        late = event;
      } else {
        heard.add(event);
      }
      if (before != null) {
        heard.add(before);
      }
      return heard;
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFault_isFound(Fault fault) {
    assertThrows(
        AssertionError.class,
        () ->
            LongStream.rangeClosed(1, SEEDS_TO_FIND_A_FAULT)
                .forEach(seed -> new Simulation(seed, fault).run()));
  }
}
