package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.util.concurrent.ListenableFuture;
import io.parley.api.message.MessageServiceGrpc;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.message.SendUserTextMessageResponse;
import io.parley.api.message.TextMessage;
import io.parley.harness.GrpcPerson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver.Timeouts;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/// What a person does in a chat, beyond what [Person] can do anywhere.
record ChatSteps(Person person) {
  /// Records a second of a drawn canvas, and hands it to the page as a file that was picked.
  private static final String PICK_VIDEO =
      """
      const done = arguments[arguments.length - 1];
      const canvas = document.createElement('canvas');
      canvas.width = 320;
      canvas.height = 180;
      const paint = canvas.getContext('2d');
      let drawn = 0;
      const drawing = setInterval(() => {
        paint.fillStyle = `hsl(${drawn * 12} 60% 55%)`;
        paint.fillRect(0, 0, 320, 180);
        paint.fillStyle = '#fff';
        paint.fillRect(10 + drawn * 8, 70, 40, 40);
        drawn++;
      }, 40);
      const recorder = new MediaRecorder(canvas.captureStream(25), {mimeType: 'video/webm;codecs=vp8'});
      const parts = [];
      recorder.ondataavailable = ({data}) => parts.push(data);
      recorder.onstop = () => {
        clearInterval(drawing);
        const picked = new DataTransfer();
        picked.items.add(new File(parts, 'drawn.webm', {type: 'video/webm'}));
        const input = document.querySelector('[data-testid=file-video]');
        input.files = picked.files;
        input.dispatchEvent(new Event('change'));
        done(true);
      };
      recorder.start();
      setTimeout(() => recorder.stop(), 1000);
      """;

  /// Scrolls from the end to the start and back in steps of most of a screen. Tells how many rows
  /// were in the page at most, the most time that one step's scripts, styles and layout took, and
  /// whether rows were in order throughout.
  /// Scrolls up until a seq is shown, or down by so many steps if none is named.
  private static final String SCROLL =
      """
      const [until, down, done] = arguments;
      const list = document.querySelector('[data-testid=messages]');
      const seqs = () => [...list.querySelectorAll('[data-seq]')].map(each => Number(each.dataset.seq));
      const frame = () => new Promise(requestAnimationFrame);
      const rested = () => new Promise(resolve => setTimeout(resolve, 20));
      const took = [];
      let rows = 0;
      let ordered = true;
      async function step(by) {
        const before = performance.now();
        list.scrollTop += by;
        list.dispatchEvent(new Event('scroll'));
        await document.querySelector('message-list').updateComplete;
        list.getBoundingClientRect();
        took.push(performance.now() - before);
        const now = seqs();
        rows = Math.max(rows, list.querySelectorAll('.chat-row').length);
        ordered &&= now.every((seq, i) => i === 0 || seq === now[i - 1] + 1);
        await frame();
      }
      const limit = performance.now() + 75000;
      (async () => {
        while (until && !(seqs()[0] <= until) && performance.now() < limit) {
          const before = list.scrollTop;
          await step(-2500);
          if (before < 2500) await rested();
        }
        for (let steps = 0; steps < down; steps++) await step(500);
        took.sort((a, b) => a - b);
        done([rows, took[Math.floor(took.length / 2)], took.length, seqs()[0], ordered]);
      })();
      """;

  /// What scrolling so far cost.
  ///
  /// @param cpuMs processor time of the page's main thread for one step, on average, with what
  ///     loading pages takes
  /// @param medianMs of the wall's clock, which shows what else the machine does
  record Frames(
      long rowsMax, double cpuMs, double medianMs, long steps, long firstSeq, boolean ordered) {}

  ChromeDriver driver() {
    return person.driver();
  }

  void pick(String testId, List<Path> files) {
    String names =
        String.join("\n", files.stream().map(each -> each.toAbsolutePath().toString()).toList());
    driver().findElement(By.cssSelector("[data-testid=" + testId + "]")).sendKeys(names);
  }

  void sendOffered() {
    person.click("send-files");
  }

  void pickVideo() {
    driver().executeAsyncScript(PICK_VIDEO);
  }

