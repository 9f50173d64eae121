package io.parley.face.web;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ServerCacheControl;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.file.FileService;
import com.linecorp.armeria.server.file.HttpFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Serves the web client at `/`, its service worker at `/sw.js` and its libraries at
/// `/webjars/<name>/`, under a content security policy that allows this server's own files only.
/// The one inline script of the page, its import map, is allowed by its hash.
public final class WebFace {
  private static final String CLIENT = "io/parley/web/client";
  private static final List<String> LIBRARIES =
      List.of("lit", "lit-html", "lit-element", "lit__reactive-element", "lit-labs__ssr-dom-shim");
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);
  private static final ServerCacheControl REVALIDATE =
      ServerCacheControl.builder().noCache().build();

  private static final ServerCacheControl HOUR =
      ServerCacheControl.builder().cachePublic().maxAgeSeconds(3600).build();

  private final ClassLoader loader = WebFace.class.getClassLoader();
  private final List<String> origins;

  /// `origins`: of this server, as browsers have them.
  public WebFace(Collection<String> origins) {
    this.origins = List.copyOf(origins);
  }

  public void install(ServerBuilder server) {
    String policy = policy(index(), origins);
    server.service("/", protect(file("/index.html"), policy));
    server.service("/sw.js", protect(file("/sw.js"), policy));
    server.serviceUnder("/app", protect(client("/app"), policy));
    server.serviceUnder("/style", protect(client("/style"), policy));
    server.serviceUnder("/asset", protect(client("/asset"), policy));
    for (String library : LIBRARIES) {
      server.serviceUnder("/webjars/" + library, protect(library(library), policy));
    }
  }

  private HttpService file(String path) {
    return HttpFile.builder(loader, CLIENT + path).cacheControl(REVALIDATE).build().asService();
  }

  private HttpService client(String folder) {
    return FileService.builder(loader, CLIENT + folder).cacheControl(REVALIDATE).build();
  }

  private HttpService library(String name) {
    return FileService.builder(loader, "META-INF/resources/webjars/" + name + "/" + version(name))
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

  private String index() {
    try (InputStream in = open(CLIENT + "/index.html")) {
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

  private static HttpService protect(HttpService service, String policy) {
    return service.decorate(
        (delegate, context, request) -> {
          HttpResponse response = delegate.serve(context, request);
          return response.mapHeaders(
              headers ->
                  headers.withMutations(
                      more ->
                          more.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, policy)
                              .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                              .set(HttpHeaderNames.REFERRER_POLICY, "no-referrer")));
        });
  }
}
