package io.parley.realtime;

import io.netty.buffer.ByteBuf;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.bus.Arrival;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One live, authenticated connection of one device.
///
/// It has two states. Open: pushes are written to the transport. Closed, for good: nothing is
/// written any more, either because the server cut it ([Registry#cut], the last frame was
/// `push.closing`) or because its wire ended ([Registry#remove]). A cut takes effect at once,
/// though the wire may take half a second to go.
///
/// Memory counts: tens of thousands are idle, so this holds references and one flag, no queue,
/// timer or map.
public final class Connection {
  private final long id;
  private final AccountId account;
  private volatile Caller caller;
  private final String device;
  private final Lane lane;
  private final Transport transport;
  private volatile WireForm form;
  private volatile @Nullable Supplier<Caller> again;
  private boolean open = true;

  // Of the thread that the bus delivers on. 0: not heard yet.
  private long arrivedAt;
  private long newestAt;

  /// @param id from [Registry#nextId]
  /// @param caller logged in, already `over(id)`
  /// @param device at most 64 characters; the same account and device has one connection
  public Connection(
      long id, Caller caller, String device, WireForm form, Lane lane, Transport transport) {
    this.id = id;
    this.account = caller.requireAccount();
    this.caller = caller;
    this.device = device;
    this.form = form;
    this.lane = lane;
    this.transport = transport;
  }

  /// Unique among all nodes that live, never 0.
  public long id() {
    return id;
  }

  public AccountId account() {
    return account;
  }

  /// Who speaks over it, with the rights that it has now.
  public Caller caller() {
    return caller;
  }

  /// Remembers how to find out who that is. See [Registry#admit].
  void recognisedBy(Supplier<Caller> look) {
    again = look;
  }

  /// Looks at its token again and takes over what that stands for now. May block. One look at a
  /// time: one that began before a change must not bring back what the change took away.
  ///
  /// @throws io.parley.base.Fault if it is not live, or nobody can tell
  synchronized void recognise() {
    Supplier<Caller> look = again;
    if (look != null) {
      caller = look.get().over(id);
    }
  }

  public String device() {
    return device;
  }

  public Lane lane() {
    return lane;
  }

  public WireForm form() {
    return form;
  }

  /// A client that authenticated in its upgrade request shows its form only with its first frame.
  public void speak(WireForm spoken) {
    form = spoken;
  }

  /// Whether pushes still go out. On the lane only.
  public boolean isOpen() {
    return open;
  }

  /// On the lane only. False if it was closed before.
  boolean close() {
    boolean was = open;
    open = false;
    return was;
  }

  /// Whether a connection of the same device came after this one, as far as the bus has told with
  /// `arrival`. When this one came is known from its own arrival only, and what came before that
  /// was heard is compared then.
  boolean isOlder(Arrival arrival) {
    if (arrival.connection() == id) {
      arrivedAt = arrival.at();
    }
    newestAt = Math.max(newestAt, arrival.at());
    return arrivedAt != 0 && arrivedAt < newestAt;
  }

  Transport transport() {
    return transport;
  }

  /// On the lane only: writes one frame that others share, and takes over the reference.
  void push(ByteBuf frame) {
    transport.write(frame);
  }

  @Override
  public String toString() {
    return "connection " + id + " of account " + account;
  }
}
