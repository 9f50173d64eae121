package io.parley.face.gateway;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.parley.api.gateway.SendMessageRequest;
import io.parley.api.gateway.SendMessageResponse;
import io.parley.base.Caller;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.rpc.RpcFault;
import io.parley.face.rpc.RpcJson;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stream of a gateway: the frames that come in and go out. The first one says which gateway it
/// is; from then on everything happens on that gateway's lane.
///
/// Frames are taken in while fewer than `limits.gateway_in_flight_max` are unanswered and the
/// gateway reads its answers. What it has not read is bounded by `limits.gateway_outbox_bytes_max`;
/// over that the stream ends.
final class GatewayStream implements StreamObserver<SendMessageRequest> {
  private static final Logger log = LoggerFactory.getLogger(GatewayStream.class);

  private final Gateways gateways;
  private final Supplier<Caller> callers;
  private final ServerCallStreamObserver<SendMessageResponse> out;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Caller caller = Caller.anonymous("", "");

  /// Null before the first frame.
  private volatile @Nullable Gateway gateway;

  // On the gateway's lane.
  private long since;
  private boolean binding;
  private boolean closing;
  private int unanswered;
  private long unread;
  private int owed;

  private GatewayStream(
      Gateways gateways,
      Supplier<Caller> callers,
      ServerCallStreamObserver<SendMessageResponse> out) {
    this.gateways = gateways;
    this.callers = callers;
    this.out = out;
  }

  /// Takes up a stream; frames are read once its caller is known to be a gateway.
  static GatewayStream open(
      Gateways gateways,
      Supplier<Caller> callers,
      ServerCallStreamObserver<SendMessageResponse> out) {
    GatewayStream stream = new GatewayStream(gateways, callers, out);
    out.disableAutoRequest();
    out.setOnCancelHandler(() -> stream.later(() -> stream.finish(null)));
    out.setOnReadyHandler(() -> stream.later(stream::drained));
    gateways.executor().execute(stream::authenticate);
    return stream;
  }

  private void authenticate() {
    try {
      recognise();
      out.request(1);
    } catch (Throwable e) {
      end(Fault.from(e));
    }
  }

  /// One look at a time: one that began before a change must not bring back what that took away.
  private synchronized void recognise() {
    caller = Gateways.requireGateway(callers.get());
  }

  /// Who it is that speaks.
  Caller caller() {
    return caller;
  }

  boolean isOver() {
    return over.get();
  }

  // --- frames in

  /// Events of one call come one at a time, so no second frame passes the first.
  @Override
  public void onNext(SendMessageRequest frame) {
    try {
      if (gateway == null) {
        bind(frame);
      } else {
        later(() -> take(frame));
      }
    } catch (Fault refused) {
      end(refused);
    }
  }

  /// No second frame was asked for, so none comes before the first was taken.
  private void bind(SendMessageRequest first) {
    Gateway known = gateways.bind(named(first), this);
    gateway = known;
    // Its token may have died between the stream's beginning and now, when nobody knew of it.
    lookAgain();
    later(() -> binding = true);
    gateways
        .elsewhere()
        .take(
            known.id(),
            new Completion<>() {
              @Override
              public void done(Long taken) {
                later(() -> begin(known, taken, first));
              }

              @Override
              public void failed(Fault fault) {
                end(fault);
              }
            });
  }

  /// On the lane: all servers know of it.
  private void begin(Gateway known, long taken, SendMessageRequest first) {
    since = taken;
    binding = false;
    known.known(this);
    if (!isOver()) {
      out.request(gateways.limits().gatewayInFlightMax() - 1);
      take(first);
    }
  }

  /// On the lane: greater than that of every older stream at whichever server; 0 as long as that is
  /// not known, and where there is no other.
  long since() {
    return since;
  }

  private static String named(SendMessageRequest frame) {
    if (frame.getGatewayId().isEmpty()) {
      throw Fault.of(
          FaultCode.FAILED_PRECONDITION,
          "gateway_id: the first frame must say which gateway it is");
    }
    return Gateways.gatewayId(frame.getGatewayId());
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
    if (closing && !binding && unanswered == 0 && finish(null)) {
      out.onCompleted();
    }
  }

  private void take(SendMessageRequest frame) {
    Gateway known = gateway;
    if (known != null && !isOver()) {
      unanswered++;
      new GatewayCall(gateways, known, this, frame).start();
    }
  }

  // --- frames out

  /// On the lane: one frame for the client that is called `receiver`. What comes once a newer
  /// stream has taken over goes there.
  void send(SendMessageResponse.Builder frame, String receiver) {
    Gateway known = gateway;
    if (known == null) {
      return;
    }
    if (isOver()) {
      if (known.newest() != this) {
        known.newest().send(frame, receiver);
      }
      return;
    }
    SendMessageResponse whole = frame.setGatewayId(known.id()).setReceiverId(receiver).build();
    unread = out.isReady() ? 0 : unread + whole.getSerializedSize();
    if (unread > gateways.limits().gatewayOutboxBytesMax()) {
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
    if (out.isReady()) {
      request();
    }
  }

  private void drained() {
    unread = 0;
    request();
  }

  private void request() {
    if (!isOver() && owed > 0) {
      out.request(owed);
      owed = 0;
    }
  }

  // --- the end

  /// The gateway's own session or right may have gone.
  void lookAgain() {
    gateways
        .executor()
        .execute(
            () -> {
              try {
                recognise();
              } catch (Throwable e) {
                end(Fault.from(e));
              }
            });
  }

  /// Ends the stream with `why` as its status. From any thread.
  void end(Fault why) {
    later(() -> finish(why));
  }

  /// On the lane, if there is one. False if it had ended before.
  boolean finish(@Nullable Fault why) {
    if (!over.compareAndSet(false, true)) {
      return false;
    }
    Gateway known = gateway;
    if (known != null) {
      known.left();
    }
    if (why != null) {
      out.onError(why);
    }
    return true;
  }

  /// Does `action` on the lane; at once before there is one.
  private void later(Runnable action) {
    Gateway known = gateway;
    if (known == null) {
      action.run();
    } else {
      known.later(action);
    }
  }
}
