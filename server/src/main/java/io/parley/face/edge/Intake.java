package io.parley.face.edge;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Takes one body into a file: counts what comes in, so that a refusal names the limit that was
/// met, and ends a body that brings too little, because it holds one of few places.
public final class Intake {
  private final Limits limits;
  private final long max;
  private final String limit;
  private volatile long received;

  /// @param max bytes of a body
  /// @param limit what a refusal calls that: a key
  public Intake(Limits limits, long max, String limit) {
    this.limits = limits;
    this.max = max;
    this.limit = limit;
  }

  /// @throws Fault TOO_LARGE if a body of so many bytes is over the limit
  public void require(long bytes) {
    if (bytes > max) {
      throw Fault.of(FaultCode.TOO_LARGE, "over " + limit + " of " + max);
    }
  }

  /// Writes the body of `request` to `file`. Blocks nobody.
  ///
  /// @param room looks whether more may be written; throws if not
  /// @return done once all is written; fails with a Fault TOO_LARGE, with one BUSY if less than
  /// `limits.upload_bytes_per_s_min` came over `limits.upload_stall_s`, with what `room` throws,
  ///     or as the connection and the disk fail
  public CompletableFuture<Void> receive(
      ServiceRequestContext context, HttpRequest request, Path file, Runnable room) {
    ScheduledFuture<?> watch = watch(context, request);
    return request
        .writeTo(
            part -> {
              room.run();
              return count(part);
            },
            file)
        .whenComplete((done, thrown) -> watch.cancel(false));
  }

  /// What takes the pieces of a body, one after the other; may block.
  @FunctionalInterface
  public interface Pieces {
    void take(byte[] piece) throws IOException;
  }

  /// Hands the body of `request` to `pieces` as it comes, on `executor`: the next piece is read
  /// when the last one was taken.
  ///
  /// @return done once all is taken; fails as [#receive] does, and with what `pieces` throws. No
  ///     piece is being taken any more by then
  public CompletableFuture<Void> append(
      ServiceRequestContext context, HttpRequest request, Executor executor, Pieces pieces) {
    ScheduledFuture<?> watch = watch(context, request);
    Appending appending =
        new Appending(request, executor, part -> pieces.take(count(part).array()));
    request.subscribe(appending, context.eventLoop());
    return appending.done().whenComplete((done, thrown) -> watch.cancel(false));
  }

  private HttpData count(HttpObject part) {
    HttpData data = part instanceof HttpData bytes ? bytes : HttpData.empty();
    long all = received + data.length();
    received = all; // one thread counts, another looks
    require(all);
    return data;
  }

  private ScheduledFuture<?> watch(ServiceRequestContext context, HttpRequest request) {
    int span = limits.uploadStallS();
    long least = (long) span * limits.uploadBytesPerSMin();
    AtomicLong before = new AtomicLong();
    return context
        .eventLoop()
        .scheduleAtFixedRate(
            () -> {
              if (received - before.getAndSet(received) < least) {
                request.abort(
                    Fault.of(
                        FaultCode.BUSY,
                        "less than limits.upload_bytes_per_s_min = %d over limits.upload_stall_s = %d"
                            .formatted(limits.uploadBytesPerSMin(), span)));
              }
            },
            span,
            span,
            TimeUnit.SECONDS);
  }
}
