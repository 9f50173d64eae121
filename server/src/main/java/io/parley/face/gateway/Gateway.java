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
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connected gateway: its clients, which are those of whichever of its streams is the newest.
/// Everything happens on its lane, which is nobody else's, so it may wait for a read of the
/// database.
final class Gateway {
  private static final int PARCELS_MAX = 256;

  private final Gateways gateways;
  private final String id;
  private final Lane lane;
  private final Map<AccountId, GatewayClient> clients = new HashMap<>();
  private final Executor asks;
  private volatile GatewayStream newest;

  // On the lane: since when the newest stream that another server holds was taken; 0 for none.
  private long takenSince;

  /// How many of its streams have not ended; under the lock of `gateways`.
  int streams;

  Gateway(Gateways gateways, String id, GatewayStream first) {
    this.gateways = gateways;
    this.id = id;
    this.newest = first;
    asks = MoreExecutors.newSequentialExecutor(gateways.executor());
    lane = new Lane(MoreExecutors.newSequentialExecutor(gateways.executor()), PARCELS_MAX);
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

  /// What other servers ask of it, one after the other; may wait.
  Executor asks() {
    return asks;
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
          older.finish(takenOver());
        });
  }

  private static Fault takenOver() {
    return Fault.of(FaultCode.FAILED_PRECONDITION, "gateway_id: a newer stream has taken over");
  }

  /// From any thread: another server holds a stream that was taken `since`. It takes over as one of
  /// this server does, but it has the clients that are registered with it and no others.
  void taken(long since) {
    later(
        () -> {
          takenSince = Math.max(takenSince, since);
          giveWay();
        });
  }

  /// On the lane: all servers know of `stream`.
  void known(GatewayStream stream) {
    if (stream.isOver()) {
      gateways.elsewhere().leave(id, stream.since());
    } else {
      giveWay();
    }
  }

  private void giveWay() {
    if (newest.since() != 0 && newest.since() < takenSince) {
      newest.finish(takenOver());
    }
  }

  private static boolean isSame(Caller one, Caller other) {
    return one.program().equals(other.program())
        && Objects.equals(one.accountId(), other.accountId());
  }

  /// On the lane: one of its streams has ended. With the last one it is gone.
  void left() {
    if (gateways.release(this)) {
      unregisterAll();
      gateways.elsewhere().leave(id, newest.since());
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
      gateways.registry().remove(older.connection());
    } else if (clients.size() >= gateways.limits().gatewayClientsMax()) {
      throw Fault.of(
          FaultCode.QUOTA,
          "limits.gateway_clients_max: at most " + gateways.limits().gatewayClientsMax());
    }
    GatewayClient fresh = new GatewayClient(this, known.over(gateways.registry().nextId()));
    gateways.registry().admit(fresh.connection(), again);
    clients.put(account, fresh);
  }

  /// On the lane. False if it is no client.
  boolean unregister(AccountId account) {
    GatewayClient gone = clients.remove(account);
    if (gone != null) {
      gateways.registry().remove(gone.connection());
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
