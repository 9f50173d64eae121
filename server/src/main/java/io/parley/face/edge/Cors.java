package io.parley.face.edge;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.cors.CorsService;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Pages of other origins that may call this server, by the rules that browsers hold them to
/// (Fetch, "CORS protocol"). Without credentials: tokens travel in a header that such a page sets
/// itself, and no cookie that a browser keeps for this server goes along.
///
/// A page of any other origin gets no such header, so its browser keeps the answers from it.
public final class Cors {
  private static final List<String> REQUEST_HEADERS =
      List.of(
          "authorization",
          "content-type",
          "x-grpc-web",
          "x-user-agent",
          "grpc-timeout",
          "connect-protocol-version",
          "connect-timeout-ms",
          "connect-accept-encoding",
          "connect-content-encoding",
          "upload-complete",
          "upload-length",
          "upload-offset");

  private static final List<String> EXPOSED =
      List.of(
          "grpc-status",
          "grpc-message",
          "grpc-status-details-bin",
          "retry-after",
          "parley-mail",
          "location",
          "upload-complete",
          "upload-length",
          "upload-limit",
          "upload-offset");

  /// How long a browser may remember what it was told of a path.
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private Cors() {}

  /// Answers preflights on every path of `server` and adds the headers to every answer, refusals
  /// included. Nothing for no origins.
  ///
  /// @param origins such as `https://app.example.org`, in any case
  public static void install(ServerBuilder server, Collection<String> origins) {
    if (origins.isEmpty()) {
      return;
    }
    server.decorator(
        CorsService.builder(
                origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).toList())
            .allowRequestMethods(
                HttpMethod.GET,
                HttpMethod.HEAD,
                HttpMethod.POST,
                HttpMethod.PUT,
                HttpMethod.PATCH,
                HttpMethod.DELETE)
            .allowRequestHeaders(REQUEST_HEADERS)
            .exposeHeaders(EXPOSED)
            .maxAge(REMEMBERED)
            .newDecorator());
  }
}
