package io.parley.face.edge;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;

/// An HTTP answer whose body is JSON.
public final class JsonAnswer {
  private static final int MS_PER_S = 1000;

  private JsonAnswer() {}

  /// @param retryAfterMs what `Retry-After` says, rounded up to whole seconds; 0 for no such header
  public static HttpResponse of(int status, String json, long retryAfterMs) {
    ResponseHeaders headers =
        ResponseHeaders.of(
            HttpStatus.valueOf(status), HttpHeaderNames.CONTENT_TYPE, MediaType.JSON_UTF_8);
    long seconds = (retryAfterMs + MS_PER_S - 1) / MS_PER_S;
    return HttpResponse.of(
        seconds == 0
            ? headers
            : headers.withMutations(more -> more.setLong(HttpHeaderNames.RETRY_AFTER, seconds)),
        HttpData.ofUtf8(json));
  }
}
