package io.parley.face.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.parley.api.conversation.PushFrame;
import io.parley.api.conversation.SubscribeRequest;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.realtime.Connection;
import io.parley.realtime.Lane;
import io.parley.realtime.Registry;
import io.parley.realtime.Transport;
import io.parley.realtime.WireForm;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One `ConversationService/Subscribe` stream: a live connection whose wire is a gRPC response.
/// Everything that holds for sockets holds for it: replaced by the same device, cut when the
/// session ends or the reader is too slow.
final class SubscribeCall implements Transport {
  private static final int DEVICE_CHARS_MAX = 64;
  private static final int PARCELS_MAX = 64;

  private final ServerCallStreamObserver<PushFrame> observer;
  private final Registry registry;
  private final Lane lane;
  private @Nullable Connection connection;
  private long unread;
  private boolean ended;

  /// Takes the stream over from the thread that starts the call: its handlers must be set there.
  SubscribeCall(
      ServiceRequestContext context,
      ServerCallStreamObserver<PushFrame> observer,
      Registry registry) {
    this.observer = observer;
    this.registry = registry;
    this.lane = new Lane(context.eventLoop().withoutContext(), PARCELS_MAX);
    context.clearRequestTimeout();
    observer.setOnCancelHandler(this::gone);
    observer.setOnReadyHandler(this::drained);
  }

  /// Authenticates with `callers` and starts the pushes. May block. What fails before the first
  /// push is the stream's error.
  void open(SubscribeRequest request, Supplier<Caller> callers) {
    if (request.getDeviceId().length() > DEVICE_CHARS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "device_id: longer than " + DEVICE_CHARS_MAX + " characters");
    }
    long id = registry.nextId();
    Caller caller = callers.get().over(id);
    String device =
        request.getDeviceId().isEmpty()
            ? caller.requireSession().toString()
            : request.getDeviceId();
    Connection fresh = new Connection(id, caller, device, WireForm.STREAM, lane, this);
    lane.run(() -> start(fresh, callers));
  }

  private void start(Connection fresh, Supplier<Caller> callers) {
    if (ended) {
      return;
    }
    connection = fresh;
    try {
      registry.admit(fresh, callers);
    } catch (Fault fault) {
      ended = true;
      observer.onError(fault);
    }
  }

  private void gone() {
    lane.run(
        () -> {
          ended = true;
          if (connection != null) {
            registry.remove(connection);
          }
        });
  }

  private void drained() {
    lane.run(() -> unread = 0);
  }

  @Override
  public long pendingBytes() {
    return observer.isReady() ? 0 : unread;
  }

  @Override
  public void write(ByteBuf frame) {
    try (ByteBufInputStream in = new ByteBufInputStream(frame, true)) {
      if (!ended) {
        unread = observer.isReady() ? 0 : unread + frame.readableBytes();
        observer.onNext(PushFrame.parseFrom(in));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a push that is no PushFrame", e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close(ByteBuf last) {
    write(last);
    if (!ended) {
      ended = true;
      observer.onCompleted();
    }
  }
}
