package io.parley.web;

import java.time.Duration;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;

/// A page of a server in Chromium, for scripts that stand in a document.
public final class Pages {
  private Pages() {}

  /// Runs the body of an async function on the page at `url`; within 30 s it returns lists of
  /// texts.
  ///
  /// @throws IllegalStateException with what the script threw
  @SuppressWarnings("unchecked") // as said
  public static List<List<String>> run(String url, String script) {
    ChromeDriver browser = Browsers.take("en");
    try {
      browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
      browser.get(url);
      Object answer =
          browser.executeAsyncScript(
              "const done = arguments[arguments.length - 1];\n"
                  + "(async () => {\n"
                  + script
                  + "\n})().then(done, e => done('failed: ' + e));");
      if (answer instanceof List<?> lists) {
        return (List<List<String>>) lists;
      }
      throw new IllegalStateException(String.valueOf(answer));
    } finally {
      Browsers.forget(browser);
      Browsers.giveBack(browser);
    }
  }
}
