package io.parley.face.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.netty.util.AttributeKey;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.edge.Failures;
import io.parley.face.edge.JsonAnswer;
import io.parley.face.rpc.RpcFault;
import io.parley.face.rpc.RpcJson;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Faults as gRPC statuses with `common.CommonResponse` as a detail, and as JSON bodies for REST
/// callers.
final class GrpcFaults {
  private static final Logger log = LoggerFactory.getLogger(GrpcFaults.class);
  private static final Metadata.Key<com.google.rpc.Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin",
          ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));
  private static final AttributeKey<RpcFault> FAULT =
      AttributeKey.valueOf(GrpcFaults.class, "FAULT");

  private GrpcFaults() {}

  /// What gRPC is told. `thrown` is a Fault, or what the framework says of a request that never
  /// reached a method.
  static Status status(RequestContext context, Status status, Throwable thrown, Metadata trailers) {
    Fault fault = thrown instanceof Fault known ? known : fault(status, thrown);
    RpcFault answer = RpcFault.of(fault);
    context.setAttr(FAULT, answer);
    trailers.discardAll(DETAILS);
    trailers.put(DETAILS, details(answer));
    return Status.fromCode(answer.status()).withDescription(answer.detail().getMessage());
  }

  private static com.google.rpc.Status details(RpcFault answer) {
    com.google.rpc.Status.Builder details =
        com.google.rpc.Status.newBuilder()
            .setCode(answer.status().value())
            .setMessage(answer.detail().getMessage())
            .addDetails(Any.pack(answer.detail()));
    if (answer.retryAfterMs() > 0) {
      details.addDetails(
          Any.pack(
              RetryInfo.newBuilder()
                  .setRetryDelay(
                      Duration.newBuilder()
                          .setSeconds(answer.retryAfterMs() / 1000)
                          .setNanos((int) (answer.retryAfterMs() % 1000) * 1_000_000))
                  .build()));
    }
    return details.build();
  }

  private static Fault fault(Status status, Throwable thrown) {
    Fault known = Failures.find(thrown);
    if (known != null) {
      return known;
    }
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof InvalidProtocolBufferException malformed) {
        return Fault.of(FaultCode.MALFORMED, "malformed request: " + malformed.getMessage());
      }
    }
    if (isCutShort(thrown)) {
      return Fault.of(FaultCode.MALFORMED, "malformed request: half a message");
    }
    String text = status.getDescription() == null ? "" : status.getDescription();
    return switch (status.getCode()) {
      case UNIMPLEMENTED ->
          Fault.of(FaultCode.NO_SUCH_METHOD, text.isEmpty() ? "no such method" : text);
      case RESOURCE_EXHAUSTED ->
          Fault.of(FaultCode.TOO_LARGE, "over limits.grpc_bytes_max or limits.body_bytes_max");
      case INVALID_ARGUMENT -> Fault.of(FaultCode.MALFORMED, "malformed request: " + text);
      case CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE ->
          Fault.of(FaultCode.UNAVAILABLE, "the call was ended");
      default -> {
        log.error("a call failed: {}", status, thrown);
        yield Fault.internal(thrown);
      }
    };
  }

  /// The framework reads a message's head without looking whether all of it is there.
  private static boolean isCutShort(@Nullable Throwable thrown) {
    return thrown instanceof IndexOutOfBoundsException
        && Arrays.stream(thrown.getStackTrace())
            .limit(6)
            .anyMatch(frame -> frame.getClassName().endsWith("MessageDeframer"));
  }

  /// What a REST caller is told.
  static HttpResponse json(ServiceRequestContext context, Status status) {
    RpcFault known = context.attr(FAULT);
    return response(known != null ? known : RpcFault.of(fault(status, status.asException())));
  }

  /// What a REST caller is told of a request that no service took or finished.
  static AggregatedHttpResponse json(HttpStatus status) {
    return AggregatedHttpResponse.of(
        status, MediaType.JSON_UTF_8, RpcJson.print(RpcFault.of(fault(status)).detail()));
  }

  /// The same for a gRPC caller: an answer that is only its status.
  static AggregatedHttpResponse trailers(MediaType type, HttpStatus status) {
    return trailers(type, RpcFault.of(fault(status)));
  }

  static AggregatedHttpResponse trailers(MediaType type, RpcFault answer) {
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .endOfStream(true)
            .contentType(type)
            .add("grpc-status", Integer.toString(answer.status().value()))
            .add("grpc-message", answer.detail().getMessage())
            .add(
                DETAILS.name(),
                Base64.getEncoder().withoutPadding().encodeToString(details(answer).toByteArray()))
            .build());
  }

  private static Fault fault(HttpStatus status) {
    return switch (status.code()) {
      case 404 -> Fault.of(FaultCode.NO_SUCH_METHOD, "no such path");
      case 405 -> Fault.of(FaultCode.NO_SUCH_METHOD, "no such method on this path");
      case 415 -> Fault.of(FaultCode.MALFORMED, "the body must be JSON in UTF-8");
      case 413 -> Fault.of(FaultCode.TOO_LARGE, "over limits.body_bytes_max");
      case 503 -> Fault.of(FaultCode.UNAVAILABLE, "the server is busy or stopping");
      default ->
          status.isClientError()
              ? Fault.of(FaultCode.MALFORMED, "malformed request")
              : Fault.of(FaultCode.INTERNAL, "internal error");
    };
  }

  static HttpResponse response(RpcFault fault) {
    return JsonAnswer.of(fault.httpStatus(), RpcJson.print(fault.detail()), fault.retryAfterMs());
  }
}
