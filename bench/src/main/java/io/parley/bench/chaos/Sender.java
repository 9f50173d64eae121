package io.parley.bench.chaos;

import io.parley.bench.socket.CallFailed;
import io.parley.bench.wire.Stamp;
import java.util.concurrent.ThreadLocalRandom;

/// Somebody who says one thing after the other in one conversation, and repeats each under its key
/// until it is acknowledged.
final class Sender implements Runnable {
  private static final long BACK_OFF_MS = 100;

  /// What all senders of a run share.
  ///
  /// @param gate when they may send
  /// @param pulse where they note acknowledgements
  /// @param refusals where they note what was refused
  /// @param pauseMs between two messages of one of them, on average
  /// @param key which no other run has
  record Shared(Gate gate, Pulse pulse, Refusals refusals, double pauseMs, String key) {}

  private final Shared shared;
  private final Chat chat;
  private final Person person;
  private final int number;
  private final Line line;
  private volatile boolean ended;

  /// `number`: what its messages say who sent them.
  Sender(Shared shared, Chat chat, Person person, int number, Line line) {
    this.shared = shared;
    this.chat = chat;
    this.person = person;
    this.number = number;
    this.line = line;
  }

  @Override
  public void run() {
    try {
      for (int message = 1; !ended; message++) {
        shared.gate().enter();
        try {
          say(message);
        } finally {
          shared.gate().leave();
        }
        double spread = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
        Thread.sleep((long) (shared.pauseMs() * spread));
      }
    } catch (InterruptedException e) {
      // The run is over.
    }
  }

  private void say(int message) throws InterruptedException {
    long began = System.nanoTime();
    String text = Stamp.text(began, number, message) + " while parts of the cluster fail";
    String key = shared.key() + "-" + number + "-" + message;
    while (!ended) {
      try {
        int seq = chat.send(line, person, text, key);
        chat.acked(new Ack(number, message, seq));
        shared.pulse().acked(began);
        return;
      } catch (CallFailed e) {
        shared.refusals().note("send", e);
        Thread.sleep(BACK_OFF_MS);
      } catch (Unanswered e) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        Thread.sleep(BACK_OFF_MS);
      }
    }
  }

  /// Back to the node that it began at. While the gate is closed.
  void goHome() {
    line.goHome();
  }

  void end() {
    ended = true;
  }
}
