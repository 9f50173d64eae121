package io.parley.face.grpc;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.face.edge.Failures;
import io.parley.face.edge.Peers;
import io.parley.face.edge.StrictJson;
import io.parley.face.rpc.Callers;
import io.parley.face.rpc.RpcFault;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a gRPC or REST request must show before its body is read: a token that is live, unless its
/// method needs none, and then little is read. What comes as JSON is looked at as a whole before
/// the framework, which repairs text, sees it.
final class Admission {
  /// More than the frame head of a message, so that the message's own limit is what is met first.
  private static final int FRAMING_BYTES = 4096;

  private final Callers callers;
  private final Limits limits;
  private final Executor executor;
  private final Predicate<ServiceRequestContext> open;

  /// @param open whether the method that a request is for needs no token
  Admission(
      Callers callers, Limits limits, Executor executor, Predicate<ServiceRequestContext> open) {
    this.callers = callers;
    this.limits = limits;
    this.executor = executor;
    this.open = open;
  }

  HttpResponse serve(HttpService service, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    MediaType type = request.contentType();
    boolean framed = type != null && type.subtype().startsWith("grpc");
    int bytesMax = framed ? limits.grpcBytesMax() + FRAMING_BYTES : limits.bodyBytesMax();
    if (request.isEmpty() || request.method() == HttpMethod.OPTIONS) {
      context.setMaxRequestLength(bytesMax);
      return service.serve(context, request);
    }
    boolean isOpen = open.test(context);
    context.setMaxRequestLength(isOpen ? Math.min(bytesMax, limits.openBodyBytesMax()) : bytesMax);
    if (isOpen || isRecognised(context, request)) {
      return admitted(service, context, request, framed);
    }
    return HttpResponse.of(
        CompletableFuture.supplyAsync(() -> authenticate(context, request), executor)
            .handleAsync(
                (caller, thrown) ->
                    thrown == null
                        ? admitted(service, context, request, framed)
                        : refusal(request, type, framed, thrown),
                context.eventLoop()));
  }

  private boolean isRecognised(ServiceRequestContext context, HttpRequest request) {
    String token = Callers.token(request.headers().get(HttpHeaderNames.AUTHORIZATION));
    return token != null && callers.recognise(token, Peers.anonymous(context)) != null;
  }

  private Caller authenticate(ServiceRequestContext context, HttpRequest request) {
    String token = Callers.token(request.headers().get(HttpHeaderNames.AUTHORIZATION));
    // What the method needs is asked again where it is known.
    return callers.identify(token == null ? "" : token, Peers.anonymous(context));
  }

  private static HttpResponse refusal(
      HttpRequest request, @Nullable MediaType type, boolean framed, Throwable thrown) {
    Fault fault = Failures.find(thrown);
    RpcFault answer = RpcFault.of(fault == null ? Fault.internal(thrown) : fault);
    request.abort();
    return framed && type != null
        ? GrpcFaults.trailers(type, answer).toHttpResponse()
        : GrpcFaults.response(answer);
  }

  private HttpResponse admitted(
      HttpService service, ServiceRequestContext context, HttpRequest request, boolean framed) {
    MediaType type = request.contentType();
    if (framed || type == null || !type.isJson()) {
      return serveUnchecked(service, context, request);
    }
    if (!isUtf8(type)) {
      request.abort();
      return GrpcFaults.json(HttpStatus.UNSUPPORTED_MEDIA_TYPE).toHttpResponse();
    }
    return HttpResponse.of(
        request
            .aggregate(context.eventLoop())
            .thenApply(body -> strict(service, context, body))
            .exceptionally(thrown -> refusal(request, type, false, thrown)));
  }

  private static boolean isUtf8(MediaType type) {
    try {
      return type.charset(StandardCharsets.UTF_8).equals(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return false; // No charset at all.
    }
  }

  private static HttpResponse strict(
      HttpService service, ServiceRequestContext context, AggregatedHttpRequest body) {
    StrictJson.text(body.content().array());
    HttpRequest checked = body.toHttpRequest();
    context.updateRequest(checked);
    return serveUnchecked(service, context, checked);
  }

  private static HttpResponse serveUnchecked(
      HttpService service, ServiceRequestContext context, HttpRequest request) {
    try {
      return service.serve(context, request);
    } catch (HttpStatusException e) {
      throw e;
    } catch (Exception e) {
      return HttpResponse.ofFailure(e);
    }
  }
}
