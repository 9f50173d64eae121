package io.parley.face.web;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.admin.Exports;
import io.parley.base.Caller;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// `GET /v1/admin/exports/{kind}`: everything of a kind as signed JSON lines, compressed, for
/// admins. It is written as fast as the client reads.
public final class ExportFace {
  private final Exports exports;
  private final Function<ServiceRequestContext, Caller> callers;
  private final Executor executor;

  /// `callers`: who makes a request; may block, throws NOT_LOGGED_IN.
  public ExportFace(
      Exports exports, Function<ServiceRequestContext, Caller> callers, Executor executor) {
    this.exports = exports;
    this.callers = callers;
    this.executor = executor;
  }

  public void install(ServerBuilder server) {
    server
        .route()
        .get("/v1/admin/exports/{kind}")
        .requestTimeout(StreamedFile.SEND_AT_MOST)
        .build((HttpService) this::export);
  }

  private HttpResponse export(ServiceRequestContext context, HttpRequest request) {
    String name = String.valueOf(context.pathParam("kind"));
    return new StreamedFile("application/gzip", "parley-" + name + ".jsonl.gz", executor)
        .of(
            () -> {
              Exports.Running running =
                  exports.begin(callers.apply(context), Exports.Kind.of(name));
              return new StreamedFile.Body(running::write, running::close);
            });
  }
}
