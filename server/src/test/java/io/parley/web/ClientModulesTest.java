package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Modules of the web client by themselves, run by the browser that runs the client: every test of
/// `web/test`, which is served beside the client as `/app/test/`.
class ClientModulesTest {
  private static final Path WEB = Path.of("..", "web");

  /// The only file that is run; all of them if it is empty.
  private static final String ONLY = System.getProperty("parley.module", "");

  private static final String NAMES =
      """
      const [module, done] = arguments;
      import(module).then((tests) => done(Object.keys(tests.default)), (e) => done(String(e)));
      """;

  /// '' for a test that passes.
  private static final String RUN =
      """
      const [module, name, done] = arguments;
      import(module).then((tests) => tests.default[name]())
        .then(() => done(''), (e) => done(String(e?.stack || e) || 'failed'));
      """;

  @TempDir private static Path folder;
  private static TestServer server;
  private static Person reader;

  @BeforeAll
  static void open() throws IOException {
    Path client = folder.resolve("client");
    copy(WEB.resolve("client"), client);
    copy(WEB.resolve("test"), client.resolve("app/test"));
    Files.writeString(
        client.resolve("app/test/broken.js"),
        "export default {async broken() { throw new Error('as it should'); }}");
    server = TestServer.start(folder.resolve("data"), Map.of("web.dir", client.toString()));
    reader = Person.sitDown("reader", server.url(), "en");
    reader.driver().get(server.url());
  }

  @AfterAll
  static void close() {
    reader.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicContainer> tests() throws IOException {
    try (Stream<Path> files = Files.list(WEB.resolve("test"))) {
      List<String> modules =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> ONLY.isEmpty() ? name.endsWith(".test.js") : name.equals(ONLY))
              .sorted()
              .toList();
      assertTrue(modules.size() > (ONLY.isEmpty() ? 5 : 0), "tests were found");
      return modules.stream().map(ClientModulesTest::testsOf);
    }
  }

  private static DynamicContainer testsOf(String file) {
    Object names = reader.driver().executeAsyncScript(NAMES, "/app/test/" + file);
    if (!(names instanceof List<?> found)) {
      return dynamicContainer(file, List.of(dynamicTest("is a module", () -> fail(names + ""))));
    }
    return dynamicContainer(
        file,
        found.stream()
            .map(
                name ->
                    dynamicTest(
                        String.valueOf(name),
                        () -> assertEquals("", run(file, String.valueOf(name))))));
  }

  private static String run(String file, String name) {
    return String.valueOf(reader.driver().executeAsyncScript(RUN, "/app/test/" + file, name));
  }

  @Test
  void testThatThrows_isNoticed() {
    assertTrue(run("broken.js", "broken").contains("as it should"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }
}
