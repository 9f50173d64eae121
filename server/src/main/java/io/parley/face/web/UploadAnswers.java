package io.parley.face.web;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.parley.api.common.ImageInfo;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.edge.JsonAnswer;
import io.parley.face.rpc.RpcFault;
import io.parley.face.rpc.RpcJson;
import io.parley.media.Stored;
import io.parley.media.UploadAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;

/// What a client of uploads over HTTP is told.
final class UploadAnswers {
  private UploadAnswers() {}

  /// `common.ImageInfo` of what was stored.
  static HttpResponse of(Stored stored) {
    String thumbnail = stored.thumbnail();
    ImageInfo info =
        ImageInfo.newBuilder()
            .setName(stored.name())
            .setType(stored.type())
            .setUrl(UploadAddress.of(stored.name()))
            .setWidth(stored.width())
            .setHeight(stored.height())
            .setSize(stored.size())
            .setThumbUrl(thumbnail.isEmpty() ? "" : UploadAddress.of(thumbnail))
            .build();
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, RpcJson.print(info));
  }

  /// Of a request that ended with `thrown`.
  static HttpResponse refusal(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    // Of a disk that fails while it is received.
    Fault fault =
        cause instanceof IOException || cause instanceof UncheckedIOException
            ? Fault.of(FaultCode.UNAVAILABLE, "the upload could not be stored now; try again")
            : Fault.from(cause);
    return of(fault);
  }

  /// As every REST answer, but for what a client of uploads is told by the status alone.
  static HttpResponse of(Fault fault) {
    RpcFault told = RpcFault.of(fault);
    int status =
        switch (fault.code()) {
          case TOO_LARGE -> HttpStatus.REQUEST_ENTITY_TOO_LARGE.code();
          case MALFORMED -> HttpStatus.UNSUPPORTED_MEDIA_TYPE.code();
          case FAILED_PRECONDITION -> HttpStatus.CONFLICT.code();
          default -> told.httpStatus();
        };
    return JsonAnswer.of(status, RpcJson.print(told.detail()), told.retryAfterMs());
  }
}
