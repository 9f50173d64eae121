package io.parley.face.edge;

import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Has the pieces of one body taken in order, away from the connection's thread, because taking one
/// may wait for the disk.
final class Appending implements Subscriber<HttpObject> {
  private final HttpRequest request;
  private final Executor executor;
  private final Step step;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private CompletableFuture<Void> steps = CompletableFuture.completedFuture(null);
  private @Nullable Subscription subscription;

  @FunctionalInterface
  interface Step {
    void take(HttpObject piece) throws IOException;
  }

  Appending(HttpRequest request, Executor executor, Step step) {
    this.request = request;
    this.executor = executor;
    this.step = step;
  }

  /// Completed when the body has ended, well or not, and no step runs.
  CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void onSubscribe(Subscription begun) {
    subscription = begun;
    begun.request(1);
  }

  @Override
  public void onNext(HttpObject piece) {
    steps = steps.thenRunAsync(() -> take(piece), executor);
  }

  private void take(HttpObject piece) {
    try {
      step.take(piece);
    } catch (IOException e) {
      request.abort(e);
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      request.abort(e);
      throw e;
    }
    if (subscription != null) {
      subscription.request(1);
    }
  }

  /// What a step threw comes first: the body was ended because of it.
  @Override
  public void onError(Throwable why) {
    steps.whenComplete((all, thrown) -> done.completeExceptionally(thrown == null ? why : thrown));
  }

  @Override
  public void onComplete() {
    steps.whenComplete(
        (all, thrown) -> {
          if (thrown == null) {
            done.complete(null);
          } else {
            done.completeExceptionally(
                thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown);
          }
        });
  }
}
