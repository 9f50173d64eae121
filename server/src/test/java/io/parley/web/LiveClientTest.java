package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.config.Config;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client read from a folder while somebody works on it: `web.dir`.
class LiveClientTest {
  private static final Path CLIENT = Path.of("..", "web", "client");

  @TempDir private Path folder;

  @Test
  void changedFile_isWhatTheNextReloadShows() throws IOException {
    Path client = copyOfTheClient();
    try (TestServer server = live(client);
        Person mira = Person.arrive("Mira", server, server.url(), "en")) {
      mira.reload();
      mira.find("me");
      Files.writeString(client.resolve("style/theme.css"), "\n:root { --accent: #010203; }\n");
      Files.writeString(client.resolve("app/added.js"), "document.title = 'Changed';\n");
      Path index = client.resolve("index.html");
      Files.writeString(
          index,
          Files.readString(index)
              .replace(
                  "</head>",
                  "<script type=\"module\" src=\"/app/added.js\"></script><meta name=\"new\">"
                      + "</head>"));
      mira.reload();
      mira.find("me");
      assertEquals(
          List.of("#010203"),
          mira.read("html", "getComputedStyle(each).getPropertyValue('--accent').trim()"));
      assertEquals(1, mira.all("meta[name=new]").size());
      mira.until(
          "no service worker",
          () -> Long.valueOf(0).equals(mira.driver().executeAsyncScript(WORKERS)));
      assertEquals(List.of(), mira.complaints());
    }
  }

  private static final String WORKERS =
      """
      const done = arguments[arguments.length - 1];
      navigator.serviceWorker.getRegistrations().then(all => done(all.length));
      """;

  @Test
  void files_areNotKept_whileTheFolderIsServed_andRevalidatedOtherwise() throws Exception {
    try (TestServer server = live(copyOfTheClient())) {
      for (String path : List.of("/", "/app/main.js", "/style/theme.css", "/sw.js")) {
        assertTrue(cacheControl(server, path).contains("no-store"), path);
      }
    }
    try (TestServer server = TestServer.start(folder.resolve("packed"))) {
      assertEquals("no-cache", cacheControl(server, "/asset/favicon.svg"));
    }
  }

  @Test
  void folderWithoutAClient_stopsTheStart() {
    Config.Invalid refused =
        assertThrows(Config.Invalid.class, () -> live(folder.resolve("nothing")).close());
    assertTrue(String.valueOf(refused.getMessage()).startsWith("web.dir: no index.html"));
  }

  private TestServer live(Path client) {
    return TestServer.start(folder.resolve("data"), Map.of("web.dir", client.toString()));
  }

  private static String cacheControl(TestServer server, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path)).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("cache-control")
          .orElse("");
    }
  }

  private Path copyOfTheClient() throws IOException {
    Path copy = folder.resolve("client");
    try (Stream<Path> all = Files.walk(CLIENT)) {
      for (Path each : all.toList()) {
        Files.copy(each, copy.resolve(CLIENT.relativize(each).toString()));
      }
    }
    return copy;
  }
}
