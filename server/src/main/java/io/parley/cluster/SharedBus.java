package io.parley.cluster;

import io.parley.base.Clock;
import io.parley.base.Heartbeat;
import io.parley.base.Ids;
import io.parley.base.Node;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.EventWire;
import io.parley.bus.Loss;
import io.parley.bus.MissedReader;
import io.parley.bus.ServerEvent;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus of servers that share a store. What one commits is written into the store with it, and
/// every server reads that four times a second; so all hear of an ended session, a lost right or a
/// member who left within a second, whatever becomes of the live way between them.
///
/// Without a live way, messages are read from the store as well, and all comes in the order in
/// which it was committed. With one, what came live does not come again.
///
/// A server that could not read for a second is cut off: until it has read again it delivers
/// nothing, and [#isCurrent] says that what it remembers must not be trusted. One that was cut off
/// for minutes has lost what the others had to say, and is told so as of any [Loss].
///
/// All of this goes by the machine's own time, whatever clock the server was given: it is about the
/// line to the database.
public final class SharedBus implements Bus {
  private static final Logger log = LoggerFactory.getLogger(SharedBus.class);
  /// So that what was decided by what is remembered is over within a second.
  private static final Duration CURRENT = Duration.ofMillis(800);
  private static final Duration WAIT = Duration.ofMillis(20);

  private final Bus inner;
  private final Db db;
  private final Ids ids;
  private final Node self;
  private final Clock clock;
  private final EventStore store = new EventStore();
  private final Twice twice = new Twice();
  private final List<Consumer<Event>> subscribers = new CopyOnWriteArrayList<>();
  private final List<Consumer<Loss>> losers = new CopyOnWriteArrayList<>();
  private final Heartbeat beat = new Heartbeat("parley-node");
  private volatile @Nullable Following following;

  /// `inner`: the way within this server, and perhaps to the others.
  public SharedBus(Bus inner, Db db, Ids ids, Node self) {
    this(inner, db, ids, self, Clock.SYSTEM);
  }

  /// @param clock the machine's, or one that a test moves on while its waits really pass
  SharedBus(Bus inner, Db db, Ids ids, Node self, Clock clock) {
    this.inner = inner;
    this.clock = clock;
    this.db = db;
    this.ids = ids;
    this.self = self;
    inner.subscribe(this::hear);
  }

  /// Begins to read what the others do, once all have subscribed.
  ///
  /// @param posts also finds messages; null where a live way brings them
  /// @param figures what this server says of itself each second, all but whether it is current
  public void follow(Nodes nodes, @Nullable MissedReader posts, Supplier<Figures> figures) {
    Following fresh =
        new Following(new Following.Ways(db, nodes, posts, figures, clock), this, self, beat);
    following = fresh;
    fresh.start();
  }

  @Override
  public void publish(Event event) {
    inner.publish(event);
  }

  @Override
  public void publish(Tx tx, Event event) {
    if (isStored(event)) {
      store.add(tx, ids.next(), EventWire.encode(event));
    }
    tx.afterCommit(() -> inner.publish(event));
  }

  /// Messages are in the store anyway; the others are over before it could be read.
  private static boolean isStored(Event event) {
    return switch (event) {
      case Event.MessagePosted _, Event.Missed _, Event.Typing _, Event.Presence _ -> false;
      case Event.MessageRecalled _,
          Event.MessageChanged _,
          Event.ReadMarked _,
          Event.SessionEnded _,
          Event.AccountChanged _,
          Event.ProfileChanged _,
          Event.TrustChanged _,
          Event.Notice _,
          Event.ActivityChanged _,
          Event.RequestChanged _,
          Event.GroupChanged _,
          ServerEvent _ ->
          true;
    };
  }

  @Override
  public void subscribe(Consumer<Event> subscriber) {
    subscribers.add(subscriber);
  }

  @Override
  public void onLoss(Consumer<Loss> listener) {
    inner.onLoss(
        loss -> {
          awaitCurrent();
          listener.accept(loss);
        });
    losers.add(listener);
  }

  /// Also true before [#follow]: there is nobody yet whom it could concern.
  @Override
  public boolean isCurrent() {
    Following reader = following;
    return reader == null || clock.nanos() - reader.currentNs() < CURRENT.toNanos();
  }

  /// What came over the inner bus, this server's own among it.
  private void hear(Event event) {
    awaitCurrent();
    if (!isStored(event) || twice.live(EventWire.encode(event))) {
      deliver(event);
    }
  }

  /// Before anything is delivered, whether it came or is found to have been lost.
  private void awaitCurrent() {
    while (!isCurrent()) {
      clock.sleep(WAIT);
    }
  }

  /// What was found in the store. False if a subscriber failed on it.
  boolean found(Event event) {
    boolean known = isStored(event) && !twice.stored(EventWire.encode(event));
    return known || deliver(event);
  }

  /// What the others did for minutes was not heard.
  void lost(Loss loss) {
    losers.forEach(each -> each.accept(loss));
  }

  /// One at a time, whichever way they came.
  private synchronized boolean deliver(Event event) {
    boolean all = true;
    for (Consumer<Event> subscriber : subscribers) {
      try {
        subscriber.accept(event);
      } catch (RuntimeException | Error e) {
        log.error("a subscriber failed on {}", event.getClass().getSimpleName(), e);
        all = false;
      }
    }
    return all;
  }

  @Override
  public Map<String, LongSupplier> gauges() {
    Map<String, LongSupplier> all = new HashMap<>(inner.gauges());
    all.put("parley_nodes_alive", this::alive);
    all.put("parley_node_current", () -> isCurrent() ? 1 : 0);
    return Map.copyOf(all);
  }

  private long alive() {
    Following reader = following;
    return reader == null ? 1 : reader.alive();
  }

  @Override
  public List<Heartbeat> heartbeats() {
    List<Heartbeat> all = new ArrayList<>(inner.heartbeats());
    all.add(beat);
    return all;
  }

  @Override
  public int waiting() {
    return inner.waiting();
  }

  /// Reads no more; what happens here is still delivered.
  public void unfollow() {
    Following reader = following;
    if (reader != null) {
      reader.close();
      following = null;
    }
  }

  @Override
  public void close() {
    unfollow();
    inner.close();
  }
}
