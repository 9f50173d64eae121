package io.parley.harness;

import io.parley.base.Heartbeat;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.Loss;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A bus without a thread: whoever publishes tells the subscribers itself. Events of other nodes
/// are lost when a test says so.
public final class TestBus implements Bus {
  private final Heartbeat beat = new Heartbeat("test");
  private final List<Consumer<Event>> subscribers = new CopyOnWriteArrayList<>();
  private final List<Consumer<Loss>> listeners = new CopyOnWriteArrayList<>();

  @Override
  public void publish(Event event) {
    subscribers.forEach(each -> each.accept(event));
  }

  @Override
  public void subscribe(Consumer<Event> subscriber) {
    subscribers.add(subscriber);
  }

  @Override
  public void onLoss(Consumer<Loss> listener) {
    listeners.add(listener);
  }

  /// Everything of other nodes was lost for a moment.
  public void lose() {
    Loss loss = new Loss(Loss.ALL, 0, true);
    listeners.forEach(each -> each.accept(loss));
  }

  @Override
  public List<Heartbeat> heartbeats() {
    return List.of(beat);
  }

  @Override
  public int waiting() {
    return 0;
  }

  @Override
  public void close() {}
}
