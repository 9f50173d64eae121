package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Modules of the web client by themselves, run by the browser that runs the client.
class ClientModulesTest {
  private static final String LINKS =
      """
      const done = arguments[arguments.length - 1];
      import('/app/links.js').then(({ linkParts }) => done(arguments[0].map((text) => {
        const parts = linkParts(text);
        return {
          same: parts.map((part) => part.text).join('') === text,
          hrefs: parts.filter((part) => part.href).map((part) => part.href),
        };
      })), (e) => done(String(e)));
      """;

  @TempDir private static Path folder;

  @Test
  void links_keepBalancedBrackets_leaveTheSentenceItsOwn_andAreFoundInEveryForm()
      throws IOException {
    Map<String, List<String>> cases =
        Map.ofEntries(
            Map.entry(
                "see https://en.wikipedia.org/wiki/Moon_(disambiguation)",
                List.of("https://en.wikipedia.org/wiki/Moon_(disambiguation)")),
            Map.entry("(see https://example.com/a_(b))", List.of("https://example.com/a_(b)")),
            Map.entry(
                "https://example.com/?x[]=1&y=[2]", List.of("https://example.com/?x[]=1&y=[2]")),
            Map.entry("(https://example.com/a).", List.of("https://example.com/a")),
            Map.entry("看https://example.com/a，好", List.of("https://example.com/a")),
            Map.entry("at www.example.com/x, or", List.of("https://www.example.com/x")),
            Map.entry("看www.example.com", List.of("https://www.example.com/")),
            Map.entry(
                "mail me@example.co.uk, or (him@example.com)",
                List.of("mailto:me@example.co.uk", "mailto:him@example.com")),
            Map.entry("foowww.example.com a@b javascript:alert(1) www..com", List.of()),
            Map.entry("http://127.0.0.1/android/out/ is no link of this server", List.of()),
            Map.entry("https://" + ")".repeat(8_000), List.of()),
            Map.entry("a@".repeat(4_000), List.of()),
            Map.entry("a.".repeat(4_000) + "@", List.of()));
    try (TestServer server = TestServer.start(folder.resolve("data"));
        Person reader = Person.sitDown("reader", server.url(), "en")) {
      reader.driver().get(server.url());
      List<String> texts =
          cases.keySet().stream()
              .map(text -> text.replace("http://127.0.0.1", server.url()))
              .toList();
      List<?> answers = (List<?>) reader.driver().executeAsyncScript(LINKS, texts);
      List<Map<String, Object>> wanted =
          cases.values().stream()
              .map(hrefs -> Map.<String, Object>of("same", true, "hrefs", hrefs))
              .toList();
      assertEquals(wanted, answers);
    }
  }
}
