package io.parley.realtime;

import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Heartbeat;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Brings the messages of each conversation back into the order of their seqs before they are
/// pushed. Where several servers post, what one of them committed first may come here last: it is
/// on its way while what this server committed is here at once.
///
/// A message that is ahead of its turn is held for a moment, and so is what happened to a message
/// that has not come yet. What still lacks after that is not waited for: all goes on from what is
/// here, and devices are asked to pull. A message that comes even later is not pushed any more.
///
/// Conversations that were busy lately are remembered. The first message of any other is taken to
/// be in its turn; should an earlier one come after it, devices are asked to pull.
public final class InOrder implements AutoCloseable {
  /// How long a message may be ahead of its turn: as long as those before it may be on their way,
  private static final Duration AHEAD = Duration.ofMillis(200);

  /// which is longer where only the store brings them.
  private static final Duration AHEAD_OF_THE_STORE = Duration.ofMillis(500);

  /// How soon to look again whether it is known who logged out.
  private static final long CURRENT_MS = 20;

  private static final int CONVERSATIONS_MAX = 50_000;

  /// Events of one conversation that are held; with more, what lacks is not waited for.
  private static final int HELD_MAX = 1_000;

  /// One conversation.
  private static final class Line {
    /// All from here to `last` was passed on, or devices were asked to pull it.
    final long first;

    long last;
    Audience audience;
    int held;
    long heldSinceNs;

    /// By seq: the message, where it has come, then what happened to it.
    final TreeMap<Long, List<Event>> ahead = new TreeMap<>();

    Line(Event.MessagePosted posted) {
      first = posted.seq();
      last = first;
      audience = posted.audience();
    }
  }

  private final Consumer<Event> next;
  private final BiConsumer<ConversationId, Audience> pull;
  private final long holdNs;
  private final Clock clock;
  private final BooleanSupplier current;
  private final Heartbeat beat = new Heartbeat("parley-order");
  private final Map<ConversationId, Line> lines = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<ConversationId, Line> holding = new LinkedHashMap<>();
  private final Map<ConversationId, Audience> toPull = new LinkedHashMap<>();
  private boolean closed;

  /// @param next takes the events in their order
  /// @param pull asks the devices of an audience to pull
  /// @param hold how long a message may be ahead of its turn
  /// @param current whether it is known here who logged out; nothing is let go until it is
  InOrder(
      Consumer<Event> next,
      BiConsumer<ConversationId, Audience> pull,
      Duration hold,
      Clock clock,
      BooleanSupplier current) {
    this.next = next;
    this.pull = pull;
    this.holdNs = hold.toNanos();
    this.clock = clock;
    this.current = current;
  }

  /// In front of `delivery`, by the machine's time.
  ///
  /// @param live whether what other servers post comes at once, rather than from the store
  /// @param current whether what other servers committed was heard here
  ///     ([io.parley.bus.Bus#isCurrent])
  public static InOrder before(Delivery delivery, boolean live, BooleanSupplier current) {
    return new InOrder(delivery::accept, delivery::askToPull, hold(live), Clock.SYSTEM, current);
  }

  /// How long a message may be ahead of its turn.
  static Duration hold(boolean live) {
    return live ? AHEAD : AHEAD_OF_THE_STORE;
  }

  /// Begins to let go by itself what was held long enough.
  public void start() {
    Thread.ofPlatform().daemon().name(beat.name()).start(this::run);
  }

  /// The thread that lets go.
  public Heartbeat heartbeat() {
    return beat;
  }

  /// Hears one event. What is in its turn is passed on by the calling thread, and so is what waited
  /// for it.
  public synchronized void accept(Event event) {
    switch (event) {
      case Event.MessagePosted posted -> message(posted);
      case Event.MessageRecalled recalled ->
          change(recalled.conversation(), recalled.seq(), recalled);
      case Event.MessageChanged changed -> change(changed.conversation(), changed.seq(), changed);
      default -> next.accept(event);
    }
    ask();
  }

