package io.parley.bus;

import io.parley.base.Heartbeat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus of a single node: one bounded queue, one thread.
public final class LocalBus implements Bus {
  private static final Logger log = LoggerFactory.getLogger(LocalBus.class);
  private static final int DRAIN_MAX = 256;

  /// Ends the thread once everything before it was delivered.
  private record Stop() {}

  private final BlockingQueue<Object> queue;
  private final List<Consumer<Event>> subscribers = new CopyOnWriteArrayList<>();
  private final Heartbeat beat = new Heartbeat("parley-bus");
  private final Thread thread;
  private volatile boolean closed;

  /// `queueMax`: events that may wait before publishers block.
  public LocalBus(int queueMax) {
    queue = new ArrayBlockingQueue<>(queueMax);
    thread = Thread.ofPlatform().daemon().name("parley-bus").start(this::run);
  }

  @Override
  public void publish(Event event) {
    if (!closed) {
      put(event);
    }
  }

  @Override
  public void subscribe(Consumer<Event> subscriber) {
    subscribers.add(subscriber);
  }

  /// Nothing is lost within a process.
  @Override
  public void onLoss(Consumer<Loss> listener) {}

  @Override
  public List<Heartbeat> heartbeats() {
    return List.of(beat);
  }

  @Override
  public int waiting() {
    return queue.size();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    put(new Stop());
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(Object item) {
    try {
      queue.put(item);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      deliverAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      beat.ends();
    }
  }

  private void deliverAll() throws InterruptedException {
    List<Object> batch = new ArrayList<>(DRAIN_MAX);
    while (true) {
      beat.rests();
      batch.add(queue.take());
      beat.works();
      queue.drainTo(batch, DRAIN_MAX - 1);
      for (Object item : batch) {
        if (item instanceof Event event) {
          deliver(event);
        } else {
          return;
        }
      }
      batch.clear();
    }
  }

  private void deliver(Event event) {
    for (Consumer<Event> subscriber : subscribers) {
      try {
        subscriber.accept(event);
      } catch (RuntimeException | Error e) {
        log.error("a subscriber failed on {}", event.getClass().getSimpleName(), e);
      }
    }
  }
}
