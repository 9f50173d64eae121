package io.parley.face.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.parley.api.gateway.SendMessageRequest;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.rpc.RpcMethod;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One frame of a gateway, from its coming to its answer. On the gateway's lane but where it says
/// otherwise. Every frame is answered or counted as answered exactly once.
final class GatewayCall {
  private final Gateways home;
  private final Gateway gateway;
  private final GatewayStream stream;
  private SendMessageRequest frame;

  GatewayCall(Gateways home, Gateway gateway, GatewayStream stream, SendMessageRequest frame) {
    this.home = home;
    this.gateway = gateway;
    this.stream = stream;
    this.frame = frame;
  }

  void start() {
    try {
      if (frame.getData().size() > home.limits().frameBytesMax()) {
        throw Fault.of(
            FaultCode.TOO_LARGE,
            "limits.frame_bytes_max: data is over " + home.limits().frameBytesMax());
      }
      if (!frame.getGatewayId().isEmpty() && !frame.getGatewayId().equals(gateway.id())) {
        throw Fault.of(
            FaultCode.FAILED_PRECONDITION, "gateway_id: this stream is that of " + gateway.id());
      }
      switch (GatewayCommand.find(frame.getCmd())) {
        case PING -> stream.answer(frame, GatewayCommand.PONG.code(), ByteString.EMPTY);
        case PONG -> stream.ready();
        case CLIENT_CLOSE -> {
          gateway.unregister(sender());
          stream.ready();
        }
        case LOGIN -> login();
        case LOGOUT -> logout();
        case USER_MESSAGE -> message(false);
        case GROUP_MESSAGE -> message(true);
        case null, default -> method();
      }
    } catch (RuntimeException | Error e) {
      stream.refuse(frame, Fault.from(e));
    }
  }

  private AccountId sender() {
    return GatewayWire.accountId("sender_id", frame.getSenderId());
  }

  private GatewayClient client() {
    GatewayClient client = gateway.client(sender());
    if (client == null) {
      throw Fault.of(FaultCode.FORBIDDEN, "sender_id: not registered on this gateway");
    }
    return client;
  }

  // --- login and logout

  private void login() {
    AccountId client;
    String token;
    try {
      var data = GatewayWire.object(frame.getData());
      client = GatewayWire.accountId("client_id", GatewayWire.id(data, "client_id"));
      token = GatewayWire.id(data, "token");
      if (!frame.getSenderId().isEmpty() && !sender().equals(client)) {
        throw Fault.invalid("client_id", "is not the sender");
      }
      if (token.isEmpty()) {
        throw Fault.invalid("token", "missing");
      }
    } catch (Fault fault) {
      loginFailed(fault);
      return;
    }
    Supplier<Caller> again = () -> authenticated(client, token);
    home.executor()
        .execute(
            () -> {
              try {
                Caller known = again.get();
                gateway.later(() -> loggedIn(known, again));
              } catch (Throwable e) {
                gateway.later(() -> loginFailed(Fault.from(e)));
              }
            });
  }

  /// May block.
  private Caller authenticated(AccountId client, String token) {
    Caller speaker = stream.caller();
    Caller known = home.callers().authenticate(token, speaker.stranger());
    if (!client.equals(known.accountId())) {
      throw Fault.of(FaultCode.NOT_LOGGED_IN, "the token is not that of client_id");
    }
    return known;
  }

  private void loggedIn(Caller known, Supplier<Caller> again) {
    try {
      gateway.register(known, again);
      SendMessageRequest named =
          frame.toBuilder().setSenderId(known.requireAccount().toString()).build();
      stream.answer(named, GatewayCommand.LOGIN_DONE.code(), GatewayWire.AUTH_SUCCESS);
    } catch (Fault fault) {
      loginFailed(fault);
    }
  }

  private void loginFailed(Fault fault) {
    stream.answer(frame, GatewayCommand.LOGIN_FAILED.code(), ByteString.copyFromUtf8(fault.text()));
  }

