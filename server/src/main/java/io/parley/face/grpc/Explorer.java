package io.parley.face.grpc;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.docs.DocService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The API explorer at `/docs/`: the framework's, without what its page fetches from elsewhere, and
/// under a policy of its own. Its script writes style sheets as it runs, so inline
/// ones are allowed.
final class Explorer {
  static final String PATH = "/docs/";
  private static final String PAGE = "/com/linecorp/armeria/server/docs/index.html.gz";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'"
          + " blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Explorer() {}

  static void install(ServerBuilder server) {
    server.serviceUnder("/docs", new OnFirstUse().decorate(Explorer::serve));
  }

  /// The framework's explorer, which describes every method as soon as it is there: most servers
  /// never show it, so it is made when somebody asks, on a thread that may wait.
  private static final class OnFirstUse implements HttpService {
    private @Nullable ServiceConfig config;
    private volatile @Nullable DocService made;

    @Override
    public void serviceAdded(ServiceConfig added) {
      config = added;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
      DocService docs = made;
      return docs != null
          ? docs.serve(context, request)
          : HttpResponse.of(() -> serve(make(), context, request), context.blockingTaskExecutor());
    }

    private static HttpResponse serve(
        DocService docs, ServiceRequestContext context, HttpRequest request) {
      try {
        return docs.serve(context, request);
      } catch (Exception e) {
        return HttpResponse.ofFailure(e);
      }
    }

    private synchronized DocService make() {
      DocService docs = made;
      ServiceConfig added = config;
      if (docs == null && added != null) {
        docs = DocService.builder().build();
        made = docs;
        try {
          docs.serviceAdded(added);
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
      return Objects.requireNonNull(docs);
    }

    /// The explorer looks for itself among the server's services.
    @Override
    public <T> @Nullable T as(Class<T> type) {
      DocService docs = made;
      return docs != null && type.isInstance(docs) ? type.cast(docs) : HttpService.super.as(type);
    }
  }

  private static HttpResponse serve(
      HttpService delegate, ServiceRequestContext context, HttpRequest request) throws Exception {
    String path = context.path();
    boolean page = path.equals(PATH) || path.equals(PATH + "index.html");
    HttpResponse answer =
        page
            ? HttpResponse.of(HttpStatus.OK, MediaType.HTML_UTF_8, page())
            : delegate.serve(context, request);
    return answer.mapHeaders(
        headers ->
            headers.withMutations(
                more ->
                    more.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
                        .set(HttpHeaderNames.REFERRER_POLICY, "no-referrer")));
  }

  private static String page() {
    try (InputStream packed = Explorer.class.getResourceAsStream(PAGE)) {
      if (packed == null) {
        throw new IllegalStateException(PAGE + " is not packed");
      }
      String page = new String(new GZIPInputStream(packed).readAllBytes(), StandardCharsets.UTF_8);
      return page.replaceAll("<link href=\"https?://[^>]*>", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
