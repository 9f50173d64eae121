package io.parley.face.gateway;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.parley.api.gateway.SendMessageRequest;
import io.parley.api.gateway.SendMessageResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.rpc.RpcFault;
import io.parley.face.rpc.RpcJson;
import io.parley.realtime.ClosingReason;
import io.parley.realtime.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One gateway's stream: its clients, what they send, what is pushed to them. Everything happens on
/// its lane, which is nobody else's, so it may wait for a read of the database.
///
/// Frames are taken in while fewer than `limits.gateway_in_flight_max` are unanswered and the
/// gateway reads its answers. What it has not read is bounded by `limits.gateway_outbox_bytes_max`;
/// over that the stream ends.
final class GatewayStream implements StreamObserver<SendMessageRequest> {
  private static final Logger log = LoggerFactory.getLogger(GatewayStream.class);
  private static final int PARCELS_MAX = 256;

  private final Gateways home;
  private final Supplier<Caller> callers;
  private final ServerCallStreamObserver<SendMessageResponse> out;
  private final Lane lane;
  private final Map<AccountId, GatewayClient> clients = new HashMap<>();
  private volatile Caller gateway = Caller.anonymous("", "");
  private String id = "";
  private boolean ended;
  private boolean closing;
  private int unanswered;
  private long unread;
  private int owed;

  private GatewayStream(
      Gateways home, Supplier<Caller> callers, ServerCallStreamObserver<SendMessageResponse> out) {
    this.home = home;
    this.callers = callers;
    this.out = out;
    lane = new Lane(MoreExecutors.newSequentialExecutor(home.executor()), PARCELS_MAX);
  }

  /// Takes up a stream; frames are read once its caller is known to be a gateway.
  static GatewayStream open(
      Gateways home, Supplier<Caller> callers, ServerCallStreamObserver<SendMessageResponse> out) {
    GatewayStream stream = new GatewayStream(home, callers, out);
    out.disableAutoRequest();
    out.setOnCancelHandler(() -> stream.later(() -> stream.finish(null)));
    out.setOnReadyHandler(() -> stream.later(stream::drained));
    home.executor().execute(stream::authenticate);
    return stream;
  }

  private void authenticate() {
    try {
      gateway = Gateways.requireGateway(callers.get());
      out.request(home.limits().gatewayInFlightMax());
    } catch (Throwable e) {
      end(Fault.from(e));
    }
  }

  /// Who the gateway is.
  Caller gateway() {
    return gateway;
  }

  String id() {
    return id;
  }

  Lane lane() {
    return lane;
  }

  // --- frames in

  @Override
  public void onNext(SendMessageRequest frame) {
    later(() -> take(frame));
  }

  @Override
  public void onError(Throwable e) {
    later(() -> finish(null));
  }

  @Override
  public void onCompleted() {
    later(
        () -> {
          closing = true;
          completeWhenAnswered();
        });
  }

  /// A gateway that has said its last still gets the answers to what it said.
  private void completeWhenAnswered() {
    if (closing && unanswered == 0 && !ended) {
      finish(null);
      out.onCompleted();
    }
  }

  private void take(SendMessageRequest frame) {
    if (ended) {
      return;
    }
    unanswered++;
    if (id.isEmpty()) {
      begin(frame);
      return;
    }
    new GatewayCall(home, this, frame).start();
  }

