package io.parley.face.web;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.face.edge.Intake;
import io.parley.media.Resuming;
import io.parley.media.Stored;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Uploads over HTTP that go on where they were cut, in the terms of the IETF's draft "Resumable
/// Uploads for HTTP": `POST /v1/uploads/images` and `POST /v1/uploads/files` begin one whose
/// `Upload-Length` is known and answer its `Location`; `HEAD` there tells the `Upload-Offset`,
/// `PATCH` brings the bytes from there on, `DELETE` gives it up. The part that completes it is
/// answered as `POST /v1/images` and `POST /v1/files` are.
///
/// Who calls is known before a byte of a body is read.
public final class ResumeFace {
  /// Below it are all uploads that are not complete; their bodies go to files.
  public static final String FOLDER = "/v1/uploads/";

  private static final Duration RECEIVE_AT_MOST = Duration.ofMinutes(30);
  private static final String OFFSET = "upload-offset";
  private static final String LENGTH = "upload-length";
  private static final String COMPLETE = "upload-complete";
  private static final String LIMIT = "upload-limit";

  /// What fits into a long.
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Resuming resuming;
  private final Function<ServiceRequestContext, Caller> callers;
  private final Limits limits;
  private final Executor executor;

  /// `callers`: who makes a request; may block, throws NOT_LOGGED_IN.
  public ResumeFace(
      Resuming resuming,
      Function<ServiceRequestContext, Caller> callers,
      Limits limits,
      Executor executor) {
    this.resuming = resuming;
    this.callers = callers;
    this.limits = limits;
    this.executor = executor;
  }

  public void install(ServerBuilder server) {
    for (String kind : new String[] {"images", "files"}) {
      server
          .route()
          .post(FOLDER + kind)
          .build((context, request) -> answer(() -> begin(context, request)));
    }
    String one = FOLDER + "{id}";
    server.route().head(one).build((context, request) -> answer(() -> look(context)));
    server.route().delete(one).build((context, request) -> answer(() -> drop(context)));
    server
        .route()
        .patch(one)
        .maxRequestLength(0)
        .requestTimeout(RECEIVE_AT_MOST)
        .build(
            (context, request) ->
                HttpResponse.of(
                    CompletableFuture.supplyAsync(() -> append(context, request), executor)
                        .thenCompose(Function.identity())
                        .exceptionally(UploadAnswers::refusal)));
  }

  private HttpResponse answer(Supplier<HttpResponse> work) {
    return HttpResponse.of(
        CompletableFuture.supplyAsync(work, executor).exceptionally(UploadAnswers::refusal));
  }

  private HttpResponse begin(ServiceRequestContext context, HttpRequest request) {
    Caller caller = callers.apply(context);
    long length = number(request, LENGTH);
    if (!request.isEmpty()) {
      throw Fault.invalid("body", "the request that begins an upload has none");
    }
    long id = resuming.begin(caller, length, context.path().equals(FOLDER + "images"));
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.CREATED)
            .add(HttpHeaderNames.LOCATION, FOLDER + id)
            .add(reached(0, length, false))
            .build());
  }

  private HttpResponse look(ServiceRequestContext context) {
    Caller caller = callers.apply(context);
    Resuming.Progress progress = resuming.progress(caller, id(context));
    return empty(reached(progress.offset(), progress.length(), progress.stored()));
  }

  private HttpResponse drop(ServiceRequestContext context) {
    resuming.drop(callers.apply(context), id(context));
    return empty(HttpHeaders.of());
  }

  /// Waits for its turn; the answer comes when the part does.
  private CompletableFuture<HttpResponse> append(
      ServiceRequestContext context, HttpRequest request) {
    Caller caller = callers.apply(context);
    long offset = number(request, OFFSET);
    Cancellable work = new Cancellable();
    context.whenRequestCancelling().thenRun(work::cancel);
    Resuming.Writing part =
        resuming.write(
            caller,
            id(context),
            () -> {
              request.abort(
                  Fault.of(FaultCode.FAILED_PRECONDITION, "another request goes on with it"));
              work.cancel();
            });
    try {
      if (part.offset() != offset) {
        HttpResponse conflict = conflict(part);
        part.close();
        return CompletableFuture.completedFuture(conflict);
      }
      Intake intake = new Intake(limits, part.length() - offset, "Upload-Length, what is left");
      intake.require(request.headers().contentLength());
      return intake
          .append(context, request, executor, part::write)
          .thenApplyAsync(received -> work.run(() -> conclude(part)), executor)
          .whenCompleteAsync((answer, thrown) -> part.close(), executor);
    } catch (RuntimeException | Error e) {
      part.close();
      throw e;
    }
  }

  private static HttpResponse conclude(Resuming.Writing part) {
    Stored stored = part.finish();
    return stored != null
        ? UploadAnswers.of(stored)
            .mapHeaders(headers -> headers.withMutations(more -> more.add(COMPLETE, "?1")))
        : empty(HttpHeaders.of(OFFSET, part.offset(), COMPLETE, "?0"));
  }

  private static HttpResponse conflict(Resuming.Writing part) {
    long offset = part.offset();
    return UploadAnswers.of(
            Fault.of(FaultCode.FAILED_PRECONDITION, "Upload-Offset: it is at " + offset))
        .mapHeaders(headers -> headers.withMutations(more -> more.addLong(OFFSET, offset)));
  }

  private HttpHeaders reached(long offset, long length, boolean stored) {
    return HttpHeaders.builder()
        .addLong(OFFSET, offset)
        .addLong(LENGTH, length)
        .add(COMPLETE, stored ? "?1" : "?0")
        .add(LIMIT, "max-age=" + limits.unfinishedUploadS())
        .build();
  }

  private static HttpResponse empty(HttpHeaders headers) {
    return HttpResponse.of(ResponseHeaders.builder(HttpStatus.NO_CONTENT).add(headers).build());
  }

  private static long id(ServiceRequestContext context) {
    String id = context.pathParam("id");
    return id != null && NUMBER.matcher(id).matches() ? Long.parseLong(id) : 0;
  }

  private static long number(HttpRequest request, String header) {
    String value = request.headers().get(header, "");
    if (!NUMBER.matcher(value).matches()) {
      throw Fault.invalid(header, "a number of bytes");
    }
    return Long.parseLong(value);
  }
}
