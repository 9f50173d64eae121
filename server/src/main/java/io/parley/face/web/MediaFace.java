package io.parley.face.web;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.blob.Blobs;
import io.parley.blob.Content;
import io.parley.face.edge.Intake;
import io.parley.media.Media;
import io.parley.media.Stored;
import io.parley.media.Upload;
import io.parley.media.UploadAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Uploads over HTTP: `POST /v1/images` takes the raw bytes of a picture, `POST /v1/files` those of
/// anything that is taken in; both answer `common.ImageInfo`. `GET /media/<name>` gives them back,
/// whole or in part, and so does `/upload/<name>`.
///
/// Who calls is known before a byte of the body is read. Bodies go to a file, not to memory.
public final class MediaFace {
  private static final Duration RECEIVE_AT_MOST = Duration.ofMinutes(30);

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
    // Lengths are counted here, so that a refusal names the limit that was met.
    server
        .route()
        .post("/v1/images")
        .maxRequestLength(0)
        .requestTimeout(RECEIVE_AT_MOST)
        .build((context, request) -> upload(context, request, limits.imageBytesMax()));
    server
        .route()
        .post("/v1/files")
        .maxRequestLength(0)
        .requestTimeout(RECEIVE_AT_MOST)
        .build((context, request) -> upload(context, request, limits.fileBytesMax()));
    for (String folder : UploadAddress.FOLDERS) {
      server
          .route()
          .get(folder + "{name}")
          .requestTimeout(RECEIVE_AT_MOST)
          .build((HttpService) this::download);
    }
  }

  private HttpResponse upload(ServiceRequestContext context, HttpRequest request, int bytesMax) {
    boolean picture = context.path().equals("/v1/images");
    Intake intake =
        new Intake(limits, bytesMax, picture ? "limits.image_bytes_max" : "limits.file_bytes_max");
    return HttpResponse.of(
        CompletableFuture.supplyAsync(() -> admit(context, request, intake), executor)
            .thenCompose(admitted -> receive(context, request, intake, admitted))
            .exceptionally(UploadAnswers::refusal));
  }

  private record Admitted(Caller caller, Upload upload) {}

  private Admitted admit(ServiceRequestContext context, HttpRequest request, Intake intake) {
    Caller caller = callers.apply(context);
    intake.require(request.headers().contentLength());
    return new Admitted(caller, media.receive(caller));
  }

  private CompletableFuture<HttpResponse> receive(
      ServiceRequestContext context, HttpRequest request, Intake intake, Admitted admitted) {
    Cancellable work = new Cancellable();
    context.whenRequestCancelling().thenRun(work::cancel);
    boolean picture = context.path().equals("/v1/images");
    Upload upload = admitted.upload();
    return intake
        .receive(context, request, upload.file(), upload::requireRoom)
        .thenApplyAsync(received -> work.run(() -> store(admitted, picture)), executor)
        .whenComplete((answer, thrown) -> upload.close());
  }

  private HttpResponse store(Admitted admitted, boolean picture) {
    Stored stored = media.store(admitted.caller(), admitted.upload());
    return UploadAnswers.of(picture ? stored.requirePicture() : stored);
  }

  private HttpResponse download(ServiceRequestContext context, HttpRequest request) {
    Cancellable work = new Cancellable();
    context.whenRequestCancelling().thenRun(work::cancel);
    return HttpResponse.of(
        CompletableFuture.supplyAsync(() -> work.run(() -> give(context)), executor)
            .exceptionally(UploadAnswers::refusal));
  }

  private HttpResponse give(ServiceRequestContext context) {
    String name = context.pathParam("name");
    Content content = name == null ? null : blobs.find(name);
    if (name == null || content == null) {
      throw Fault.of(FaultCode.NOT_FOUND, "no such upload");
    }
    StoredFile file = StoredFile.of(name, content);
    String link = context.method() == HttpMethod.GET ? blobs.link(name, file.shown()) : null;
    return link == null ? file.answer(context, executor) : elsewhere(link);
  }

  /// Nobody may keep the way there for longer than it is good for.
  private static HttpResponse elsewhere(String link) {
    return HttpResponse.of(
        ResponseHeaders.of(
            HttpStatus.TEMPORARY_REDIRECT,
            HttpHeaderNames.LOCATION,
            link,
            HttpHeaderNames.CACHE_CONTROL,
            "no-store",
            HttpHeaderNames.REFERRER_POLICY,
            "no-referrer"));
  }
}
