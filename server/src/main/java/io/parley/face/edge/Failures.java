package io.parley.face.edge;

import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ProtocolViolationException;
import com.linecorp.armeria.common.ResponseCompleteException;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.CancelledSubscriptionException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import io.netty.handler.codec.http2.Http2Exception;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What the HTTP server's exceptions say of a request: the caller's doing, never a bug of ours.
public final class Failures {
  private Failures() {}

  /// The Fault that `thrown` or one of its causes is or stands for; null if none does.
  public static @Nullable Fault find(@Nullable Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      Fault fault =
          switch (at) {
            case Fault known -> known;
            case ContentTooLargeException tooLarge -> tooLarge();
            case HttpStatusException refused when refused.httpStatus().isClientError() ->
                of(refused.httpStatus());
            case ProtocolViolationException broken -> malformed();
            case Http2Exception broken -> malformed();
            case RequestTimeoutException late ->
                Fault.of(FaultCode.UNAVAILABLE, "the call took too long"); // Mostly its sending.
            case TimeoutException late -> ended();
            case CancellationException gone -> ended();
            case AbortedStreamException gone -> ended();
            case CancelledSubscriptionException gone -> ended();
            case ResponseCompleteException gone -> ended();
            case ClosedSessionException gone -> ended();
            case ClosedStreamException gone -> ended();
            case IOException gone when isConnection(gone) -> ended();
            default -> null;
          };
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /// Whether a body was over the limit of its path.
  public static boolean isTooLarge(@Nullable Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof ContentTooLargeException
          || (at instanceof HttpStatusException refused && refused.httpStatus().code() == 413)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isConnection(IOException e) {
    String name = e.getClass().getName();
    return name.startsWith("io.netty.") || e instanceof javax.net.ssl.SSLException;
  }

  /// What a status of the 4xx family says.
  public static Fault of(HttpStatus status) {
    return switch (status.code()) {
      case 404 -> Fault.of(FaultCode.NO_SUCH_METHOD, "no such path");
      case 405 -> Fault.of(FaultCode.NO_SUCH_METHOD, "no such method on this path");
      case 413 -> tooLarge();
      default -> malformed();
    };
  }

  private static Fault tooLarge() {
    return Fault.of(FaultCode.TOO_LARGE, "over limits.grpc_bytes_max or limits.body_bytes_max");
  }

  private static Fault malformed() {
    return Fault.of(FaultCode.MALFORMED, "malformed request");
  }

  private static Fault ended() {
    return Fault.of(FaultCode.UNAVAILABLE, "the call was ended");
  }
}
