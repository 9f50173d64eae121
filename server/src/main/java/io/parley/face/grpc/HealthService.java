package io.parley.face.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// `grpc.health.v1.Health`: whether the server wants traffic, for it as a whole (an empty name) and
/// the same for each of its services. At most [#WATCHES_MAX] calls of `Watch` at a time, which last
/// as long as their callers want and are told of a change within a second.
final class HealthService extends HealthGrpc.HealthImplBase {
  static final int WATCHES_MAX = 1000;

  private final Set<String> services;
  private final BooleanSupplier ready;
  private final AtomicInteger watches = new AtomicInteger();

  HealthService(Set<String> services, BooleanSupplier ready) {
    this.services = Set.copyOf(services);
    this.ready = ready;
  }

  @Override
  public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
    ServingStatus status = status(request.getService());
    if (status == ServingStatus.SERVICE_UNKNOWN) {
      answer.onError(Fault.of(FaultCode.NOT_FOUND, "service: no such service"));
      return;
    }
    answer.onNext(response(status));
    answer.onCompleted();
  }

  @Override
  public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
    if (watches.incrementAndGet() > WATCHES_MAX) {
      watches.decrementAndGet();
      answer.onError(Fault.of(FaultCode.BUSY, "at most " + WATCHES_MAX + " calls of Watch"));
      return;
    }
    ServiceRequestContext context = ServiceRequestContext.current();
    context.clearRequestTimeout();
    new Watching(request.getService(), (ServerCallStreamObserver<HealthCheckResponse>) answer)
        .start(context);
  }

  /// One call of `Watch`, on its connection's event loop.
  private final class Watching {
    private final String service;
    private final ServerCallStreamObserver<HealthCheckResponse> answer;
    private final AtomicBoolean over = new AtomicBoolean();
    private ServingStatus told = ServingStatus.UNRECOGNIZED;

    Watching(String service, ServerCallStreamObserver<HealthCheckResponse> answer) {
      this.service = service;
      this.answer = answer;
    }

    void start(ServiceRequestContext context) {
      ScheduledFuture<?> looking =
          context.eventLoop().scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
      context
          .log()
          .whenComplete()
          .thenRun(
              () -> {
                looking.cancel(false);
                if (over.compareAndSet(false, true)) {
                  watches.decrementAndGet();
                }
              });
    }

    private void look() {
      ServingStatus now = status(service);
      if (now != told && !answer.isCancelled()) {
        told = now;
        answer.onNext(response(now));
      }
    }
  }

  private ServingStatus status(String service) {
    if (!service.isEmpty() && !services.contains(service)) {
      return ServingStatus.SERVICE_UNKNOWN;
    }
    return ready.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  }

  private static HealthCheckResponse response(ServingStatus status) {
    return HealthCheckResponse.newBuilder().setStatus(status).build();
  }
}
