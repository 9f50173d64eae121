package io.parley.face.manage;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.atomic.LongAdder;

/// Counts requests, and those that were refused or failed: HTTP and gRPC here, what comes over live
/// sockets as their face tells it.
public final class Traffic {
  private final LongAdder requests = new LongAdder();
  private final LongAdder faults = new LongAdder();

  /// Requests since the start.
  public long requests() {
    return requests.sum();
  }

  /// Of these, refused or failed.
  public long faults() {
    return faults.sum();
  }

  /// One request over a live socket ended.
  public void answered(boolean well) {
    requests.increment();
    if (!well) {
      faults.increment();
    }
  }

  public void install(ServerBuilder server) {
    server.decorator(this::count);
  }

  private HttpResponse count(
      HttpService service, ServiceRequestContext context, HttpRequest request) throws Exception {
    context
        .log()
        .whenAvailable(RequestLogProperty.RESPONSE_TRAILERS)
        .thenAccept(log -> answered(well(log)));
    return service.serve(context, request);
  }

  /// A call may fail with the status 200: gRPC says so in trailers, or in headers without a body.
  private static boolean well(RequestLog log) {
    String status =
        log.responseTrailers().get("grpc-status", log.responseHeaders().get("grpc-status", "0"));
    return log.responseHeaders().status().code() < 400 && status.equals("0");
  }
}
