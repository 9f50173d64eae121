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
import io.parley.base.Caller;
import io.parley.base.Limits;
import io.parley.blob.Blobs;
import io.parley.face.rpc.RpcTable;
import io.parley.media.Media;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// `GET /v1/me/export`: all that the server has of the caller's account, as a ZIP that is written
/// as fast as the client reads.
public final class TakeoutFace {
  private static final Duration SEND_AT_MOST = Duration.ofMinutes(30);

  private final Takeout takeout;
  private final Function<ServiceRequestContext, Caller> callers;
  private final Executor executor;

  /// `callers`: who makes a request; may block, throws NOT_LOGGED_IN. `allowed`: throws unless that
  /// one showed the password a short while ago.
  public TakeoutFace(
      RpcTable table,
      Media media,
      Blobs blobs,
      Function<ServiceRequestContext, Caller> callers,
      Consumer<Caller> allowed,
      Limits limits,
      Executor executor) {
    this.takeout = new Takeout(table, media, blobs, allowed, limits);
    this.callers = callers;
    this.executor = executor;
  }

  public void install(ServerBuilder server) {
    server
        .route()
        .get("/v1/me/export")
        .requestTimeout(SEND_AT_MOST)
        .build((HttpService) this::export);
  }

  private HttpResponse export(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        CompletableFuture.supplyAsync(() -> takeout.begin(callers.apply(context)), executor)
            .thenApply(this::answer)
            .exceptionally(ExportFace::refusal));
  }

  private HttpResponse answer(Takeout.Running running) {
    ResponseHeaders headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.CONTENT_TYPE, "application/zip")
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            .set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"parley-account.zip\"")
            .build();
    StreamMessage<HttpData> body =
        StreamMessage.fromOutputStream(out -> write(running, out), executor);
    HttpResponse response = HttpResponse.of(headers, body);
    response.whenComplete().whenComplete((done, thrown) -> running.close());
    return response;
  }

  private static void write(Takeout.Running running, OutputStream out) {
    try {
      running.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Ends the response short: what came is no ZIP.
    }
  }
}
