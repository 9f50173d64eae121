package io.parley.bench.chaos;

/// Lets senders send, or brings them to rest after the message at hand.
final class Gate {
  private boolean open = true;
  private int busy;

  /// Waits until sending is allowed, and counts the caller as busy.
  synchronized void enter() throws InterruptedException {
    while (!open) {
      wait();
    }
    busy++;
  }

  synchronized void leave() {
    busy--;
    notifyAll();
  }

  /// No new messages; true when everybody has come to rest within that time.
  synchronized boolean close(long withinMs) throws InterruptedException {
    open = false;
    long end = System.nanoTime() + withinMs * 1_000_000;
    while (busy > 0) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  synchronized void open() {
    open = true;
    notifyAll();
  }
}
