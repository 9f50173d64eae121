package io.parley.harness;

import java.util.concurrent.CountDownLatch;

/// Where threads of what is tested are held until the test lets them go.
public final class Gate {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /// Held here until the gate opens. Answers 0, so that it can be all that an operation does.
  public int hold() {
    reached.countDown();
    try {
      open.await();
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits until somebody has come here.
  public void awaitHeld() throws InterruptedException {
    reached.await();
  }

  /// Lets go whoever is held, and whoever comes later.
  public void open() {
    open.countDown();
  }
}
