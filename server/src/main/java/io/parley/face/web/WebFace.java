package io.parley.face.web;

import com.google.common.base.Suppliers;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ServerCacheControl;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.encoding.EncodingService;
import com.linecorp.armeria.server.file.FileService;
import com.linecorp.armeria.server.file.HttpFile;
import io.parley.base.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Serves the web client at `/`, its service worker at `/sw.js`, the admin console at `/admin` and
/// their libraries at `/webjars/<name>/`, under a content security policy that allows this server's
/// own files only. The one inline script of a page, its import map, is allowed by its hash. Texts
/// go compressed to browsers that take that.
public final class WebFace {
  private static final String CLIENT = "io/parley/web/client";
  private static final String WEBJARS = "META-INF/resources/webjars/";
  private static final List<String> LIBRARIES =
      List.of("lit", "lit-html", "lit-element", "lit__reactive-element", "lit-labs__ssr-dom-shim");
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);
  private static final ServerCacheControl REVALIDATE =
      ServerCacheControl.builder().noCache().build();

  private static final Function<? super HttpService, EncodingService> COMPRESSED =
      EncodingService.builder()
          .encodableContentTypes(
              type ->
                  type.belongsTo(MediaType.ANY_TEXT_TYPE)
                      || type.is(MediaType.SVG_UTF_8.withoutParameters())
                      || type.subtype().equals("javascript"))
          .newDecorator();
  private static final ServerCacheControl HOUR =
      ServerCacheControl.builder().cachePublic().maxAgeSeconds(3600).build();

  private final ClassLoader loader = WebFace.class.getClassLoader();
  private final List<String> origins;
  private final boolean explorer;
  private final long started;
  private final Map<String, String> versions = new HashMap<>();

  /// @param origins of this server, as browsers have them
  /// @param explorer whether the API explorer is on the same port
  public WebFace(Collection<String> origins, boolean explorer, Clock clock) {
    this.explorer = explorer;
    this.origins = List.copyOf(origins);
    this.started = clock.millis();
    LIBRARIES.forEach(library -> versions.put(library, version(library)));
  }

  public void install(ServerBuilder server) {
    String policy = policy(text("/index.html"), origins);
    String console = policy(text("/admin/index.html"), origins);
    HttpService consolePage = protect(page("/admin/index.html"), console);
    server.service("/", protect(page("/index.html"), policy));
    server.service("/sw.js", protect(file("/sw.js"), policy));
    server.service("/admin", consolePage);
    server.service("/admin/", consolePage);
    // The folder holds the page itself, too.
    server.serviceUnder("/admin/", protect(client("/admin"), console));
    for (String folder : List.of("/app", "/style", "/asset")) {
      server.serviceUnder(folder, plain(client(folder)));
    }
    for (String library : LIBRARIES) {
      server.serviceUnder("/webjars/" + library, plain(library(library)));
    }
  }

  /// Made when it is first asked for: its modules are read for that.
  private HttpService page(String path) {
    Supplier<HttpService> made = Suppliers.memoize(() -> file(HttpData.ofUtf8(read(path))))::get;
    return (context, request) -> made.get().serve(context, request);
  }

  private String read(String path) {
    try {
      String page = Page.read(loader, this::resource, path);
      return explorer ? page.replace("<body>", "<body data-explorer=\"/docs/\">") : page;
    } catch (IOException e) {
      throw new IllegalStateException("the web client is not packed whole", e);
    }
  }

  private HttpService file(HttpData content) {
    return HttpFile.builder(content, started)
        .contentType(MediaType.HTML_UTF_8)
        .cacheControl(REVALIDATE)
        .build()
        .asService();
  }

  /// Where a file of the server is on the class path.
  private String resource(String path) {
    if (!path.startsWith("/webjars/")) {
      return CLIENT + path;
    }
    int end = path.indexOf('/', "/webjars/".length());
    String library = path.substring("/webjars/".length(), end);
    return WEBJARS + library + "/" + versions.get(library) + path.substring(end);
  }

  private HttpService file(String path) {
    return HttpFile.builder(loader, CLIENT + path).cacheControl(REVALIDATE).build().asService();
  }

  private HttpService client(String folder) {
    return FileService.builder(loader, CLIENT + folder).cacheControl(REVALIDATE).build();
  }

  private HttpService library(String name) {
    return FileService.builder(loader, WEBJARS + name + "/" + versions.get(name))
        .cacheControl(HOUR)
        .build();
  }

  private String version(String library) {
    Properties properties = new Properties();
    String path = "META-INF/maven/org.webjars.npm/" + library + "/pom.properties";
    try (InputStream in = open(path)) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(path, e);
    }
    String version = properties.getProperty("version");
    if (version == null) {
      throw new IllegalStateException(path + " has no version");
    }
    return version;
  }

  private String text(String path) {
    try (InputStream in = open(CLIENT + path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the web client is not packed", e);
    }
  }

  private InputStream open(String path) throws IOException {
    InputStream in = loader.getResourceAsStream(path);
    if (in == null) {
      throw new IOException(path + " is not packed");
    }
    return in;
  }

  /// A page may open a live socket to the server that it came from. Browsers differ in whether
  /// `'self'` covers that, so the addresses that the server knows itself by are named too.
  static String policy(String html, Collection<String> origins) {
    StringBuilder scripts = new StringBuilder("'self'");
    Matcher inline = INLINE_SCRIPT.matcher(html);
    while (inline.find()) {
      scripts.append(" 'sha256-").append(sha256(inline.group(1))).append('\'');
    }
    StringBuilder sockets = new StringBuilder();
    for (String origin : origins) {
      sockets.append(' ').append(origin.replaceFirst("^http", "ws"));
    }
    return "default-src 'self'; script-src "
        + scripts
        + "; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:;"
        + " connect-src 'self'"
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
  private static HttpService protect(HttpService service, String policy) {
    return with(plain(service), HttpHeaderNames.CONTENT_SECURITY_POLICY, policy);
  }

  /// A part of a document, which that one's policy holds for.
  private static HttpService plain(HttpService service) {
    HttpService smaller = service.decorate(COMPRESSED);
    HttpService unsniffed = with(smaller, HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    return with(unsniffed, HttpHeaderNames.REFERRER_POLICY, "no-referrer");
  }

  private static HttpService with(HttpService service, CharSequence header, String value) {
    return service.decorate(
        (delegate, context, request) ->
            delegate
                .serve(context, request)
                .mapHeaders(headers -> headers.withMutations(more -> more.set(header, value))));
  }
}
