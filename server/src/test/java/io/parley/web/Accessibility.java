package io.parley.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;

/// Runs the axe-core rules inside a page.
final class Accessibility {
  private static final String RULES = rules();
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations']})
        .then(found => done(found.violations
          .filter(each => each.impact === 'serious' || each.impact === 'critical')
          .map(each => each.id + ': ' + each.help + ' at '
            + each.nodes.slice(0, 5).map(node => node.target.join(' ')).join(', '))))
        .catch(error => done(['axe: ' + error]));
      """;

  private Accessibility() {}

  /// The serious and critical findings, each with where it is.
  static List<String> barriers(ChromeDriver driver) {
    if (!Boolean.TRUE.equals(driver.executeScript("return 'axe' in window"))) {
      driver.executeScript(RULES);
    }
    Object found = driver.executeAsyncScript(RUN);
    return found instanceof List<?> all
        ? all.stream().map(String::valueOf).toList()
        : List.of("axe gave " + found);
  }

  private static String rules() {
    try (InputStream in = Accessibility.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("axe.min.js is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
