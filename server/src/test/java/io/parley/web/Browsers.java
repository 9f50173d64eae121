package io.parley.web;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/// Browsers to sit down at. Starting one takes seconds and loading the client one more, so a
/// browser
/// that was given back is used again, with the page that is open in it where that remembers nothing
/// of who was there before.
final class Browsers {
  // Held here, because the logging framework forgets the level of a logger that nobody holds.
  private static final Logger DRIVER_LOG = Logger.getLogger("org.openqa.selenium");
  private static final Map<String, Deque<ChromeDriver>> FREE = new HashMap<>();
  /// Signs out in the page of the client or the console that is open; tells whether it shows its
  /// form then and
  /// remembers nothing but which browser it is.
  private static final String LEAVE =
      """
      const done = arguments[arguments.length - 1];
      const app = document.querySelector('parley-app, admin-console');
      if (!app) return done(false);
      dispatchEvent(new Event('sign-out'));
      app.updateComplete.then(() => done(
        document.querySelector('[data-testid=login-form]') !== null
        && Object.keys(localStorage).every(key => key === 'parley.browser')));
      """;

  private static final Map<ChromeDriver, String> LANGUAGES = new ConcurrentHashMap<>();

  static {
    DRIVER_LOG.setLevel(Level.SEVERE);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> LANGUAGES.keySet().forEach(ChromeDriver::quit)));
  }

  private Browsers() {}

  /// One that asks for pages in `language`, such as `zh-CN`, at 1180 × 760, and has no permissions.
  static synchronized ChromeDriver take(String language) {
    ChromeDriver free = free(language).poll();
    ChromeDriver taken = free != null ? free : start(language);
    // What it said since it was given back, such as of a server that has gone meanwhile.
    taken.manage().logs().get(LogType.BROWSER);
    return taken;
  }

  /// Signs out there, so that somebody else may sit down; one that cannot forget is closed.
  static synchronized void giveBack(ChromeDriver driver) {
    String language = LANGUAGES.getOrDefault(driver, "");
    try {
      if (!Boolean.TRUE.equals(driver.executeAsyncScript(LEAVE))) {
        forget(driver);
      }
      driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
      driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of());
      driver.executeCdpCommand("Browser.resetPermissions", Map.of());
      free(language).add(driver);
    } catch (WebDriverException e) {
      LANGUAGES.remove(driver);
      driver.quit();
    }
  }

  /// Closes the page and throws away everything that the browser remembers of its server.
  static void forget(ChromeDriver driver) {
    String origin = String.valueOf(driver.executeScript("return location.origin"));
    driver.get("about:blank");
    if (origin.startsWith("http")) {
      driver.executeCdpCommand(
          "Storage.clearDataForOrigin", Map.of("origin", origin, "storageTypes", "all"));
    }
    driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
  }

  private static Deque<ChromeDriver> free(String language) {
    return FREE.computeIfAbsent(language, any -> new ArrayDeque<>());
  }

  private static ChromeDriver start(String language) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(onPath("chromium").toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A colour that is on its way to another is neither: what is looked at should rest.
        "--force-prefers-reduced-motion",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--window-size=1180,760",
        "--lang=" + language,
        "--accept-lang=" + language);
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(onPath("chromedriver").toFile())
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    LANGUAGES.put(driver, language);
    return driver;
  }

  private static Path onPath(String program) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      Path candidate = Path.of(folder, program);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        program + " is not installed: on Debian, apt-get install chromium chromium-driver");
  }
}