  private void logout() {
    GatewayClient client = client();
    Caller caller = client.caller();
    gateway.unregister(sender());
    home.executor()
        .execute(
            () -> {
              try {
                if (caller.sessionId() != null) {
                  home.sessions().end(caller.requireAccount(), caller.sessionId());
                }
              } catch (Fault gone) {
                // Ended by somebody else: logged out all the same.
              }
              gateway.later(
                  () -> stream.answer(frame, GatewayCommand.LOGOUT.code(), ByteString.EMPTY));
            });
  }

  // --- messages

  private void message(boolean toGroup) {
    boolean named = !frame.getSenderId().equals(gateway.id());
    GatewayClient known = named ? client() : null;
    GatewayWire.Sent sent = GatewayWire.sent(frame.getData());
    if (sent.type().equals(GatewayWire.ACK)) {
      stream.ready(); // A receipt: nothing waits for it, who missed something pulls it.
      return;
    }
    String said = GatewayWire.id(sent.data(), "sender_id");
    GatewayClient client = known == null ? speaker(said) : known;
    if (!said.isEmpty() && !said.equals(client.id())) {
      throw Fault.of(FaultCode.FORBIDDEN, "data.sender_id: is not the sender");
    }
    send(home.method(sent.method(toGroup)), client, sent, toGroup);
  }

  /// The client for which the gateway speaks in its own name: the frame is its own from here on.
  private GatewayClient speaker(String id) {
    GatewayClient client = gateway.client(GatewayWire.accountId("data.sender_id", id));
    frame = frame.toBuilder().setSenderId(id).build();
    if (client == null) {
      throw Fault.of(FaultCode.FORBIDDEN, "data.sender_id: not registered on this gateway");
    }
    return client;
  }

  private <Q extends Message, R extends Message> void send(
      RpcMethod<Q, R> method, GatewayClient client, GatewayWire.Sent sent, boolean toGroup) {
    Message.Builder request = method.prototype().newBuilderForType();
    sent.into(request, toGroup);
    // An origin of its own for each message: under it the pushes find what was sent, to the byte.
    long origin = home.registry().nextId();
    home.relays()
        .put(
            origin,
            new Relays.Relay(frame.getData(), frame.getRequestId(), client.connection().id()));
    @SuppressWarnings("unchecked") // built from Q's own prototype
    Q asked = (Q) request.build();
    call(
        method,
        client.caller().over(origin),
        asked,
        response ->
            stream.answer(
                frame,
                GatewayCommand.USER_MESSAGE.code(),
                GatewayWire.acknowledgement(client.id(), frame.getRequestId(), idOf(response))),
        () -> home.relays().take(origin));
  }

  private static long idOf(Message response) {
    var field = response.getDescriptorForType().findFieldByName("id");
    return (Long) response.getField(Objects.requireNonNull(field));
  }

  // --- methods

  private void method() {
    RpcMethod<?, ?> method = home.method(frame.getCmd());
    Caller caller =
        method.open() && frame.getSenderId().isEmpty()
            ? stream.caller().vouchingFor(null)
            : client().caller();
    call(method, caller);
  }

  private <Q extends Message, R extends Message> void call(RpcMethod<Q, R> method, Caller caller) {
    Q asked;
    try {
      asked = method.descriptor().parseRequest(frame.getData().newInput());
    } catch (StatusRuntimeException e) {
      throw Fault.of(FaultCode.MALFORMED, "data: is not the request of " + frame.getCmd());
    }
    call(
        method,
        caller,
        asked,
        response -> stream.answer(frame, frame.getCmd(), response.toByteString()),
        () -> {});
  }

  private <Q extends Message, R extends Message> void call(
      RpcMethod<Q, R> method, Caller caller, Q asked, Consumer<R> done, Runnable failed) {
    Completion<R> reply =
        new Completion<>() {
          @Override
          public void done(R response) {
            gateway.later(() -> done.accept(response));
          }

          @Override
          public void failed(Fault fault) {
            failed.run();
            gateway.later(() -> stream.refuse(frame, fault));
          }
        };
    method.start(caller, asked, reply, home.executor());
  }
}
