package io.parley.bench.chaos;

import io.parley.api.conversation.SyncResponse;
import io.parley.bench.socket.CallFailed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A device that follows its Sync cursor for as long as the run lasts, each page at another node,
/// and knows of each conversation what Sync last said.
final class Walker implements Runnable {
  private static final long REST_MS = 150;
  private static final int PAGE = 2;

  private final Person person;
  private final List<Line> lines;
  private final Refusals refusals;
  private final Map<Long, Integer> known = new HashMap<>();
  private String cursor = "";
  private int turn;
  private volatile boolean ended;

  /// A cursor that was taken, and what its owner knew then.
  record Mark(String cursor, Map<Long, Integer> known) {}

  /// `lines`: one to each node.
  Walker(Person person, List<Line> lines, Refusals refusals) {
    this.person = person;
    this.lines = lines;
    this.refusals = refusals;
  }

  Person person() {
    return person;
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        try {
          walk();
        } catch (CallFailed e) {
          refusals.note("sync", e);
        } catch (Unanswered e) {
          // The next page is asked for at another node.
        }
        Thread.sleep(REST_MS);
      }
    } catch (InterruptedException e) {
      // The run is over.
    } finally {
      lines.forEach(Line::close);
    }
  }

  /// Walks to the end; the cursor moves with every page, as a client keeps it.
  private synchronized void walk() {
    SyncResponse page;
    do {
      page = Pulls.page(next(), cursor, PAGE, known);
      cursor = page.getNextCursor();
    } while (page.getMore() && !ended);
  }

  private Line next() {
    return lines.get(turn++ % lines.size());
  }

  /// The cursor as it is.
  synchronized Mark mark() {
    return new Mark(cursor, Map.copyOf(known));
  }

  /// What is known after walking on to the end, and what a second walk from `mark` finds, must both
  /// reach the newest messages; gives how many conversations of `newest` either misses.
  synchronized long skips(Mark mark, Map<Long, Integer> newest) {
    walk();
    Map<Long, Integer> again = new HashMap<>(mark.known());
    String from = mark.cursor();
    SyncResponse page;
    do {
      page = Pulls.page(next(), from, PAGE, again);
      from = page.getNextCursor();
    } while (page.getMore());
    return behind(known, newest) + behind(again, newest);
  }

  /// Conversations whose newest message is not known.
  static long behind(Map<Long, Integer> known, Map<Long, Integer> newest) {
    return newest.entrySet().stream()
        .filter(each -> known.getOrDefault(each.getKey(), 0) < each.getValue())
        .count();
  }

  void end() {
    ended = true;
  }
}
