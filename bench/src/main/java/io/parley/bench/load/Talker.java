package io.parley.bench.load;

import io.parley.bench.ledger.AckLedger;
import io.parley.bench.pace.Backlog;
import io.parley.bench.pace.InFlight;
import io.parley.bench.socket.ClientSocket;
import io.parley.bench.wire.SendTemplate;

/// The sending half of a socket. Belongs to the lane's thread.
final class Talker {
  private static final long PAUSE_NANOS = 5_000_000;

  private final ClientSocket socket;
  private final SendTemplate template;
  private final AckLedger acks;
  private final InFlight inFlight = new InFlight();
  private final Backlog backlog = new Backlog();
  private int number;
  private long pausedUntil;
  private boolean paused;
  private boolean gone;

  Talker(ClientSocket socket, SendTemplate template, int sender) {
    this.socket = socket;
    this.template = template;
    acks = new AckLedger(sender);
  }

  /// Sends one message if fewer than `window` wait for their answer.
  boolean trySend(long due, int window) {
    if (gone || number >= SendTemplate.NUMBER_MAX || !inFlight.admits(number + 1, window)) {
      return false;
    }
    if (paused) {
      if (System.nanoTime() - pausedUntil < 0) {
        return false;
      }
      paused = false;
    }
    number++;
    inFlight.sent(number, due);
    socket.send(template, number, due);
    return true;
  }

  /// Sends a message that is due, or keeps it until a slot is free.
  void due(long due) {
    if (backlog.size() > 0 || !trySend(due, InFlight.MAX)) {
      backlog.add(due);
    }
  }

  /// Sends what waits, as far as slots are free.
  void catchUp() {
    while (backlog.size() > 0 && trySend(backlog.first(), InFlight.MAX)) {
      backlog.remove();
    }
  }

  boolean waits(int message) {
    return inFlight.waits(message);
  }

  long answered(int message) {
    return inFlight.answered(message);
  }

  /// After a refusal: nothing for a moment, instead of asking the same again at once.
  void pause(long now) {
    paused = true;
    pausedUntil = now + PAUSE_NANOS;
  }

  void gone() {
    gone = true;
  }

  AckLedger acks() {
    return acks;
  }

  int sent() {
    return number;
  }

  /// Messages sent and not answered.
  int unanswered() {
    return inFlight.count();
  }

  /// Messages due and not sent.
  int unsent() {
    return backlog.size();
  }

  /// Whether everything this talker ever will do is done.
  boolean idle() {
    return gone || (inFlight.count() == 0 && backlog.size() == 0);
  }
}
