package io.parley.face.grpc;

import static java.nio.file.StandardOpenOption.APPEND;

import com.google.protobuf.ByteString;
import io.grpc.ServerCallHandler;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.parley.api.common.UploadImageRequest;
import io.parley.api.common.UploadImageResponse;
import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.media.Media;
import io.parley.media.Stored;
import io.parley.media.Upload;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One `common.CommonService/UploadImage`: the pieces of a picture, then its address.
///
/// No piece is read before the caller is known and has a place among those who upload; each goes to
/// a file before the next is asked for, so a call holds one piece in memory. What is over
/// `limits.image_bytes_max` ends the call at once.
final class UploadCall implements StreamObserver<UploadImageRequest> {
  private final ServerCallStreamObserver<UploadImageResponse> answer;
  private final Media media;
  private final Limits limits;
  private final Executor executor;
  private final Cancellable work = new Cancellable();
  private final CompletableFuture<Receiving> admitted = new CompletableFuture<>();
  /// What has been asked of this call so far, in order. The call's events come one at a time.
  private CompletableFuture<Receiving> steps = admitted;

  private volatile boolean over;

  /// Who uploads, and where to.
  private record Receiving(Caller caller, Upload upload, OutputStream out) {}

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
      Caller caller = who.get();
      Upload upload = media.receive(caller);
      Receiving receiving =
          new Receiving(caller, upload, Files.newOutputStream(upload.file(), APPEND));
      // First: once the call is admitted it may be answered, and what is answered takes no more.
      answer.request(1);
      admitted.complete(receiving);
    } catch (IOException e) {
      end(new UncheckedIOException(e));
    } catch (Throwable e) {
      end(e);
    }
  }

  private void end(Throwable why) {
    over = true;
    admitted.completeExceptionally(why);
    answer.onError(why);
  }

  /// Writing may wait for the disk, so it does not happen on the connection's thread. One piece is
  /// under way at a time: the next is asked for when this one is written.
  @Override
  public void onNext(UploadImageRequest piece) {
    next(receiving -> take(receiving, piece.getContent()));
  }

  private void next(Consumer<Receiving> step) {
    steps =
        steps.thenApplyAsync(
            receiving -> {
              step.accept(receiving);
              return receiving;
            },
            executor);
  }

  private void take(Receiving receiving, ByteString content) {
    if (over) {
      return;
    }
    try {
      receiving.upload().requireRoom();
      content.writeTo(receiving.out());
      if (Files.size(receiving.upload().file()) > limits.imageBytesMax()) {
        throw Fault.of(
            FaultCode.TOO_LARGE,
            "content: over limits.image_bytes_max of " + limits.imageBytesMax());
      }
      answer.request(1);
    } catch (IOException | Fault e) {
      over = true;
      close(receiving);
      answer.onError(e);
    }
  }

  /// The caller has gone.
  @Override
  public void onError(Throwable thrown) {
    over = true;
    work.cancel();
    next(this::close);
  }

  @Override
  public void onCompleted() {
    // Without a piece the end may come before the caller is known. Who was refused has its answer.
    next(receiving -> work.run(() -> store(receiving)));
  }

  private @Nullable Void store(Receiving receiving) {
    if (over) {
      return null;
    }
    over = true;
    try {
      Stored stored = media.storePicture(receiving.caller(), receiving.upload());
      answer.onNext(UploadImageResponse.newBuilder().setUrl(media.url(stored)).build());
      answer.onCompleted();
    } catch (Throwable e) {
      answer.onError(e);
    } finally {
      close(receiving);
    }
    return null;
  }

  private void close(Receiving receiving) {
    try {
      receiving.out().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      receiving.upload().close();
    }
  }
}
