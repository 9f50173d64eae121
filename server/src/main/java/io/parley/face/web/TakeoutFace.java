package io.parley.face.web;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.base.Caller;
import io.parley.base.Limits;
import io.parley.blob.Blobs;
import io.parley.face.rpc.RpcTable;
import io.parley.media.Media;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// `GET /v1/me/export`: all that the server has of the caller's account, as a ZIP that is written
/// as fast as the client reads.
public final class TakeoutFace {
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
        .requestTimeout(StreamedFile.SEND_AT_MOST)
        .build((HttpService) this::export);
  }

  private HttpResponse export(ServiceRequestContext context, HttpRequest request) {
    return new StreamedFile("application/zip", "parley-account.zip", executor)
        .of(
            () -> {
              Takeout.Running running = takeout.begin(callers.apply(context));
              return new StreamedFile.Body(running::write, running::close);
            });
  }
}