  private void begin(SendMessageRequest frame) {
    try {
      if (!frame.getCmd().equals(GatewayWire.PING)) {
        throw Fault.of(FaultCode.FAILED_PRECONDITION, "cmd: the first frame must be A001");
      }
      String name = Gateways.gatewayId(frame.getGatewayId());
      id = name;
      home.bind(name, this);
      // Its token may have died between the stream's beginning and now, when nobody knew of it.
      lookAgain();
      answer(frame, GatewayWire.PONG, ByteString.EMPTY);
    } catch (Fault refused) {
      finish(refused);
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
    if (ended) {
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
    GatewayClient fresh = new GatewayClient(this, known.over(home.registry().nextId()), again);
    home.registry().add(fresh.connection());
    clients.put(account, fresh);
    // What ended between the look at the client and its registration was not told.
    lookAgain(fresh, again);
  }

  /// On the lane. False if it is no client.
  boolean unregister(AccountId account) {
    GatewayClient gone = clients.remove(account);
    if (gone != null) {
      home.registry().remove(gone.connection());
    }
    return gone != null;
  }

  /// On the lane: the registry has cut it.
  void forget(GatewayClient gone) {
    clients.remove(gone.connection().account(), gone);
  }

  void lookAgain(GatewayClient client, Supplier<Caller> again) {
    home.executor()
        .execute(
            () -> {
              try {
                Caller now = again.get();
                later(() -> client.become(now));
              } catch (Throwable e) {
                home.registry().cutLater(client.connection(), reason(Fault.from(e).code()));
              }
            });
  }

  private static ClosingReason reason(FaultCode code) {
    return switch (code) {
      case INTERNAL, UNAVAILABLE, BUSY, THROTTLED -> ClosingReason.RESTART;
      default -> ClosingReason.SESSION_ENDED;
    };
  }

  // --- frames out

  /// On the lane: one frame for the client that is called `receiver`.
  void send(SendMessageResponse.Builder frame, String receiver) {
    if (ended) {
      return;
    }
    SendMessageResponse whole = frame.setGatewayId(id).setReceiverId(receiver).build();
    unread = out.isReady() ? 0 : unread + whole.getSerializedSize();
    if (unread > home.limits().gatewayOutboxBytesMax()) {
      finish(
          Fault.retry(
              FaultCode.BUSY,
              "limits.gateway_outbox_bytes_max: the gateway does not read what it is sent",
              Duration.ofSeconds(1)));
      return;
    }
    out.onNext(whole);
  }

  /// On the lane: the answer to `frame`.
  void answer(SendMessageRequest frame, String cmd, ByteString data) {
    send(answerOf(frame, cmd).setData(data), frame.getSenderId());
    ready();
  }

  /// On the lane: what went wrong with `frame`. The text of a fault is JSON in the data too, where
  /// a client reads JSON anyway.
  void refuse(SendMessageRequest frame, Fault fault) {
    if (fault.code() == FaultCode.INTERNAL) {
      log.error("a gateway's frame {} failed", frame.getCmd(), fault);
    }
    var detail = RpcFault.of(fault).detail();
    SendMessageResponse.Builder answer = answerOf(frame, frame.getCmd()).setError(detail);
    if (frame.getCmd().indexOf('/') < 0) {
      answer.setData(ByteString.copyFromUtf8(RpcJson.print(detail)));
    }
    send(answer, frame.getSenderId());
    ready();
  }

  private static SendMessageResponse.Builder answerOf(SendMessageRequest frame, String cmd) {
    return SendMessageResponse.newBuilder().setCmd(cmd).setRequestId(frame.getRequestId());
  }

  /// On the lane: one frame less is unanswered.
  void ready() {
    owed++;
    unanswered--;
    completeWhenAnswered();
    if (!ended && out.isReady()) {
      out.request(owed);
      owed = 0;
    }
  }

  private void drained() {
    unread = 0;
    if (!ended && owed > 0) {
      out.request(owed);
      owed = 0;
    }
  }

  /// Sends to every client; done when it was handed to the stream.
  CompletableFuture<Boolean> broadcast(SendMessageResponse frame) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    later(
        () -> {
          List.copyOf(clients.values()).forEach(client -> send(frame.toBuilder(), client.id()));
          done.complete(true);
        });
    return done;
  }

  // --- the end

  /// The gateway's own session or right may have gone.
  void lookAgain() {
    home.executor()
        .execute(
            () -> {
              try {
                gateway = Gateways.requireGateway(callers.get());
              } catch (Throwable e) {
                end(Fault.from(e));
              }
            });
  }

  /// Ends the stream with `why` as its status. From any thread.
  void end(Fault why) {
    later(() -> finish(why));
  }

  private void finish(@Nullable Fault why) {
    if (ended) {
      return;
    }
    ended = true;
    if (!id.isEmpty()) {
      home.unbind(id, this);
    }
    new ArrayList<>(clients.keySet()).forEach(this::unregister);
    if (why != null) {
      out.onError(why);
    }
  }

  /// Does `action` on the lane.
  void later(Runnable action) {
    lane.execute(
        () -> {
          action.run();
          return 1;
        });
  }
}
