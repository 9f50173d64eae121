package io.parley.face.web;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.admin.Exports;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.face.edge.JsonAnswer;
import io.parley.face.rpc.RpcFault;
import io.parley.face.rpc.RpcJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// `GET /v1/admin/exports/{kind}`: everything of a kind as signed JSON lines, compressed, for
/// admins. It is written as fast as the client reads.
public final class ExportFace {
  private static final Duration SEND_AT_MOST = Duration.ofMinutes(30);

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
        .requestTimeout(SEND_AT_MOST)
        .build((HttpService) this::export);
  }

  private HttpResponse export(ServiceRequestContext context, HttpRequest request) {
    String name = String.valueOf(context.pathParam("kind"));
    return HttpResponse.of(
        CompletableFuture.supplyAsync(
                () -> exports.begin(callers.apply(context), Exports.Kind.of(name)), executor)
            .thenApply(running -> answer(running, name))
            .exceptionally(ExportFace::refusal));
  }

  private HttpResponse answer(Exports.Running running, String name) {
    ResponseHeaders headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.CONTENT_TYPE, "application/gzip")
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            .set(
                HttpHeaderNames.CONTENT_DISPOSITION,
                "attachment; filename=\"parley-" + name + ".jsonl.gz\"")
            .build();
    StreamMessage<HttpData> body =
        StreamMessage.fromOutputStream(out -> write(running, out), executor);
    HttpResponse response = HttpResponse.of(headers, body);
    response.whenComplete().whenComplete((done, thrown) -> running.close());
    return response;
  }

  private static void write(Exports.Running running, OutputStream out) {
    try {
      running.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Ends the response short, which the last line would tell.
    }
  }

  static HttpResponse refusal(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    RpcFault told = RpcFault.of(Fault.from(cause));
    return JsonAnswer.of(told.httpStatus(), RpcJson.print(told.detail()), told.retryAfterMs());
  }
}
