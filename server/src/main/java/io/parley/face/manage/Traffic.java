package io.parley.face.manage;

import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServerBuilder;
import io.parley.base.Tally;

/// Counts what comes over HTTP and gRPC.
public final class Traffic {
  private static final int FAILURES = 400;

  private Traffic() {}

  /// Has every request that `server` answers counted.
  public static void count(ServerBuilder server, Tally tally) {
    server.decorator(
        (delegate, context, request) -> {
          context
              .log()
              .whenAvailable(RequestLogProperty.RESPONSE_TRAILERS)
              .thenAccept(log -> tally.ended(well(log)));
          return delegate.serve(context, request);
        });
  }

  /// A call may fail with the status 200: gRPC says so in trailers, or in headers without a body.
  private static boolean well(RequestLog log) {
    String head = log.responseHeaders().get("grpc-status", "0");
    String status = log.responseTrailers().get("grpc-status", head);
    return log.responseHeaders().status().code() < FAILURES && status.equals("0");
  }
}
