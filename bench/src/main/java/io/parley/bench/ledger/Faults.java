package io.parley.bench.ledger;

/// How often each promise was broken. All zero is a clean run.
///
/// @param lost acknowledged, yet never pushed to a device that was there
/// @param duplicated pushed more than once to the same device
/// @param reordered pushed after a later message
/// @param seqsTwice the same seq acknowledged for two messages, or one message under two seqs
/// @param holes seqs that no acknowledgement named although every send was answered
/// @param echoed pushed to the very socket that sent it
/// @param altered devices that got other messages, or other places, than were acknowledged
/// @param history differences between the stored history and the acknowledgements
public record Faults(
    long lost,
    long duplicated,
    long reordered,
    long seqsTwice,
    long holes,
    long echoed,
    long altered,
    long history) {
  public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, 0);

  public Faults plus(Faults o) {
    return new Faults(
        lost + o.lost,
        duplicated + o.duplicated,
        reordered + o.reordered,
        seqsTwice + o.seqsTwice,
        holes + o.holes,
        echoed + o.echoed,
        altered + o.altered,
        history + o.history);
  }

  public boolean clean() {
    return equals(NONE);
  }
}
