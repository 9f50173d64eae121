package io.parley.realtime;

import io.parley.bus.Event;
import io.parley.bus.Loss;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The live way between simulated nodes: it delays, and so reorders, repeats and loses. Whoever has
/// not heard something is told of the loss, some time later.
final class SimBus {
  private static final long MS = 1_000_000;

  /// How often a node that says nothing is told of.
  private static final long REPEAT_NS = 300 * MS;

  private static final long AGAIN_NS = 1000 * MS;

  private record Packet(int from, SimNode to, long dueNs, @Nullable Event event, Loss loss) {}

  /// A time in which `to` hears nothing of the node `from`, or of any.
  private static final class Outage {
    private final int from;
    private final SimNode to;
    private long sinceMs;
    private long untilNs;
    private long tellNs;
    private boolean told;

    private Outage(int from, SimNode to, long sinceMs, long untilNs, long tellNs) {
      this.from = from;
      this.to = to;
      this.sinceMs = sinceMs;
      this.untilNs = untilNs;
      this.tellNs = tellNs;
    }

    private boolean isEndless() {
      return untilNs == Long.MAX_VALUE;
    }

    private boolean keeps(int number, SimNode node) {
      return to == node && (from == number || from == Loss.ALL);
    }
  }

  private final Random random;
  private final boolean tellsLosses;

  /// One packet in so many is lost by itself.
  private final int lossIn;

  private final List<Packet> packets = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();

  /// Nodes that died with a [Event.Missed] on its way. The store does not have it, so whoever did
  /// not hear it is asked to pull when that node is heard again, and not before.
  private final Set<Integer> owing = new HashSet<>();

  private int losses;

  SimBus(Random random, boolean tellsLosses) {
    this.random = random;
    this.tellsLosses = tellsLosses;
    lossIn = random.nextBoolean() ? 8 : 150;
  }

  /// Packets that were lost.
  int losses() {
    return losses;
  }

  /// Whether all that is to come has come, and every loss was told.
  boolean isQuiet() {
    return packets.isEmpty() && outages.stream().allMatch(each -> each.isEndless() && each.told);
  }

  /// Carries `event` to all of `others`.
  void send(SimNode from, Event event, Collection<SimNode> others, long nowNs) {
    for (SimNode to : others) {
      if (to == from) {
        continue;
      }
      if (outages.stream().anyMatch(each -> each.keeps(from.number(), to))) {
        losses++;
      } else if (random.nextInt(lossIn) == 0) {
        losses++;
        Loss loss = new Loss(from.number(), from.clock.millis() - random.nextInt(500), true);
        packets.add(new Packet(from.number(), to, nowNs + ms(10, 800), null, loss));
      } else {
        put(from, to, event, nowNs);
        if (random.nextInt(20) == 0) {
          put(from, to, event, nowNs);
        }
      }
    }
  }

  private void put(SimNode from, SimNode to, Event event, long nowNs) {
    long delay =
        switch (random.nextInt(12)) {
          case 0 -> ms(50, 450);
          case 1, 2, 3 -> ms(10, 150);
          default -> ms(1, 10);
        };
    packets.add(
        new Packet(from.number(), to, nowNs + delay, event, new Loss(from.number(), 0, true)));
  }

  private long ms(int least, int most) {
    return (least + random.nextInt(most - least)) * MS;
  }

  /// `to` hears nothing for a while: of `from`, or of anybody where that is null.
  void breakDown(@Nullable SimNode from, SimNode to, long nowNs) {
    int number = from == null ? Loss.ALL : from.number();
    long sinceMs = (from == null ? to : from).clock.millis();
    outages.add(new Outage(number, to, sinceMs, nowNs + ms(50, 1500), nowNs + REPEAT_NS));
  }

  /// `dead` is gone, with some of what it had to say; nobody hears it until it is back.
  void died(SimNode dead, Collection<SimNode> others, long nowNs) {
    packets.removeIf(
        each ->
            each.to() == dead
                || (each.from() == dead.number() && each.event() != null && lost(each)));
    outages.removeIf(each -> each.to == dead);
    for (SimNode to : others) {
      long sinceMs = dead.clock.millis() - 1000;
      outages.add(new Outage(dead.number(), to, sinceMs, Long.MAX_VALUE, nowNs + ms(50, 1000)));
    }
  }

  private boolean lost(Packet sent) {
    boolean is = random.nextBoolean();
    losses += is ? 1 : 0;
    if (is && sent.event() instanceof Event.Missed) {
      owing.add(sent.from());
    }
    return is;
  }

  /// Whether the node `number` must come back before all others have what it committed.
  boolean isOwing(int number) {
    return owing.contains(number);
  }

  /// The node `number` is back.
  void cameBack(int number, long nowNs) {
    owing.remove(number);
    for (Outage each : outages) {
      if (each.from == number && each.isEndless()) {
        each.untilNs = nowNs + ms(1, 300);
      }
    }
  }

  /// Hands over what has come by now.
  void bring(long nowNs) {
    for (Packet each : List.copyOf(packets)) {
      if (each.dueNs() <= nowNs && packets.remove(each)) {
        if (each.event() != null) {
          each.to().tell(each.event());
        } else {
          tell(each.to(), each.loss(), nowNs);
        }
      }
    }
    for (Outage each : List.copyOf(outages)) {
      boolean over = each.untilNs <= nowNs;
      if (over) {
        outages.remove(each);
      }
      if (over || each.tellNs <= nowNs) {
        tell(each.to, new Loss(each.from, each.sinceMs, over), nowNs);
        each.sinceMs = Math.max(each.sinceMs, each.to.clock.millis());
        each.tellNs = nowNs + REPEAT_NS;
        each.told = true;
      }
    }
  }

  /// Again a second later, if it could not be made up for.
  private void tell(SimNode to, Loss loss, long nowNs) {
    if (tellsLosses && !to.lose(loss)) {
      packets.add(new Packet(loss.node(), to, nowNs + AGAIN_NS, null, loss));
    }
  }
}
