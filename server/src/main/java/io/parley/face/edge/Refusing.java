package io.parley.face.edge;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceErrorHandler;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// In a contract's own words, what the HTTP server refuses before the contract's service sees it,
/// or ends while it runs.
///
/// @param thrown what the service failed with
/// @param refused what the server answers by itself: a body that is too long, a request that it
///     cannot read, a time that is over
public record Refusing(
    BiFunction<ServiceRequestContext, Throwable, HttpResponse> thrown,
    BiFunction<ServiceRequestContext, HttpStatus, AggregatedHttpResponse> refused)
    implements ServiceErrorHandler {

  @Override
  public HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    return thrown.apply(context, cause);
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      ServiceRequestContext context,
      RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    return refused.apply(context, status);
  }
}
