package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;

/// What a browser that knows nothing of the server has to do until the page answers. The figures go
/// to target/first-load.txt.
///
/// The machine may be busy with other tests, so what is judged is the processor time that the page
/// takes of the thread that it runs on, which nobody else adds to: on a machine of its own the page
/// answers when that is over.
class FirstLoadTest {
  private static final int BYTES_MAX = 130_000;
  private static final int REQUESTS_MAX = 12;

  /// A phone with a slow link: how long an answer takes at least, and how much comes in a second.
  private static final int LATENCY_MS = 400;

  private static final int BYTES_A_SECOND = 51_200;
  private static final double SLOW_LINK_MS_MAX = 2_500;

  /// What the page may take longer because others are at work on the machine.
  private static final double SLACK_MS = 1_500;

  /// Of all that the browser has fetched, as [#LOOK] counts; what it had already is no request.
  private static final String FETCHED =
      """
      const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
      return {bytes: all.reduce((sum, each) => sum + each.transferSize, 0),
        requests: all.filter(each => each.transferSize > 0).length,
        names: all.map(each => new URL(each.name).pathname),
        interactive: performance.getEntriesByName('interactive')[0].startTime};
      """;

  private static final double WORK_MS_MAX = 600;
  private static final int LOADS = 3;

  /// Bytes as they were sent, headers included; times in milliseconds from the start of the
  /// navigation.
  private static final String LOOK =
      """
      const done = arguments[arguments.length - 1];
      const seen = type => new Promise(resolve => {
        const entries = [];
        try {
          new PerformanceObserver(list => entries.push(...list.getEntries())).observe({ type, buffered: true });
        } catch { /* not known to this browser */ }
        setTimeout(() => resolve(entries), 300);
      });
      Promise.all(['largest-contentful-paint', 'layout-shift', 'longtask'].map(seen)).then(([paints, shifts, tasks]) => {
        const page = performance.getEntriesByType('navigation')[0];
        const files = performance.getEntriesByType('resource');
        const sum = (list, of) => list.reduce((all, each) => all + of(each), 0);
        done({
          bytes: page.transferSize + sum(files, each => each.transferSize),
          requests: files.length + 1,
          outside: files.map(each => each.name).filter(name => new URL(name).origin !== location.origin),
          interactive: performance.getEntriesByName('interactive')[0]?.startTime ?? Infinity,
          paint: paints.at(-1)?.startTime ?? 0,
          shift: sum(shifts, each => each.hadRecentInput ? 0 : each.value),
          blocked: sum(tasks, each => Math.max(0, each.duration - 50)),
        });
      });
      """;

  @TempDir private static Path folder;

  @Test
  void firstLoad_isSmall_fast_still_andOfThisServerOnly() throws IOException {
    try (ServerProcess server = ServerProcess.start(folder, PackedClientTest.PACKED)) {
      List<Map<?, ?>> loads = new ArrayList<>();
      for (int i = 0; i < LOADS; i++) {
        try (Person newcomer = Person.sitDown("newcomer", server.url(), "en")) {
          newcomer
              .driver()
              .executeCdpCommand("Performance.enable", Map.of("timeDomain", "threadTicks"));
          newcomer.driver().get(server.url());
          newcomer.find("nickname");
          Map<Object, Object> load =
              new HashMap<>((Map<?, ?>) newcomer.driver().executeAsyncScript(LOOK));
          load.put("work", workMs(newcomer.driver()));
          loads.add(load);
          assertEquals(List.of(), newcomer.complaints());
          newcomer.forget();
        }
      }
      StringBuilder figures = new StringBuilder();
      loads.forEach(load -> figures.append(load).append('\n'));
      Files.writeString(Path.of("target", "first-load.txt"), figures);
      Map<?, ?> first = loads.getFirst();
      assertEquals(List.of(), first.get("outside"));
      double bytes = number(first, "bytes");
      assertTrue(bytes > 10_000 && bytes < BYTES_MAX, () -> "bytes: " + bytes);
      double work = best(loads, "work");
      assertTrue(
          work > 10 && work < WORK_MS_MAX, () -> "interactive after " + work + " ms of work");
      double shift = best(loads, "shift");
      assertTrue(shift < 0.1, () -> "the layout shifts by " + shift);
    }
  }

  @Test
  void signInPage_overASlowPhoneLink_answersSoon_andAFirstChatIsSmall() throws IOException {
    try (ServerProcess server =
            ServerProcess.start(folder.resolve("slow"), PackedClientTest.PACKED);
        Person newcomer = Person.sitDown("Newcomer", server.url(), "en")) {
      ChromeDriver driver = newcomer.driver();
      driver.get(server.url());
      newcomer.find("nickname");
      newcomer.forget();
      driver.executeCdpCommand("Network.enable", Map.of());
      driver.executeCdpCommand(
          "Network.emulateNetworkConditions",
          Map.of(
              "offline", false,
              "latency", LATENCY_MS,
              "downloadThroughput", BYTES_A_SECOND,
              "uploadThroughput", BYTES_A_SECOND));
      try {
        newcomer.register();
        newcomer.find("new-chat");
        newcomer.until("the rest is there", () -> fetched(driver).toString().contains("rest.js"));
      } finally {
        driver.executeCdpCommand(
            "Network.emulateNetworkConditions",
            Map.of(
                "offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
      }
      Map<?, ?> fetched = fetched(driver);
      Files.writeString(Path.of("target", "slow-link.txt"), fetched + "\n");
      double bytes = number(fetched, "bytes");
      assertTrue(bytes > 50_000 && bytes < BYTES_MAX, () -> "bytes: " + fetched);
      assertTrue(number(fetched, "requests") <= REQUESTS_MAX, () -> "requests: " + fetched);
      double interactive = number(fetched, "interactive");
      assertTrue(
          interactive > 2 * LATENCY_MS && interactive < SLOW_LINK_MS_MAX + SLACK_MS,
          () -> "interactive: " + fetched);
      assertEquals(List.of(), newcomer.complaints());
      newcomer.forget();
    }
  }

  private static Map<?, ?> fetched(ChromeDriver driver) {
    return (Map<?, ?>) Objects.requireNonNull(driver.executeScript(FETCHED));
  }

  /// Of the page's thread since it was opened, milliseconds.
  private static double workMs(ChromeDriver driver) {
    Object metrics = driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics");
    for (Object each : (List<?>) Objects.requireNonNull(metrics)) {
      Map<?, ?> metric = (Map<?, ?>) each;
      if ("TaskDuration".equals(metric.get("name"))) {
        return 1000 * number(metric, "value");
      }
    }
    throw new AssertionError("the browser does not tell its time: " + metrics);
  }

  private static double best(List<Map<?, ?>> loads, String key) {
    return loads.stream().mapToDouble(load -> number(load, key)).min().orElseThrow();
  }

  private static double number(Map<?, ?> load, String key) {
    return load.get(key) instanceof Number number ? number.doubleValue() : Double.MAX_VALUE;
  }
}
