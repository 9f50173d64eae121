package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestServer;
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

/// Whoever works on the client is served its files as they lie there.
class ServedFilesTest {
  private static final Path CLIENT = Path.of("..", "web", "client");

  @TempDir private Path folder;

  @Test
  void everyModuleAndStyle_isServedAsItLies() throws Exception {
    List<Path> files;
    try (Stream<Path> app = Files.walk(CLIENT.resolve("app"));
        Stream<Path> style = Files.walk(CLIENT.resolve("style"))) {
      files = Stream.concat(app, style).filter(Files::isRegularFile).toList();
    }
    assertTrue(files.size() > 50, "files were found");
    try (TestServer server =
            TestServer.start(folder, Map.of("web.dir", CLIENT.toAbsolutePath().toString()));
        HttpClient http = HttpClient.newHttpClient()) {
      for (Path file : files) {
        String path = "/" + CLIENT.relativize(file).toString().replace('\\', '/');
        URI address = URI.create(server.url() + path);
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(Files.readString(file), answer.body(), path);
      }
    }
  }
}
