package io.parley.face.web;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.StreamMessage;
import io.parley.base.Fault;
import io.parley.face.edge.JsonAnswer;
import io.parley.face.rpc.RpcFault;
import io.parley.face.rpc.RpcJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// A file that is made while it is sent, as fast as the client reads. One that ends short is not
/// whole, which its form tells.
final class StreamedFile {
  static final Duration SEND_AT_MOST = Duration.ofMinutes(30);

  /// Writes the whole of it.
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /// What is sent.
  ///
  /// @param close comes after the last byte, or once the client has gone
  record Body(Writing write, Runnable close) {}

  private final String type;
  private final String name;
  private final Executor executor;

  /// `type`: of the content; `name`: what a browser calls the file; `executor`: runs what blocks.
  StreamedFile(String type, String name, Executor executor) {
    this.type = type;
    this.name = name;
    this.executor = executor;
  }

  /// Sends what `begin` gives, or says why it throws.
  HttpResponse of(Supplier<Body> begin) {
    return HttpResponse.of(
        CompletableFuture.supplyAsync(begin, executor)
            .thenApply(this::answer)
            .exceptionally(StreamedFile::refusal));
  }

  private HttpResponse answer(Body file) {
    ResponseHeaders headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.CONTENT_TYPE, type)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            .set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
            .build();
    StreamMessage<HttpData> body =
        StreamMessage.fromOutputStream(out -> write(file, out), executor);
    HttpResponse response = HttpResponse.of(headers, body);
    response.whenComplete().whenComplete((done, thrown) -> file.close().run());
    return response;
  }

  private static void write(Body file, OutputStream out) {
    try {
      file.write().to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse refusal(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    RpcFault told = RpcFault.of(Fault.from(cause));
    return JsonAnswer.of(told.httpStatus(), RpcJson.print(told.detail()), told.retryAfterMs());
  }
}
