package io.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.ConversationId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Thousands of schedules of a few nodes over one store, each decided by its seed: what others
/// posted comes late, twice or not at all, nodes die and come back, devices go from one to another.
/// A failure names the seed that shows it again.
class NodesSimulationTest {
  /// Fewer where each change of the program is tried against them.
  private static final int SEEDS = Integer.getInteger("parley.seeds", 2000);
  private static final int SEEDS_TO_FIND_A_FAULT = 300;

  @Test
  void everySeed_keepsThePromises() {
    long pushes = 0;
    long pulls = 0;
    long losses = 0;
    long deaths = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      NodesSimulation simulation = run(seed, new NodeParts() {});
      pushes += simulation.pushes();
      pulls += simulation.pulls();
      losses += simulation.losses();
      deaths += simulation.deaths();
    }
    // The schedules reach what they are meant to try.
    assertTrue(pushes > SEEDS * 100L, "pushes: " + pushes);
    assertTrue(pulls > SEEDS * 10L, "pulls: " + pulls);
    assertTrue(losses > SEEDS, "losses: " + losses);
    assertTrue(deaths > SEEDS, "deaths: " + deaths);
  }

  private static NodesSimulation run(long seed, NodeParts parts) {
    try {
      NodesSimulation simulation = new NodesSimulation(seed, parts);
      simulation.run();
      return simulation;
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /// What is broken on purpose: a simulation that lets one of these pass proves nothing.
  enum Fault implements NodeParts {
    PUSHES_AS_IT_COMES {
      @Override
      public Consumer<Event> way(InOrder order, SimNode node) {
        return node::push;
      }
    },
    HOLDS_FOR_EVER {
      @Override
      public Duration hold(Duration real) {
        return Duration.ofDays(1);
      }
    },
    PASSES_LATE_ONES_ON {
      @Override
      public Consumer<Event> way(InOrder order, SimNode node) {
        return event -> {
          if (event instanceof Event.MessagePosted late
              && late.seq() < node.last(late.conversation())) {
            node.push(event);
          } else {
            order.accept(event);
          }
        };
      }
    },
    DOES_NOT_ASK_FOR_WHAT_IT_PASSED_OVER {
      @Override
      public BiConsumer<ConversationId, Audience> pull(Delivery delivery) {
        return (conversation, audience) -> {};
      }
    },
    REPAIRS_NOTHING {
      @Override
      public boolean repairs() {
        return false;
      }
    },
    REPAIRS_WITHOUT_ASKING_TO_PULL {
      @Override
      public Executor asks(Executor real) {
        return round -> {};
      }
    },
    DOES_NOT_TELL_OF_LOSSES {
      @Override
      public boolean tellsLosses() {
        return false;
      }
    },
    PUSHES_WHAT_A_DEAD_NODE_LEFT {
      @Override
      public boolean haunts() {
        return true;
      }
    },
    PUSHES_WHILE_IT_IS_CUT_OFF {
      @Override
      public boolean waits() {
        return false;
      }
    },
    PASSES_OVER_WHAT_IS_STILL_BEING_COMMITTED {
      @Override
      public long upTo(long settled, long newest) {
        return newest;
      }
    },
    GOES_BY_AN_OLD_LIST_OF_MEMBERS {
      @Override
      public long since(long real) {
        return 0;
      }
    };
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFault_isFound(Fault fault) {
    assertThrows(
        AssertionError.class,
        () -> LongStream.rangeClosed(1, SEEDS_TO_FIND_A_FAULT).forEach(seed -> run(seed, fault)));
  }
}
