package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.InvalidElementStateException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NotFoundException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/// Somebody at a browser of their own: a headless Chromium that remembers nothing of them, driven
/// as
/// a person would drive it. What a step needs to see it waits for, at most `PATIENCE`.
final class Person implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(40);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  static final String PASSWORD = "correct horse 7";

  /// Whether the form is on screen in the page of that path of the server of that address.
  private static final String AT_THE_FORM =
      """
      return location.origin === arguments[0] && location.pathname === arguments[1]
        && document.querySelector('sign-in [data-testid=login-form]') !== null;
      """;

  private final String name;
  private final String url;
  private final ChromeDriver driver;
  private @Nullable GrpcPerson account;

  private Person(String name, String url, ChromeDriver driver) {
    this.name = name;
    this.url = url;
    this.driver = driver;
  }

  /// @param language what the browser asks pages for, such as `zh-CN`
  static Person sitDown(String name, String url, String language) {
    return new Person(name, url, Browsers.take(language));
  }

  /// Sits down and signs in with a new account, past the form.
  static Person arrive(String name, TestServer server, String url, String language) {
    Person person = sitDown(name, url, language);
    person.enter(GrpcPerson.register(server, name, PASSWORD));
    return person;
  }

  /// Signs in as `account`, which is closed with this; in the page that is open where that shows
  /// the form.
  void enter(GrpcPerson account) {
    this.account = account;
    if (!isAtTheForm("/")) {
      driver.get(url);
    }
    showSession(account.token());
    until("signed in as " + name, () -> textOf("me").equals(name));
  }

  /// Whether the page at `path` is open and shows the form.
  boolean isAtTheForm(String path) {
    return Boolean.TRUE.equals(driver.executeScript(AT_THE_FORM, url, path));
  }

  /// Gives the form that is on screen what it would have got for a name and a password.
  void showSession(String token) {
    find("login-form");
    driver.executeScript(
        "document.querySelector('sign-in')"
            + ".dispatchEvent(new CustomEvent('signed-in', {detail: arguments[0]}))",
        token);
  }

  String name() {
    return name;
  }

  /// The account of somebody who arrived, as a program of theirs would use it, in the same session.
  GrpcPerson account() {
    return Objects.requireNonNull(account, "did not arrive");
  }

  void register() {
    driver.get(url);
    click("register");
    fillIn();
  }

  void login() {
    driver.get(url);
    fillIn();
  }

  /// The same for somebody who is shown under another name than the one that logs in.
  void login(String shownName) {
    driver.get(url);
    fillIn(shownName);
  }

  void signOut() {
    click("sign-out");
    find("nickname");
  }

  void startChatWith(Person other) {
    click("new-chat");
    find("user-search").sendKeys(other.name);
    awaitClick(By.xpath("//*[@data-testid='user-result'][contains(., '" + other.name + "')]"));
    until("the chat with " + other.name, () -> textOf("chat-name").equals(other.name));
  }

  void openChatWith(Person other) {
    awaitClick(By.xpath("//*[@data-testid='conversation'][contains(., '" + other.name + "')]"));
    until("the chat with " + other.name, () -> textOf("chat-name").equals(other.name));
  }

  /// Accepts the invitation into a group, as another device of this person would.
  void acceptInvitation(String group) {
    Object status =
        driver.executeAsyncScript(
            """
            const [group, done] = arguments;
            const authorization = `Bearer ${localStorage.getItem('parley.token')}`;
            const headers = {'content-type': 'application/json', authorization};
            fetch(`/v1/me/invitations/${group}/accept`, {method: 'POST', headers, body: '{}'})
              .then(answer => done(answer.status));
            """,
            group);
    assertEquals(200L, status);
  }

  /// Goes to an address of the client that is open, such as `people/find`.
  void visit(String address) {
    driver.executeScript("location.hash = arguments[0]", address);
  }

  void backToList() {
    visit("");
    until("no chat open", () -> all("[data-testid=chat]").isEmpty());
  }

  void say(String text) {
    find("composer").sendKeys(text, Keys.ENTER);
  }

  void sendPicture(Path picture) {
    driver
        .findElement(By.cssSelector("[data-testid=file]"))
        .sendKeys(picture.toAbsolutePath().toString());
    click("send-files");
  }

  void reload() {
    driver.navigate().refresh();
  }

  void jumpToNewest() {
    click("jump");
  }

  /// Scrolls up again and again until the message `seq` is there.
  void scrollUpTo(long seq) {
    until(
        "message " + seq,
        () -> {
          driver.executeScript("document.querySelector('[data-testid=messages]').scrollTop = 0");
          return !all("[data-seq='" + seq + "']").isEmpty();
        });
  }

  /// Waits until the open chat shows exactly these texts as stored messages, in this order.
  void awaitTexts(List<String> texts) {
    until("the messages " + texts, () -> texts().equals(texts));
  }

  void awaitText(String text) {
    until("the message " + text, () -> texts().contains(text));
  }

  /// Waits until the open chat holds the messages 1 to `count`, each once, in order.
  void awaitSeqs(int count) {
    List<String> wanted = LongStream.rangeClosed(1, count).mapToObj(Long::toString).toList();
    until("the seqs 1 to " + count, () -> seqs().equals(wanted));
  }

  /// Waits until a picture of this width has been loaded and shown.
  void awaitPicture(int width) {
    until(
        "a picture of " + width + " pixels",
        () ->
            Boolean.TRUE.equals(
                driver.executeScript(
                    "return [...document.querySelectorAll('.picture img')].some(i => i.complete &&"
                        + " i.naturalWidth === arguments[0])",
                    width)));
  }

  void awaitUnread(Person from, int count) {
    String item = "//*[@data-testid='conversation'][contains(., '" + from.name + "')]";
    until(
        count + " unread from " + from.name,
        () -> {
          List<WebElement> badges =
              driver.findElements(By.xpath(item + "//*[@data-testid='unread']"));
          return count == 0
              ? badges.isEmpty() && !driver.findElements(By.xpath(item)).isEmpty()
              : !badges.isEmpty() && badges.getFirst().getText().equals(Integer.toString(count));
        });
    awaitTitle(count == 0 ? "Parley" : "(" + count + ") Parley");
  }

  void awaitTitle(String title) {
    until("the title " + title, () -> driver.getTitle().equals(title));
  }

  void awaitConnection(String state) {
    until(
        "connection " + state,
        () ->
            state.equals(all("[data-testid=connection]").getFirst().getDomAttribute("data-state")));
  }

  /// Waits until nothing that was sent is still on its way.
  void awaitAllSent() {
    until("everything sent", () -> all("[data-state=sending], [data-state=failed]").isEmpty());
  }

  void awaitRecalled(long seq) {
    until(
        "message " + seq + " recalled",
        () -> !all("[data-seq='" + seq + "'][data-state=recalled]").isEmpty());
  }

  void recall(long seq) {
    WebElement message = driver.findElement(By.cssSelector("[data-seq='" + seq + "']"));
    message.findElement(By.cssSelector("[data-testid=message-menu]")).click();
    click("recall");
  }

  void switchLanguage() {
    click("language");
  }

  String textOf(String testId) {
    return find(testId).getText();
  }

  String pageLanguage() {
    return String.valueOf(driver.executeScript("return document.documentElement.lang"));
  }

  /// What the browser complained about since the last call: script errors, refused resources,
  /// violations of the Content-Security-Policy.
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  void screenshot(String file) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(file + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /// What a page of this account breaks of the rules of accessibility, at least seriously; empty
  /// is clean.
  List<String> barriers() {
    return Accessibility.barriers(driver);
  }

  /// Shows pages at this width and height, in CSS pixels.
  void look(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 720));
  }

  /// Prefers `dark` or `light`.
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  ChromeDriver driver() {
    return driver;
  }

  @Override
  public void close() {
    if (account != null) {
      account.close();
    }
    Browsers.giveBack(driver);
  }

  /// Throws away everything that the browser remembers; the next page is its first.
  void forget() {
    Browsers.forget(driver);
  }

  private void fillIn() {
    fillIn(name);
  }

  private void fillIn(String shownName) {
    find("nickname").sendKeys(name);
    find("password").sendKeys(PASSWORD);
    click("submit");
    until("signed in as " + shownName, () -> textOf("me").equals(shownName));
  }

  List<String> texts() {
    return read("[data-testid=message][data-seq] .text", "each.innerText");
  }

  private List<String> seqs() {
    return read("[data-testid=message][data-seq]", "each.dataset.seq");
  }

  /// One call for the whole list: one for each element would be slow.
  List<String> read(String selector, String what) {
    String script = "return [...document.querySelectorAll(arguments[0])].map(each => " + what + ")";
    return driver.executeScript(script, selector) instanceof List<?> found
        ? found.stream().map(String::valueOf).toList()
        : List.of();
  }

  void click(String testId) {
    awaitClick(By.cssSelector("[data-testid=" + testId + "]"));
  }

  void awaitClick(By by) {
    until(
        by + " to click",
        () -> {
          driver.findElement(by).click();
          return true;
        });
  }

  WebElement find(String testId) {
    By by = By.cssSelector("[data-testid=" + testId + "]");
    until("something named " + testId, () -> !driver.findElements(by).isEmpty());
    return driver.findElement(by);
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /// Looks again and again; an element that is replaced, hidden or not there yet while one looks is
  /// no failure.
  void until(String what, BooleanSupplier seen) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!sees(seen)) {
      if (System.nanoTime() > deadline) {
        photograph();
        fail(name + " waited for " + what + "; the page says:\n" + pageText());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void photograph() {
    try {
      screenshot("failed-" + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean sees(BooleanSupplier seen) {
    try {
      return seen.getAsBoolean();
    } catch (NotFoundException | StaleElementReferenceException | InvalidElementStateException e) {
      return false;
    }
  }

  String pageText() {
    return driver.findElement(By.tagName("body")).getText();
  }
}
