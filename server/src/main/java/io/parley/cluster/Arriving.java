package io.parley.cluster;

import io.parley.base.AccountId;
import io.parley.base.Completion;
import io.parley.base.Ids;
import io.parley.bus.Arrival;
import io.parley.bus.Bus;
import io.parley.bus.ServerEvent;
import io.parley.store.Db;
import io.parley.store.Together;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;

/// Tells all servers which devices connected here: those that come together in one event, so that
/// a crowd that comes back costs the store little.
public final class Arriving implements Together<Arriving.Item, Long> {
  /// So that an event stays far below what one may take.
  private static final int AT_ONCE = 1_000;

  /// @param connection the connection's id
  public record Item(AccountId account, String device, long connection) {}

  private final Db db;
  private final Bus bus;
  private final Ids ids;

  public Arriving(Db db, Bus bus, Ids ids) {
    this.db = db;
    this.bus = bus;
    this.ids = ids;
  }

  /// Does not wait.
  ///
  /// @throws io.parley.base.Fault BUSY, UNAVAILABLE
  public void tell(Item item, Completion<Long> told) {
    db.submit(this, item, told);
  }

  @Override
  public List<Outcome<Long>> run(Tx tx, List<Item> items) {
    List<Outcome<Long>> outcomes = new ArrayList<>(items.size());
    List<Arrival> arrivals = new ArrayList<>(items.size());
    for (Item item : items) {
      long at = ids.next();
      arrivals.add(new Arrival(item.account(), item.device(), item.connection(), at));
      outcomes.add(Outcome.of(at));
      if (arrivals.size() == AT_ONCE || outcomes.size() == items.size()) {
        bus.publish(tx, new ServerEvent.DevicesCame(List.copyOf(arrivals)));
        arrivals.clear();
      }
    }
    return outcomes;
  }
}
