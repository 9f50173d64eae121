package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The web client as Maven has packed it, which is what users get: `web/pack`.
class PackedClientTest {
  /// The root of the class path that has it.
  static final Path PACKED = Path.of("..", "web", "target", "classes").toAbsolutePath().normalize();

  private static final Path WEB = Path.of("..", "web");
  private static final String CLIENT = "io/parley/web/client";
  private static final Pattern NAMED = Pattern.compile("\"(/packed/[^\"]+)\"");

  @TempDir private Path folder;

  @Test
  void whatIsPacked_isMadeOfTheSourcesThatLieThere() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Path client = WEB.resolve("client");
    for (Path file : files(client)) {
      String path = client.relativize(file).toString().replace('\\', '/');
      digest.update(path.getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    assertEquals(
        HexFormat.of().formatHex(digest.digest()),
        Files.readAllLines(WEB.resolve("target/packed")).getFirst(),
        "the client has changed since it was packed: ./parley build");
  }

  @Test
  void packedFiles_areCompressed_andKeptForGood_andThePagesAreNot() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, PACKED);
        HttpClient http = HttpClient.newHttpClient()) {
      for (String page : List.of("/", "/admin")) {
        HttpResponse<String> html = get(http, server.url() + page, "identity");
        assertEquals("no-cache", header(html, "cache-control"));
        assertTrue(!header(html, "etag").isEmpty(), html::toString);
        Matcher named = NAMED.matcher(html.body());
        List<String> files = named.results().map(found -> found.group(1)).toList();
        assertTrue(files.size() >= 2 && files.size() <= 8, files::toString);
        for (String file : files) {
          int whole = get(http, server.url() + file, "identity").body().length();
          for (String encoding : List.of("br", "gzip")) {
            HttpResponse<String> answer =
                get(http, server.url() + file, "br".equals(encoding) ? "gzip, br" : encoding);
            assertEquals(encoding, header(answer, "content-encoding"), file);
            assertTrue(answer.body().length() < whole / 2, file);
            assertEquals(
                "max-age=31536000, public, immutable", header(answer, "cache-control"), file);
            assertEquals("accept-encoding", header(answer, "vary").toLowerCase(Locale.ROOT), file);
            assertEquals("nosniff", header(answer, "x-content-type-options"), file);
          }
        }
      }
      assertEquals(
          404, get(http, server.url() + "/packed/000000000000/main.js", "br").statusCode());
      assertEquals(
          Files.readString(WEB.resolve("client/app/links.js"), StandardCharsets.ISO_8859_1),
          get(http, server.url() + "/app/links.js", "identity").body(),
          "the modules can be read and tried, though no page loads them");
    }
  }

  @Test
  void eachPage_signsIn_andOpensEachOfItsParts_withoutComplaint() throws IOException {
    try (ServerProcess server = ServerProcess.start(folder, PACKED);
        Person kim = Person.sitDown("Kim", server.url(), "en")) {
      kim.register();
      for (String part : List.of("people", "feed", "activity", "me", "chats")) {
        kim.driver().executeScript("location.hash = arguments[0]", part);
        kim.until("the part " + part, () -> kim.all(part + "-section > *").size() > 0);
      }
      kim.screenshot("packed-client");
      kim.driver().get(server.url() + "/admin");
      kim.find("not-admin");
      kim.screenshot("packed-console");
      assertEquals(List.of(), kim.complaints());
      kim.forget();
    }
  }

  @Test
  void openPage_goesOnOverAnUpdateOfTheServer_andIsTheNewOneAfterAReload() throws IOException {
    Path newer = newer();
    String older = hash(PACKED);
    try (ServerProcess server = ServerProcess.start(folder, PACKED);
        Person kim = Person.sitDown("Kim", server.url(), "en")) {
      kim.register();
      kim.until("the page and its files are kept", () -> kept(kim).contains("rest.js"));
      server.kill();
      kim.awaitConnection("waiting");
      server.restart(newer);
      kim.awaitConnection("online");
      kim.driver().executeScript("location.hash = 'feed'");
      kim.until("the older part", () -> kim.all("feed-section > *").size() > 0);
      assertEquals(List.of(), kim.read("meta[name=newer]", "each.content"));
      kim.driver().executeScript("location.hash = 'chats'");
      kim.reload();
      kim.find("me");
      assertEquals(List.of("yes"), kim.read("meta[name=newer]", "each.content"));
      kim.until(
          "only what is new is kept",
          () -> kept(kim).contains(NEWER) && !kept(kim).contains(older));
      assertEquals(
          List.of(),
          kim.complaints().stream().filter(line -> !line.contains("WebSocket")).toList());
      kim.forget();
    }
  }

  private static final String NEWER = "ffffffffffff";

  private static final String KEPT =
      """
      const done = arguments[arguments.length - 1];
      caches.open('parley-client').then(async cache => {
        const page = await cache.match('/');
        done((page ? '/ ' : '') + (await cache.keys()).map(each => each.url).join(' '));
      });
      """;

  /// What the service worker has, once it has the page.
  private static String kept(Person person) {
    String kept = String.valueOf(person.driver().executeAsyncScript(KEPT));
    return kept.startsWith("/ ") ? kept : "";
  }

  /// The packed client of a version that differs in every address, and says so in its page.
  private Path newer() throws IOException {
    Path from = PACKED.resolve(CLIENT);
    Path to = folder.resolve("newer");
    String hash = hash(PACKED);
    for (Path file : files(from)) {
      Path copy = to.resolve(CLIENT).resolve(from.relativize(file).toString().replace(hash, NEWER));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    Path page = to.resolve(CLIENT).resolve("index.html");
    Files.writeString(
        page,
        Files.readString(page)
            .replace(hash, NEWER)
            .replace("</head>", "<meta name=\"newer\" content=\"yes\"></head>"));
    return to;
  }

  private static String hash(Path root) throws IOException {
    Matcher named = NAMED.matcher(Files.readString(root.resolve(CLIENT).resolve("index.html")));
    assertTrue(named.find(), "the page names what was packed");
    return named.group(1).split("/")[2];
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static HttpResponse<String> get(HttpClient http, String url, String encoding)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).header("accept-encoding", encoding).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
