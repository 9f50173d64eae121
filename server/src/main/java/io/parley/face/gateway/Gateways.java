package io.parley.face.gateway;

import com.google.protobuf.ByteString;
import io.parley.account.Account;
import io.parley.api.gateway.SendMessageResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Right;
import io.parley.bus.Event;
import io.parley.bus.GatewayAsk;
import io.parley.bus.ServerEvent;
import io.parley.face.rpc.Callers;
import io.parley.face.rpc.RpcMethod;
import io.parley.realtime.Registry;
import io.parley.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The gateways that are connected, by `gateway_id`, and what their streams share.
final class Gateways {
  private static final int BROADCASTS_MAX = 4;

  private final Map<String, Gateway> gateways = new ConcurrentHashMap<>();
  private final Semaphore broadcasts = new Semaphore(BROADCASTS_MAX);
  private final GatewayFace.Engines engines;
  private final GatewayPushes pushes;
  private final Limits limits;
  private final Executor executor;
  private final Elsewhere elsewhere;
  private volatile boolean draining;

  Gateways(GatewayFace.Engines engines, GatewayPushes pushes, Limits limits, Executor executor) {
    this.engines = engines;
    this.pushes = pushes;
    this.limits = limits;
    this.executor = executor;
    this.elsewhere = new Elsewhere(this, engines.held(), executor);
  }

  Registry registry() {
    return engines.registry();
  }

  Callers callers() {
    return engines.sessions()::authenticate;
  }

  Sessions sessions() {
    return engines.sessions();
  }

  Limits limits() {
    return limits;
  }

  Relays relays() {
    return pushes.relays();
  }

  Executor executor() {
    return executor;
  }

  Elsewhere elsewhere() {
    return elsewhere;
  }

  /// @throws Fault NO_SUCH_METHOD
  RpcMethod<?, ?> method(String name) {
    RpcMethod<?, ?> method = engines.table().find(name);
    if (method == null) {
      throw Fault.of(FaultCode.NO_SUCH_METHOD, "no such cmd");
    }
    return method;
  }

  /// Makes `stream` the one of the gateway `id`; an older one ends.
  ///
  /// @throws Fault QUOTA if there are too many gateways, UNAVAILABLE if the server is stopping
  synchronized Gateway bind(String id, GatewayStream stream) {
    if (draining) {
      throw Fault.of(FaultCode.UNAVAILABLE, "the server is stopping");
    }
    Gateway gateway = gateways.get(id);
    if (gateway == null) {
      if (gateways.size() >= limits.gatewaysMax()) {
        throw Fault.of(FaultCode.QUOTA, "limits.gateways_max: at most " + limits.gatewaysMax());
      }
      gateway = new Gateway(this, id, stream);
      gateways.put(id, gateway);
    } else {
      gateway.takeOver(stream);
    }
    gateway.streams++;
    return gateway;
  }

  /// One stream of `gateway` has ended. True if that was the last.
  synchronized boolean release(Gateway gateway) {
    gateway.streams--;
    return gateway.streams == 0 && gateways.remove(gateway.id(), gateway);
  }

  /// Null if it has no stream here.
  @Nullable Gateway find(String id) {
    return gateways.get(id);
  }

  private Gateway require(String id) {
    Gateway gateway = find(id);
    if (gateway == null) {
      throw noStream();
    }
    return gateway;
  }

  static Fault noStream() {
    return Fault.of(
        FaultCode.FAILED_PRECONDITION, "gateway_id: this gateway has no SendMessage stream");
  }

  // --- clients

  /// Makes `client` one of the gateway `id`, whichever server holds it.
  ///
  /// @throws Fault FAILED_PRECONDITION if the gateway has no stream; NO_SUCH_ACCOUNT,
  ///     ACCOUNT_DISABLED; what [Gateway#register] throws
  void register(String id, AccountId client) {
    if (!elsewhere.does(GatewayAsk.REGISTER, id, client)) {
      registerHere(id, client);
    }
  }

