package io.parley.face.gateway;

import com.google.common.util.concurrent.MoreExecutors;
import io.parley.api.gateway.SendMessageResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.realtime.Lane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connected gateway: its clients, which are those of whichever of its streams is the newest.
/// Everything happens on its lane, which is nobody else's, so it may wait for a read of the
/// database.
final class Gateway {
  private static final int PARCELS_MAX = 256;

  private final Gateways home;
  private final String id;
  private final Lane lane;
  private final Map<AccountId, GatewayClient> clients = new HashMap<>();
  private volatile GatewayStream newest;

  /// How many of its streams have not ended; under the lock of `home`.
  int streams;

  Gateway(Gateways home, String id, GatewayStream first) {
    this.home = home;
    this.id = id;
    this.newest = first;
    lane = new Lane(MoreExecutors.newSequentialExecutor(home.executor()), PARCELS_MAX);
  }

  String id() {
    return id;
  }

  Lane lane() {
    return lane;
  }

  /// The stream that its clients are pushed over.
  GatewayStream newest() {
    return newest;
  }

  /// Who it is.
  Caller caller() {
    return newest.caller();
  }

  /// Does `action` on the lane.
  void later(Runnable action) {
    lane.run(action);
  }

  // --- streams

  /// `fresh` takes over: the older stream ends, its clients stay, if it is the same program that
  /// speaks. Another one would get clients whose tokens it has never had.
  void takeOver(GatewayStream fresh) {
    later(
        () -> {
          GatewayStream older = newest;
          newest = fresh;
          if (!isSame(older.caller(), fresh.caller())) {
            unregisterAll();
          }
          older.finish(
              Fault.of(FaultCode.FAILED_PRECONDITION, "gateway_id: a newer stream has taken over"));
        });
  }

  private static boolean isSame(Caller one, Caller other) {
    return one.program().equals(other.program())
        && Objects.equals(one.accountId(), other.accountId());
  }

  /// On the lane: one of its streams has ended. With the last one it is gone.
  void left() {
    if (home.release(this)) {
      unregisterAll();
    }
  }

  // --- clients

  @Nullable GatewayClient client(AccountId account) {
    return clients.get(account);
  }

  /// On the lane: makes `known` a client of this gateway; an older registration of it is replaced.
  ///
  /// @throws Fault QUOTA, BUSY, UNAVAILABLE
  void register(Caller known, Supplier<Caller> again) {
    AccountId account = known.requireAccount();
    if (newest.isOver()) {
      throw Fault.of(FaultCode.FAILED_PRECONDITION, "gateway_id: the gateway's stream has ended");
    }
    GatewayClient older = clients.remove(account);
    if (older != null) {
      home.registry().remove(older.connection());
    } else if (clients.size() >= home.limits().gatewayClientsMax()) {
      throw Fault.of(
          FaultCode.QUOTA,
          "limits.gateway_clients_max: at most " + home.limits().gatewayClientsMax());
    }
    GatewayClient fresh = new GatewayClient(this, known.over(home.registry().nextId()));
    home.registry().admit(fresh.connection(), again);
    clients.put(account, fresh);
  }

  /// On the lane. False if it is no client.
  boolean unregister(AccountId account) {
    GatewayClient gone = clients.remove(account);
    if (gone != null) {
      home.registry().remove(gone.connection());
    }
    return gone != null;
  }

  private void unregisterAll() {
    List.copyOf(clients.keySet()).forEach(this::unregister);
  }

  /// On the lane: the registry has cut it.
  void forget(GatewayClient gone) {
    clients.remove(gone.connection().account(), gone);
  }

  /// Sends to every client; done when it was handed to the stream.
  CompletableFuture<Boolean> broadcast(SendMessageResponse frame) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    later(
        () -> {
          List.copyOf(clients.values())
              .forEach(client -> newest.send(frame.toBuilder(), client.id()));
          done.complete(true);
        });
    return done;
  }
}
