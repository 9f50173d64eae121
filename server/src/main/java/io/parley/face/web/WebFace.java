package io.parley.face.web;

import com.google.common.base.Suppliers;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.encoding.EncodingService;
import com.linecorp.armeria.server.file.HttpFile;
import io.parley.base.Clock;
import io.parley.base.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Serves the web client at `/`, its service worker at `/sw.js` and the admin console at `/admin`,
/// with what was packed for them below `/packed/`, under a content security policy that allows this
/// server's own files only. The inline script of a page is allowed by its hash. Texts go compressed
/// to browsers that take that. Where the client is served as its files lie, they and their
/// libraries are at `/app/`, `/style/` and `/webjars/<name>/`.
public final class WebFace {
  /// Takes the place of the service worker where files may change with each request: whatever it
  /// has kept would stand in the way.
  private static final String NO_WORKER =
      """
      self.addEventListener('install', () => self.skipWaiting());
      self.addEventListener('activate', (event) => event.waitUntil(
        caches.delete('parley-client').then(() => self.registration.unregister())));
      """;

  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);

  private static final Function<? super HttpService, EncodingService> COMPRESSED =
      EncodingService.builder()
          .encodableContentTypes(
              type ->
                  type.belongsTo(MediaType.ANY_TEXT_TYPE)
                      || type.is(MediaType.SVG_UTF_8.withoutParameters())
                      || type.subtype().equals("javascript"))
          .newDecorator();
  private final ClientFiles files;
  private final List<String> origins;
  private final Supplier<String> uploads;
  private final String body;
  private final long started;

  /// @param folder that the client is read from at each request, with nothing kept by browsers;
  /// null
  ///     for the packed one
  /// @param origins of this server, as browsers have them
  /// @param uploads the origin that browsers are sent to for uploads, empty for this server's
  /// @param explorer whether the API explorer is on the same port
  public WebFace(
      @Nullable Path folder,
      Collection<String> origins,
      Supplier<String> uploads,
      boolean explorer,
      Limits limits,
      Clock clock) {
    this.files = new ClientFiles(folder);
    this.origins = List.copyOf(origins);
    this.uploads = uploads;
    this.body =
        "<body data-password-chars-min=\"%d\"%s>"
            .formatted(limits.passwordCharsMin(), explorer ? " data-explorer=\"/docs/\"" : "");
    this.started = clock.millis();
  }

  public void install(ServerBuilder server) {
    Supplier<String> policy = kept(() -> policy(text("/index.html"), origins, uploads.get()));
    Supplier<String> console =
        kept(() -> policy(text("/admin/index.html"), origins, uploads.get()));
    HttpService consolePage = protect(page("/admin/index.html"), console);
    server.service("/", protect(page("/index.html"), policy));
    server.service("/sw.js", protect(worker(), policy));
    server.service("/admin", consolePage);
    server.service("/admin/", consolePage);
    // The folder holds the page itself, too.
    server.serviceUnder("/admin/", protect(files.under("/admin"), console));
    HttpService packed = with(files.packed(), HttpHeaderNames.VARY, () -> "accept-encoding");
    server.serviceUnder(ClientFiles.PACKED, unsniffed(packed));
    for (String folder : List.of("/app", "/style", "/asset")) {
      server.serviceUnder(folder, plain(files.under(folder)));
    }
    for (String library : ClientFiles.LIBRARIES) {
      server.serviceUnder("/webjars/" + library, plain(files.library(library)));
    }
  }

  /// Made when it is first asked for, and then kept if it cannot change.
  private <T> Supplier<T> kept(Supplier<T> made) {
    return files.live() ? made : Suppliers.memoize(made::get)::get;
  }

  /// The page's modules are read for it.
  private HttpService page(String path) {
    Supplier<HttpService> made =
        kept(() -> file(HttpData.ofUtf8(read(path)), MediaType.HTML_UTF_8));
    return (context, request) -> made.get().serve(context, request);
  }

  private HttpService worker() {
    return files.live()
        ? file(HttpData.ofUtf8(NO_WORKER), MediaType.JAVASCRIPT_UTF_8)
        : files.file("/sw.js");
  }

  private String read(String path) {
    try {
      return Page.read(files, path).replace("<body>", body);
    } catch (IOException e) {
      throw new IllegalStateException("the web client is not whole", e);
    }
  }

  private HttpService file(HttpData content, MediaType type) {
    return HttpFile.builder(content, started)
        .contentType(type)
        .cacheControl(files.cacheControl())
        .build()
        .asService();
  }

  private String text(String path) {
    try (InputStream in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the web client is not whole", e);
    }
  }

  /// A page may open a live socket to the server that it came from. Browsers differ in whether
  /// `'self'` covers that, so the addresses that the server knows itself by are named too.
  static String policy(String html, Collection<String> origins, String uploads) {
    StringBuilder scripts = new StringBuilder("'self'");
    Matcher inline = INLINE_SCRIPT.matcher(html);
    while (inline.find()) {
      scripts.append(" 'sha256-").append(sha256(inline.group(1))).append('\'');
    }
    StringBuilder sockets = new StringBuilder();
    for (String origin : origins) {
      sockets.append(' ').append(origin.replaceFirst("^http", "ws"));
    }
    String shown = uploads.isEmpty() ? "" : " " + uploads;
    return "default-src 'self'; script-src "
        + scripts
        + "; style-src 'self'; img-src 'self' blob: data:"
        + shown
        + "; media-src 'self' blob:"
        + shown
        + "; connect-src 'self'"
        + sockets
        + "; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
        + " frame-ancestors 'none'";
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A document or a worker: what it may do is in its policy.
  private static HttpService protect(HttpService service, Supplier<String> policy) {
    return with(plain(service), HttpHeaderNames.CONTENT_SECURITY_POLICY, policy);
  }

  /// A part of a document, which that one's policy holds for.
  private static HttpService plain(HttpService service) {
    return unsniffed(service.decorate(COMPRESSED));
  }

  private static HttpService unsniffed(HttpService service) {
    HttpService unsniffed = with(service, HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, () -> "nosniff");
    return with(unsniffed, HttpHeaderNames.REFERRER_POLICY, () -> "no-referrer");
  }

  private static HttpService with(
      HttpService service, CharSequence header, Supplier<String> value) {
    return service.decorate(
        (delegate, context, request) ->
            delegate
                .serve(context, request)
                .mapHeaders(
                    headers -> headers.withMutations(more -> more.set(header, value.get()))));
  }
}
