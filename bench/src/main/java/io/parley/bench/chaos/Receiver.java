package io.parley.bench.chaos;

import io.parley.api.conversation.SyncResponse;
import io.parley.api.realtime.Frame;
import io.parley.bench.socket.CallFailed;
import io.parley.bench.wire.FrameScan;
import io.parley.bench.wire.PushScan;
import io.parley.bench.wire.Stamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A device that takes pushes, and pulls when a client should: it connected, it sees a gap, or the
/// server says so. It pulls at no other time: a push that is lost without a sign is found.
final class Receiver implements Runnable, Line.Ear {
  private static final long LOOK_MS = 50;
  private static final long PING_NANOS = 1_000_000_000L;
  private static final int PAGE = 50;

  private final Person person;
  private final Line line;
  private final Refusals refusals;
  private final Map<Long, Inbox> inboxes = new ConcurrentHashMap<>();
  private final Set<Long> gaps = ConcurrentHashMap.newKeySet();
  private final PushScan push = new PushScan();
  private volatile boolean due = true;
  private volatile boolean away;
  private volatile boolean ended;
  private String cursor = "";

  Receiver(Line.Net net, Person person, String device, Refusals refusals) {
    this.person = person;
    this.refusals = refusals;
    line = new Line(net, person, device, this);
  }

  Person person() {
    return person;
  }

  /// What it has of a conversation.
  Inbox inbox(long conversation) {
    return inboxes.computeIfAbsent(conversation, ignored -> new Inbox());
  }

  Collection<Inbox> inboxes() {
    return inboxes.values();
  }

  @Override
  public void opened() {
    inboxes.values().forEach(Inbox::reconnected);
    due = true;
  }

  @Override
  public void told() {
    due = true;
  }

  @Override
  public void pushed(FrameScan frame) {
    push.scan(frame);
    if (push.textTo() - push.textFrom() < Stamp.CHARS) {
      return;
    }
    int at = push.textFrom();
    Stored message =
        new Stored(push.seq(), Stamp.sender(frame.bytes(), at), Stamp.number(frame.bytes(), at));
    if (inbox(push.conversationId()).pushed(message)) {
      gaps.add(push.conversationId());
    }
  }

  @Override
  public void run() {
    long pinged = System.nanoTime();
    try {
      while (!ended) {
        try {
          if (away) {
            away = false;
            line.goHome();
          }
          line.open();
          pull();
          if (System.nanoTime() - pinged > PING_NANOS) {
            pinged = System.nanoTime();
            // A node that does not run answers nothing, and nothing else would tell.
            var unused = line.call("ping", Frame.getDefaultInstance());
          }
        } catch (CallFailed e) {
          refusals.note("pull", e);
          due = true;
        } catch (Unanswered e) {
          due = true;
        }
        Thread.sleep(LOOK_MS);
      }
    } catch (InterruptedException e) {
      // The run is over.
    } finally {
      line.close();
    }
  }

  private void pull() {
    if (due) {
      due = false;
      Map<Long, Integer> newest = new HashMap<>();
      SyncResponse page;
      do {
        page = Pulls.page(line, cursor, PAGE, newest);
        cursor = page.getNextCursor();
      } while (page.getMore());
      newest.forEach(
          (conversation, seq) -> {
            if (inbox(conversation).whole() < seq) {
              gaps.add(conversation);
            }
          });
    }
    for (long conversation : List.copyOf(gaps)) {
      gaps.remove(conversation);
      try {
        Inbox inbox = inbox(conversation);
        Pulls.history(line, conversation, inbox.whole()).forEach(inbox::pulled);
      } catch (CallFailed | Unanswered e) {
        gaps.add(conversation);
        throw e;
      }
    }
  }

  /// Whether it has something to do.
  boolean pulling() {
    return due || !gaps.isEmpty();
  }

  /// Back to the node that it began at, soon.
  void goHome() {
    away = true;
  }

  void end() {
    ended = true;
  }
}