  /// Says a word into the microphone, which the browser makes up.
  void sendVoice(int seconds) {
    person.click("record");
    person.until(
        seconds + " s recorded",
        () ->
            Integer.parseInt(
                    String.valueOf(person.find("recorder").getDomAttribute("data-seconds")))
                >= seconds);
    assertEquals(List.of(), person.barriers());
    person.click("record-send");
  }

  void sendSticker(String name) {
    person.click("faces");
    person.click("faces-stickers");
    assertEquals(List.of(), person.barriers());
    click("[data-testid=sticker][data-sticker=" + name + "]");
  }

  void sendPlace(String lat, String lng, String name) {
    person.click("attach");
    person.click("attach-location");
    person.find("place-lat").sendKeys(lat);
    person.find("place-lng").sendKeys(lng);
    person.find("place-name").sendKeys(name);
    assertEquals(List.of(), person.barriers());
    person.click("place-send");
  }

  /// Chooses from the menu of a message.
  void choose(long seq, String what) {
    click(message(seq) + " [data-testid=message-menu]");
    person.click(what);
  }

  void reply(long seq, String text) {
    choose(seq, "reply");
    person.find("about");
    person.say(text);
  }

  void edit(long seq, String text) {
    choose(seq, "edit");
    person.find("composer").sendKeys(Keys.chord(Keys.CONTROL, "a"), text, Keys.ENTER);
  }

  /// The first symbol of the quick row.
  void react(long seq) {
    choose(seq, "quick-reaction");
  }

  /// Chooses from the menu of the only, or the first, conversation.
  void arrange(String what) {
    WebElement row =
        driver().findElement(By.cssSelector(".conversation-place [data-testid=conversation]"));
    String key = String.valueOf(row.getDomAttribute("data-key"));
    arrange(key, what);
  }

  void arrange(String key, String what) {
    driver()
        .executeScript(
            "document.querySelector(`[data-key='${arguments[0]}'] +"
                + " [data-testid=conversation-menu]`).click()",
            key);
    person.click(what);
  }

  void search(String keyword) {
    WebElement field = person.find("list-search");
    field.clear();
    field.sendKeys(keyword);
  }

  /// Opens the first message that was found, and waits until the chat shows it.
  void openFound() {
    WebElement found = person.find("found-message");
    String seq = String.valueOf(found.getDomAttribute("data-seq-found"));
    person.click("found-message");
    await("message " + seq + " on screen", message(Long.parseLong(seq)));
    person.until("message " + seq + " in sight", () -> inSight(Long.parseLong(seq)));
  }

  boolean inSight(long seq) {
    return Boolean.TRUE.equals(
        driver()
            .executeScript(
                """
                const row = document.querySelector(arguments[0]).getBoundingClientRect();
                const list = document.querySelector('[data-testid=messages]').getBoundingClientRect();
                return row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
                """,
                message(seq)));
  }

  /// Scrolls up until a message is among those shown.
  Frames scrollUpTo(long seq) {
    return scroll(seq, 0);
  }

  Frames scrollDown(int steps) {
    return scroll(0, steps);
  }

  private Frames scroll(long until, int down) {
    driver().executeCdpCommand("Performance.enable", Map.of("timeDomain", "threadTicks"));
    double before = busySeconds();
    // Hundreds of frames; how soon each comes is the machine's affair.
    Timeouts timeouts = driver().manage().timeouts();
    Duration usual = timeouts.getScriptTimeout();
    timeouts.scriptTimeout(Duration.ofMinutes(2));
    List<?> told =
        (List<?>) Objects.requireNonNull(driver().executeAsyncScript(SCROLL, until, down));
    timeouts.scriptTimeout(usual);
    long steps = number(told, 2).longValue();
    double cpuMs = (busySeconds() - before) * 1000 / steps;
    driver().executeCdpCommand("Performance.disable", Map.of());
    return new Frames(
        number(told, 0).longValue(),
        cpuMs,
        number(told, 1).doubleValue(),
        steps,
        number(told, 3).longValue(),
        Boolean.TRUE.equals(told.get(4)));
  }

  /// Processor time that the page's main thread has spent.
  private double busySeconds() {
    Object metrics = driver().executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics");
    return ((List<?>) Objects.requireNonNull(metrics))
        .stream()
            .map(each -> (Map<?, ?>) each)
            .filter(each -> "TaskDuration".equals(each.get("name")))
            .mapToDouble(each -> ((Number) Objects.requireNonNull(each.get("value"))).doubleValue())
            .sum();
  }

