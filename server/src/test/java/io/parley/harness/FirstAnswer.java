package io.parley.harness;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/// Keeps the first answer of a stream, or how it failed.
public record FirstAnswer<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
  @Override
  public void onNext(T value) {
    answer.complete(value);
  }

  @Override
  public void onError(Throwable e) {
    answer.completeExceptionally(e);
  }

  @Override
  public void onCompleted() {}
}
