package io.parley.face.grpc;

import com.google.protobuf.ByteString;
import io.grpc.ServerCallHandler;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.parley.api.common.UploadImageRequest;
import io.parley.api.common.UploadImageResponse;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.media.Media;
import io.parley.media.Stored;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// One `common.CommonService/UploadImage`: the pieces of a picture, then its address.
///
/// No piece is read before the caller is known; what is over `limits.image_bytes_max` ends the call
/// at once.
final class UploadCall implements StreamObserver<UploadImageRequest> {
  private final ServerCallStreamObserver<UploadImageResponse> answer;
  private final Media media;
  private final Limits limits;
  private final Executor executor;
  private final CompletableFuture<Caller> admitted = new CompletableFuture<>();
  private ByteString received = ByteString.EMPTY;
  private boolean over;

  private UploadCall(
      ServerCallStreamObserver<UploadImageResponse> answer,
      Media media,
      Limits limits,
      Executor executor) {
    this.answer = answer;
    this.media = media;
    this.limits = limits;
    this.executor = executor;
  }

  /// The method's handler. `callers`: who makes the present call; may block.
  static ServerCallHandler<UploadImageRequest, UploadImageResponse> handler(
      Supplier<Supplier<Caller>> callers, Media media, Limits limits, Executor executor) {
    return ServerCalls.asyncClientStreamingCall(
        observer -> {
          var answer = (ServerCallStreamObserver<UploadImageResponse>) observer;
          UploadCall call = new UploadCall(answer, media, limits, executor);
          answer.disableAutoRequest();
          Supplier<Caller> caller = callers.get();
          executor.execute(() -> call.admit(caller));
          return call;
        });
  }

  private void admit(Supplier<Caller> who) {
    try {
      admitted.complete(who.get());
      answer.request(1);
    } catch (Throwable e) {
      admitted.completeExceptionally(e);
      answer.onError(e);
    }
  }

  @Override
  public void onNext(UploadImageRequest piece) {
    if (over) {
      return;
    }
    if (received.size() + piece.getContent().size() > limits.imageBytesMax()) {
      over = true;
      received = ByteString.EMPTY;
      answer.onError(
          Fault.of(
              FaultCode.TOO_LARGE,
              "content: over limits.image_bytes_max of " + limits.imageBytesMax()));
      return;
    }
    received = received.concat(piece.getContent());
    answer.request(1);
  }

  @Override
  public void onError(Throwable thrown) {
    over = true;
    received = ByteString.EMPTY;
  }

  @Override
  public void onCompleted() {
    if (over) {
      return;
    }
    over = true;
    byte[] bytes = received.toByteArray();
    received = ByteString.EMPTY;
    // Without a piece the end may come before the caller is known. Who was refused has its answer.
    admitted.thenAcceptAsync(caller -> store(caller, bytes), executor);
  }

  private void store(Caller caller, byte[] bytes) {
    try {
      Stored stored = media.storePicture(caller, bytes);
      answer.onNext(UploadImageResponse.newBuilder().setUrl(media.url(stored)).build());
      answer.onCompleted();
    } catch (Throwable e) {
      answer.onError(e);
    }
  }
}
