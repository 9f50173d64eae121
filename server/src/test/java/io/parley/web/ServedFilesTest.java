package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestWorld;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The client is served as its files lie there, so that a test of it is never one of yesterday's.
class ServedFilesTest {
  private static final Path CLIENT = Path.of("..", "web", "client");

  @RegisterExtension private final TestWorld world = new TestWorld();

  @Test
  void everyModuleAndStyle_isServedAsItLies() throws Exception {
    List<Path> files;
    try (Stream<Path> app = Files.walk(CLIENT.resolve("app"));
        Stream<Path> style = Files.walk(CLIENT.resolve("style"))) {
      files = Stream.concat(app, style).filter(Files::isRegularFile).toList();
    }
    assertTrue(files.size() > 50, "files were found");
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (Path file : files) {
        String path = "/" + CLIENT.relativize(file).toString().replace('\\', '/');
        URI address = URI.create(world.server().url() + path);
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(Files.readString(file), answer.body(), path);
      }
    }
  }
}
