package io.parley.bench.load;

import io.parley.bench.ledger.Faults;
import io.parley.bench.ledger.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Compares, after a run, what was acknowledged with what was pushed and with what is stored.
public final class Audit {
  private final Outcome outcome;
  private final List<String> remarks = new ArrayList<>();
  private final Map<String, Integer> closings = new TreeMap<>();
  private Faults faults = Faults.NONE;
  private long overtaken;
  private int slow;
  private int histories;

  public Audit(Outcome outcome) {
    this.outcome = outcome;
  }

  /// Checks one conversation with all its devices; with `history`, also reads it back from the
  /// server.
  public void conversation(List<Endpoint> members, boolean history) {
    Timeline timeline = new Timeline(members.stream().map(Endpoint::acks).toList());
    overtaken += timeline.overtaken();
    long holes = outcome.exact() ? timeline.holes() : 0;
    long twice = (long) timeline.seqsTwice() + timeline.ackedTwice();
    faults = faults.plus(new Faults(0, 0, 0, twice, holes, 0, 0, 0));
    for (Endpoint member : members) {
      faults = faults.plus(member.audit(timeline, outcome.exact()));
      if (!member.closed().isEmpty()) {
        closings.merge(member.closed(), 1, Integer::sum);
        slow += member.slow() ? 1 : 0;
      }
    }
    if (history) {
      readBack(members, timeline);
    }
  }

  private void readBack(List<Endpoint> members, Timeline timeline) {
    members.stream()
        .filter(member -> member.closed().isEmpty() && member.conversationId() != 0)
        .reduce((first, second) -> second)
        .ifPresentOrElse(
            reader -> {
              histories++;
              long differences = new HistoryCheck(reader, timeline, outcome.exact()).differences();
              faults = faults.plus(new Faults(0, 0, 0, 0, 0, 0, 0, differences));
            },
            () -> remarks.add("no open socket to read a history back with"));
  }

  public Faults faults() {
    return faults;
  }

  /// Conversations read back from the server.
  public int histories() {
    return histories;
  }

  /// Devices that the server closed for being slow.
  public int slow() {
    return slow;
  }

  /// What is worth saying besides the faults.
  public List<String> remarks() {
    List<String> all = new ArrayList<>(remarks);
    closings.forEach((reason, count) -> all.add(count + " sockets closed: " + reason));
    outcome.stats().refusals.forEach((what, count) -> all.add(count + " refused: " + what));
    if (overtaken > 0) {
      all.add(overtaken + " pipelined messages were stored after a later one of the same sender");
    }
    if (outcome.stats().foreign > 0) {
      all.add(outcome.stats().foreign + " pushes were not of this run");
    }
    return all;
  }
}
