package io.parley.face.gateway;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.parley.account.Accounts;
import io.parley.api.gateway.GatewayServiceGrpc;
import io.parley.api.gateway.RegisterRequest;
import io.parley.api.gateway.RegisterResponse;
import io.parley.api.gateway.SendToAllRequest;
import io.parley.api.gateway.SendToAllResponse;
import io.parley.api.gateway.UnRegisterRequest;
import io.parley.api.gateway.UnRegisterResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.bus.Event;
import io.parley.cluster.HeldGateways;
import io.parley.face.rpc.RpcMethod;
import io.parley.face.rpc.RpcStream;
import io.parley.face.rpc.RpcTable;
import io.parley.realtime.Registry;
import io.parley.session.Sessions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// `gateway.GatewayService` for callers with the gateway right.
public final class GatewayFace {
  /// What gateways speak to.
  ///
  /// @param table what clients may call by name: the native methods without those of this face
  /// @param held who holds the gateways that are not here; null where there is no other server
  public record Engines(
      Accounts accounts,
      Sessions sessions,
      Registry registry,
      RpcTable table,
      @Nullable HeldGateways held) {}

  private final Gateways gateways;
  private final Limits limits;

  public GatewayFace(Engines engines, GatewayPushes pushes, Limits limits, Executor executor) {
    gateways = new Gateways(engines, pushes, limits, executor);
    this.limits = limits;
  }

  public List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(GatewayServiceGrpc.getRegisterMethod(), this::register),
        method(GatewayServiceGrpc.getUnRegisterMethod(), this::unregister),
        method(GatewayServiceGrpc.getSendToAllMethod(), this::sendToAll));
  }

  public List<RpcStream<?, ?>> streams() {
    return List.of(
        new RpcStream<>(
            GatewayServiceGrpc.getSendMessageMethod(),
            (caller, out) -> GatewayStream.open(gateways, caller, out)));
  }

  /// Hears the bus: `bus.subscribe(face::hear)`.
  public void hear(Event event) {
    gateways.hear(event);
  }

  /// Looks again at who every gateway is: that may have changed unheard.
  public void lookAgain() {
    gateways.lookAgain();
  }

  /// Gateways that are connected.
  public int size() {
    return gateways.size();
  }

  /// Ends every stream and takes no more.
  public void drain() {
    gateways.drain();
  }

  private static <Q extends Message, R extends Message> RpcMethod<Q, R> method(
      MethodDescriptor<Q, R> descriptor, RpcMethod.Blocking<Q, R> handler) {
    return new RpcMethod<>(
        descriptor,
        false,
        (RpcMethod.Blocking<Q, R>)
            (caller, request) -> handler.call(Gateways.requireGateway(caller), request));
  }

  private RegisterResponse register(Caller caller, RegisterRequest request) {
    AccountId client = client(request.getGatewayId(), request.getClientId());
    gateways.register(request.getGatewayId(), client);
    return RegisterResponse.getDefaultInstance();
  }

  private UnRegisterResponse unregister(Caller caller, UnRegisterRequest request) {
    AccountId client = client(request.getGatewayId(), request.getClientId());
    gateways.unregister(request.getGatewayId(), client);
    return UnRegisterResponse.getDefaultInstance();
  }

  /// Both fields are looked at before the gateway itself.
  private static AccountId client(String gatewayId, String clientId) {
    if (gatewayId.isEmpty()) {
      throw Fault.invalid("gateway_id", "missing");
    }
    if (clientId.isEmpty()) {
      throw Fault.invalid("client_id", "missing");
    }
    Gateways.gatewayId(gatewayId);
    return GatewayWire.accountId("client_id", clientId);
  }

  private SendToAllResponse sendToAll(Caller caller, SendToAllRequest request) {
    if (request.getData().size() > limits.frameBytesMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "limits.frame_bytes_max: data is over " + limits.frameBytesMax());
    }
    gateways.broadcast(request.getData());
    return SendToAllResponse.getDefaultInstance();
  }

  /// Does `action` on the gateway's lane and waits for it. Not to be called there.
  static void on(Gateway gateway, Runnable action) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    gateway.later(
        () -> {
          try {
            action.run();
            done.complete(true);
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    try {
      done.join();
    } catch (CompletionException e) {
      throw Fault.from(e.getCause() == null ? e : e.getCause());
    }
  }
}