  private void message(Event.MessagePosted posted) {
    ConversationId id = posted.conversation();
    Line line = lines.get(id);
    if (line == null) {
      remember(id, new Line(posted));
      next.accept(posted);
      return;
    }
    line.audience = posted.audience();
    if (posted.seq() > line.last + 1) {
      hold(id, line, posted.seq(), posted);
    } else if (posted.seq() > line.last) {
      pass(line, posted);
      goOn(id, line);
    } else if (posted.seq() < line.first) {
      toPull.put(id, posted.audience());
    }
  }

  private void change(ConversationId id, long seq, Event event) {
    Line line = lines.get(id);
    if (line != null && seq > line.last) {
      hold(id, line, seq, event);
    } else {
      next.accept(event);
    }
  }

  private void hold(ConversationId id, Line line, long seq, Event event) {
    List<Event> there = line.ahead.computeIfAbsent(seq, _ -> new ArrayList<>());
    boolean hasCome = !there.isEmpty() && there.getFirst() instanceof Event.MessagePosted;
    if (!(event instanceof Event.MessagePosted)) {
      there.addLast(event);
    } else if (!hasCome) {
      there.addFirst(event);
    } else {
      return; // It came twice.
    }
    line.held++;
    if (line.held == 1) {
      line.heldSinceNs = clock.nanos();
      holding.put(id, line);
      notifyAll();
    } else if (line.held > HELD_MAX) {
      giveUp(id, line);
    }
  }

  private void pass(Line line, Event event) {
    if (event instanceof Event.MessagePosted posted) {
      line.last = Math.max(line.last, posted.seq());
    }
    next.accept(event);
  }

  /// Passes on what is in its turn now. Whatever is still held has not waited for what just came.
  private void goOn(ConversationId id, Line line) {
    while (line.held > 0) {
      Map.Entry<Long, List<Event>> entry = line.ahead.firstEntry();
      boolean isNext =
          entry.getKey() == line.last + 1
              && entry.getValue().getFirst() instanceof Event.MessagePosted;
      if (!isNext && entry.getKey() > line.last) {
        line.heldSinceNs = clock.nanos();
        return;
      }
      letGo(line);
    }
    holding.remove(id);
  }

  /// What lacks is not waited for any longer.
  private void giveUp(ConversationId id, Line line) {
    while (line.held > 0) {
      line.last = Math.max(line.last, line.ahead.firstKey());
      letGo(line);
    }
    holding.remove(id);
    toPull.put(id, line.audience);
  }

  private void letGo(Line line) {
    List<Event> events = line.ahead.pollFirstEntry().getValue();
    line.held -= events.size();
    events.forEach(event -> pass(line, event));
  }

  private void remember(ConversationId id, Line line) {
    lines.put(id, line);
    if (lines.size() > CONVERSATIONS_MAX) {
      ConversationId eldest = lines.keySet().iterator().next();
      Line forgotten = lines.remove(eldest);
      if (forgotten.held > 0) {
        giveUp(eldest, forgotten);
      }
    }
  }

  /// After what was passed on, so that a pull finds all that a push had.
  private void ask() {
    toPull.forEach(pull);
    toPull.clear();
  }

  /// Lets go what was held long enough.
  ///
  /// @return milliseconds until there may be more to let go, at least 1; 0 while nothing is held
  synchronized long look() {
    if (!current.getAsBoolean()) {
      return holding.isEmpty() ? 0 : CURRENT_MS;
    }
    long now = clock.nanos();
    long soonest = Long.MAX_VALUE;
    for (Map.Entry<ConversationId, Line> each : List.copyOf(holding.entrySet())) {
      long left = holdNs - (now - each.getValue().heldSinceNs);
      if (left > 0) {
        soonest = Math.min(soonest, left);
      } else {
        giveUp(each.getKey(), each.getValue());
      }
    }
    ask();
    return holding.isEmpty() ? 0 : 1 + soonest / 1_000_000;
  }

  private synchronized void run() {
    try {
      while (!closed) {
        beat.works();
        long left = look();
        beat.rests();
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      beat.ends();
    }
  }

  /// Passes on nothing more by itself.
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
