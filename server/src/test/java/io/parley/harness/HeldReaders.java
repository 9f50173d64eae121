package io.parley.harness;

import io.parley.store.Db;
import java.util.concurrent.CountDownLatch;

/// Callers who hold all connections that the store has for reading, until this is closed.
public final class HeldReaders implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  private final CountDownLatch gate = new CountDownLatch(1);

  /// Returns once they are held.
  public HeldReaders(Db db) throws InterruptedException {
    CountDownLatch held = new CountDownLatch(CONNECTIONS);
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread.ofVirtual()
          .start(
              () ->
                  db.read(
                      tx -> {
                        held.countDown();
                        try {
                          gate.await();
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                        return 0;
                      }));
    }
    held.await();
  }

  @Override
  public void close() {
    gate.countDown();
  }
}