  void registerHere(String id, AccountId client) {
    Gateway gateway = require(id);
    Supplier<Caller> again = () -> vouched(client, gateway.caller());
    Caller known = again.get();
    GatewayFace.on(gateway, () -> gateway.register(known, again));
  }

  /// Ends the registration of `client`, if there is one.
  ///
  /// @throws Fault FAILED_PRECONDITION if the gateway has no stream
  void unregister(String id, AccountId client) {
    if (!elsewhere.does(GatewayAsk.UNREGISTER, id, client)) {
      unregisterHere(id, client);
    }
  }

  void unregisterHere(String id, AccountId client) {
    Gateway gateway = require(id);
    GatewayFace.on(gateway, () -> gateway.unregister(client));
  }

  /// A client that its gateway vouches for, with none of the account's rights.
  private Caller vouched(AccountId id, Caller gateway) {
    @Nullable Account account = engines.accounts().findPresent(id);
    if (account == null) {
      throw Fault.of(FaultCode.NO_SUCH_ACCOUNT, "client_id: no account " + id);
    }
    if (!account.live()) {
      throw Fault.of(FaultCode.ACCOUNT_DISABLED, "client_id: this account is disabled");
    }
    return gateway.vouchingFor(id);
  }

  /// Sends to every registered client, and returns when it is on every gateway's stream.
  ///
  /// @throws Fault BUSY while too many do
  void broadcast(ByteString data) {
    if (!broadcasts.tryAcquire()) {
      throw Fault.retry(FaultCode.BUSY, "others send to all now", java.time.Duration.ofSeconds(1));
    }
    try {
      elsewhere.broadcast(data, () -> broadcastHere(data));
    } finally {
      broadcasts.release();
    }
  }

  void broadcastHere(ByteString data) {
    SendMessageResponse frame =
        SendMessageResponse.newBuilder().setCmd(GatewayCommand.SYSTEM.code()).setData(data).build();
    List<CompletableFuture<Boolean>> all =
        gateways.values().stream().map(gateway -> gateway.broadcast(frame)).toList();
    all.forEach(CompletableFuture::join);
  }

  // --- what happens meanwhile

  /// A gateway that is an account may lose its session or its right, one that is a program its
  /// token.
  void hear(Event event) {
    switch (event) {
      case Event.SessionEnded ended -> of(ended.account(), GatewayStream::lookAgain);
      case Event.AccountChanged changed -> of(changed.account(), GatewayStream::lookAgain);
      case Event.TrustChanged changed -> of(null, GatewayStream::lookAgain);
      case ServerEvent told -> elsewhere.hear(told);
      default -> {}
    }
  }

  /// Events may have been lost.
  void lookAgain() {
    for (Gateway gateway : gateways.values()) {
      gateway.newest().lookAgain();
      elsewhere.lookAgain(gateway);
    }
  }

  /// `account`: null for gateways that are programs.
  private void of(@Nullable AccountId account, Consumer<GatewayStream> action) {
    for (Gateway gateway : gateways.values()) {
      if (Objects.equals(account, gateway.caller().accountId())) {
        action.accept(gateway.newest());
      }
    }
  }

  /// Ends every stream: the server stops.
  void drain() {
    draining = true;
    gateways
        .values()
        .forEach(
            each -> each.newest().end(Fault.of(FaultCode.UNAVAILABLE, "the server is stopping")));
  }

  int size() {
    return gateways.size();
  }

  static Caller requireGateway(Caller caller) {
    if (!caller.has(Right.GATEWAY)) {
      throw Fault.of(FaultCode.FORBIDDEN, "the gateway right is needed");
    }
    return caller;
  }

  /// A gateway's name: 1–50 printable ASCII characters.
  static String gatewayId(String id) {
    if (!id.matches("[!-~]{1,50}")) {
      throw Fault.invalid("gateway_id", "must be 1–50 printable characters without blanks");
    }
    return id;
  }
}
