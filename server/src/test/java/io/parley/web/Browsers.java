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

/// Browsers to sit down at. Starting one takes seconds, so one that was given back is used again
/// after everything that it remembers has been thrown away.
final class Browsers {
  // Held here, because the logging framework forgets the level of a logger that nobody holds.
  private static final Logger DRIVER_LOG = Logger.getLogger("org.openqa.selenium");
  private static final Map<String, Deque<ChromeDriver>> FREE = new HashMap<>();
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
    return free != null ? free : start(language);
  }

  /// Forgets what was seen in it; one that cannot forget is closed.
  static synchronized void giveBack(ChromeDriver driver) {
    String language = LANGUAGES.getOrDefault(driver, "");
    try {
      String origin = String.valueOf(driver.executeScript("return location.origin"));
      driver.get("about:blank");
      if (origin.startsWith("http")) {
        driver.executeCdpCommand(
            "Storage.clearDataForOrigin", Map.of("origin", origin, "storageTypes", "all"));
      }
      driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
      driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
      driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of());
      driver.executeCdpCommand("Browser.resetPermissions", Map.of());
      driver.manage().logs().get(LogType.BROWSER);
      free(language).add(driver);
    } catch (WebDriverException e) {
      LANGUAGES.remove(driver);
      driver.quit();
    }
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
