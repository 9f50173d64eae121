package io.parley.realtime;

import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Ids;
import io.parley.base.Node;
import io.parley.bus.Event;
import io.parley.bus.Loss;
import io.parley.bus.MissedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes up for events of other nodes that were lost: messages are read from the store and pushed;
/// when events come again, every connection is looked at anew and its device asked to pull, a few
/// at a time, for all that is no message.
///
/// What was pushed lately is not pushed again, so that a small loss does not cost much.
public final class Repair implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Repair.class);

  /// By so much a message's id may be older than what was announced before it: clocks differ, and
  /// commits take their time.
  private static final Duration SETTLED = Duration.ofSeconds(10);

  /// Messages that one loss is worth; who lacks the rest pulls.
  private static final int MESSAGES_MAX = 20_000;

  private static final int RECENT_MAX = 50_000;
  private static final int STEPS = 50;

  private record Key(ConversationId conversation, long seq) {}

  private final Node self;
  private final Registry registry;
  private final Delivery delivery;
  private final Consumer<Event> way;
  private final MissedReader reader;
  private final Clock clock;
  private final Duration spread;
  private final Executor askers;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final AtomicInteger rounds = new AtomicInteger();
  private volatile boolean closed;

  private final Map<Key, Boolean> recent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
          return size() > RECENT_MAX;
        }
      };

  /// @param way takes what was found in the store to `delivery`
  /// @param spread over which time all connections are asked to pull
  /// @param askers runs what asks them, which waits between them
  public Repair(
      Node self,
      Registry registry,
      Delivery delivery,
      Consumer<Event> way,
      MissedReader reader,
      Clock clock,
      Duration spread,
      Executor askers) {
    this.self = self;
    this.registry = registry;
    this.delivery = delivery;
    this.way = way;
    this.reader = reader;
    this.clock = clock;
    this.spread = spread;
    this.askers = askers;
  }

  /// Notes what was delivered: `bus.subscribe(repair::note)`.
  public void note(Event event) {
    if (event instanceof Event.MessagePosted posted) {
      isNew(posted);
    }
  }

  private boolean isNew(Event.MessagePosted posted) {
    synchronized (recent) {
      return recent.put(new Key(posted.conversation(), posted.seq()), true) == null;
    }
  }

  /// Repairs: `bus.onLoss(repair::hear)`. Returns when the messages were handed on. Where it is
  /// forgotten who logged out, everybody is asked to come back instead, which is as good.
  ///
  /// @throws io.parley.base.Fault if the store cannot be read; what was read until then is done
  public void hear(Loss loss) {
    if (loss.node() == Loss.FORGOTTEN) {
      // Whose session has ended is told by nothing but a new one.
      registry.forEach(each -> registry.cutLater(each, ClosingReason.RESTART));
      return;
    }
    long above = Ids.before(loss.sinceMs() - SETTLED.toMillis());
    int node = loss.node() == Loss.ALL ? -self.number() - 1 : loss.node();
    int[] left = {MESSAGES_MAX};
    long last;
    do {
      last = above;
      above =
          reader.read(
              last,
              node,
              (posted, id) -> {
                left[0]--;
                if (isNew(posted)) {
                  way.accept(posted);
                }
              });
    } while (above != last && left[0] > 0 && !closed);
    if (loss.over()) {
      rounds.set(1);
      ask();
    }
  }

  /// However many losses there are, one round runs at a time, and at most one waits.
  private void ask() {
    if (asking.compareAndSet(false, true)) {
      askers.execute(this::askWhileAsked);
    }
  }

  private void askWhileAsked() {
    try {
      while (rounds.getAndSet(0) > 0 && !closed) {
        askAll();
      }
    } catch (RuntimeException | Error e) {
      log.error("not everybody was asked to pull", e);
    } finally {
      asking.set(false);
    }
    if (rounds.get() > 0 && !closed) {
      ask();
    }
  }

  private void askAll() {
    List<Connection> all = new ArrayList<>();
    registry.forEach(all::add);
    int each = Math.max(1, all.size() / STEPS);
    for (int i = 0; i < all.size() && !closed; i++) {
      // Sessions may have ended unheard.
      registry.look(all.get(i));
      delivery.sync(all.get(i));
      if ((i + 1) % each == 0) {
        clock.sleep(spread.dividedBy(STEPS));
      }
    }
    // The next round finds whoever came since, and leaves the time between for others.
    clock.sleep(spread);
  }

  @Override
  public void close() {
    closed = true;
  }
}