  private static Number number(List<?> told, int at) {
    return (Number) told.get(at);
  }

  /// Sends so many texts to an account, `message 1`, `message 2` …, without waiting for each
  /// answer.
  static void fill(GrpcPerson from, long to, int count) {
    Semaphore flying = new Semaphore(256);
    for (int i = 1; i <= count; i++) {
      flying.acquireUninterruptibly();
      ListenableFuture<SendUserTextMessageResponse> sent =
          from.with(MessageServiceGrpc.newFutureStub(from.channel()))
              .sendUserTextMessage(
                  SendUserTextMessageRequest.newBuilder()
                      .setToUserId(to)
                      .setText(TextMessage.newBuilder().setContent("message " + i))
                      .build());
      sent.addListener(flying::release, Runnable::run);
    }
    flying.acquireUninterruptibly(256);
  }

  /// Makes a group with somebody else, a stranger, who accepts the invitation; gives its key.
  String makeGroup(String name, Person other) {
    person.click("new-chat");
    person.click("tab-group");
    person.find("group-name").sendKeys(name);
    person.click("create-group");
    person.until("the group", () -> person.textOf("chat-name").equals(name));
    person.click("invite");
    person.find("user-search").sendKeys(other.name());
    person.awaitClick(
        By.xpath("//*[@data-testid='user-result'][contains(., '" + other.name() + "')]"));
    await("somebody invited", "[data-testid=brought]");
    person.find("user-search").sendKeys(Keys.ESCAPE);
    String key = String.valueOf(person.find("chat").getDomAttribute("data-key"));
    other.acceptInvitation(key.substring("group:".length()));
    return key;
  }

  /// Opens the chat with this key.
  void openKey(String key) {
    click("[data-key='" + key + "']");
    await("the chat", "[data-testid=chat][data-key='" + key + "']");
  }

  /// Sends a text to a group from another program of this person's.
  void text(String groupKey, String text) {
    var unused =
        person
            .account()
            .messages()
            .sendGroupTextMessage(
                SendGroupTextMessageRequest.newBuilder()
                    .setToGroupId(Long.parseLong(groupKey.substring("group:".length())))
                    .setText(TextMessage.newBuilder().setContent(text))
                    .build());
  }

  String textIn(String selector) {
    return driver().findElement(By.cssSelector(selector)).getText();
  }

  /// Waits until the browser has kept everything that the page was made of, and gives it.
  void awaitShellKept() {
    String missing =
        """
        const done = arguments[arguments.length - 1];
        const used = performance.getEntriesByType('resource').map(each => each.name);
        const ours = [location.origin + '/', ...used].filter(each =>
          /^\\/((app|style|asset|webjars|packed)\\/.*)?$/.test(new URL(each).pathname));
        caches.open('parley-client')
          .then(cache => Promise.all(ours.map(each => cache.match(each))))
          .then(found => done(ours.filter((each, i) => !found[i]).length
            + (navigator.serviceWorker.controller ? 0 : 1)));
        """;
    person.until(
        "the client kept",
        () -> driver().executeAsyncScript(missing) instanceof Long count && count == 0);
  }

  /// The names of the databases that the browser has for this origin.
  List<String> keptDatabases() {
    Object names =
        driver()
            .executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                setTimeout(() => indexedDB.databases().then(all => done(all.map(each => each.name))), 300);
                """);
    return names instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
  }

  void await(String what, String selector) {
    person.until(what, () -> !person.all(selector).isEmpty());
  }

  void awaitGone(String what, String selector) {
    person.until("no " + what, () -> person.all(selector).isEmpty());
  }

  /// Waits until the kinds of the messages in the page are these, all of them stored.
  void awaitKinds(List<String> kinds) {
    person.until(
        "the kinds " + kinds,
        () ->
            person.read("[data-testid=message][data-seq]", "each.dataset.kind").equals(kinds)
                && person.all("[data-state=sending], [data-state=failed]").isEmpty());
  }

  void click(String selector) {
    person.awaitClick(By.cssSelector(selector));
  }

  static String message(long seq) {
    return "[data-seq='" + seq + "']";
  }
}
