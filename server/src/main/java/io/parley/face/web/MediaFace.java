package io.parley.face.web;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ServerCacheControl;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.file.HttpFile;
import io.parley.api.common.ImageInfo;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.face.rpc.RpcFault;
import io.parley.face.rpc.RpcJson;
import io.parley.media.Blobs;
import io.parley.media.Media;
import io.parley.media.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Pictures over HTTP: `POST /v1/images` takes the raw bytes and answers `common.ImageInfo` with an
/// added `size`; `GET /media/<name>` gives them back.
///
/// A name is made from the picture's bytes, so whoever knows it was shown the picture; it never
/// changes and may be kept by browsers for good.
public final class MediaFace {
  private static final ServerCacheControl FOREVER =
      ServerCacheControl.builder().cachePrivate().maxAge(Duration.ofDays(365)).immutable().build();

  private final Media media;
  private final Blobs blobs;
  private final Function<ServiceRequestContext, Caller> callers;
  private final Limits limits;
  private final Executor executor;

  /// `callers`: who makes a request; may block, throws NOT_LOGGED_IN.
  public MediaFace(
      Media media,
      Blobs blobs,
      Function<ServiceRequestContext, Caller> callers,
      Limits limits,
      Executor executor) {
    this.media = media;
    this.blobs = blobs;
    this.callers = callers;
    this.limits = limits;
    this.executor = executor;
  }

  public void install(ServerBuilder server) {
    server
        .route()
        .post("/v1/images")
        .maxRequestLength(limits.imageBytesMax())
        .requestTimeout(Duration.ofMinutes(1))
        .build(this::upload);
    server.route().get("/media/{name}").build((HttpService) this::download);
  }

  private HttpResponse upload(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        request
            .aggregate()
            .thenApplyAsync(
                body -> {
                  Caller caller = callers.apply(context);
                  return answer(media.storePicture(caller, body.content().array()));
                },
                executor)
            .exceptionally(this::refusal));
  }

  private static HttpResponse answer(Stored stored) {
    String url = "/media/" + stored.name();
    ImageInfo info =
        ImageInfo.newBuilder()
            .setName(stored.name())
            .setType(stored.type())
            .setUrl(url)
            .setWidth(stored.width())
            .setHeight(stored.height())
            .build();
    String json = RpcJson.print(info);
    String sized = json.substring(0, json.length() - 1) + ",\"size\":\"" + stored.size() + "\"}";
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, sized);
  }

  private HttpResponse refusal(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ContentTooLargeException) {
      return json(
          HttpStatus.REQUEST_ENTITY_TOO_LARGE,
          Fault.of(
              FaultCode.TOO_LARGE, "over limits.image_bytes_max of " + limits.imageBytesMax()));
    }
    Fault fault = Fault.from(cause);
    return json(status(fault.code()), fault);
  }

  private static HttpStatus status(FaultCode code) {
    return switch (code) {
      case NOT_LOGGED_IN -> HttpStatus.UNAUTHORIZED;
      case TOO_LARGE -> HttpStatus.REQUEST_ENTITY_TOO_LARGE;
      case MALFORMED -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
      case QUOTA, BUSY -> HttpStatus.TOO_MANY_REQUESTS;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      default -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  private static HttpResponse json(HttpStatus status, Fault fault) {
    return HttpResponse.of(
        status, MediaType.JSON_UTF_8, RpcJson.print(RpcFault.of(fault).detail()));
  }

  private HttpResponse download(ServiceRequestContext context, HttpRequest request)
      throws Exception {
    String name = context.pathParam("name");
    Path file = name == null ? null : blobs.find(name);
    if (file == null) {
      return json(HttpStatus.NOT_FOUND, Fault.of(FaultCode.NOT_FOUND, "no such picture"));
    }
    return HttpFile.builder(file)
        .cacheControl(FOREVER)
        .addHeader(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
        .addHeader(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
        .addHeader(HttpHeaderNames.CONTENT_DISPOSITION, "inline")
        .build()
        .asService()
        .serve(context, request);
  }
}
