package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.api.feed.FeedCreateRequest;
import io.parley.api.report.ReportKind;
import io.parley.api.report.ReportRequest;
import io.parley.base.Clock;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The admin console in a real browser, next to the people whom it concerns.
class AdminBrowserTest {
  private static final List<String> PAGES =
      List.of(
          "overview",
          "servers",
          "accounts",
          "groups",
          "review",
          "reports",
          "programs",
          "limits",
          "audit",
          "exports");
  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir private static Path folder;
  private static final MovedClock CLOCK = new MovedClock();
  private static TestServer server;
  private Person root;
  private ConsoleSteps console;
  private GrpcPerson lei;
  private String leisName;

  @BeforeAll
  static void startServer() {
    server = TestServer.start(folder, Map.of("feed.review", "manual"), CLOCK);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  /// A new admin at the console for each test, and somebody whom it concerns.
  @BeforeEach
  void signIn() {
    int test = COUNT.incrementAndGet();
    String name = "Rita-" + test + "x";
    GrpcPerson account = GrpcPerson.register(server, name, Person.PASSWORD);
    assertEquals(0, TestServer.command(folder, "account", "grant", name, "admin"));
    leisName = "Lei-" + test + "x";
    lei = GrpcPerson.register(server, leisName);
    root = Person.sitDown(name, server.url(), "en");
    console = new ConsoleSteps(root, server.url());
    console.enter(account.token());
    account.close();
  }

  @AfterEach
  void signOut() {
    lei.close();
    root.close();
  }

  private static void post(GrpcPerson who, String text) {
    who.feeds().feedCreate(FeedCreateRequest.newBuilder().setContent(text).build());
  }

  /// Lei reports a new account.
  private void reportSomebody() {
    try (GrpcPerson kim = GrpcPerson.register(server, "Kim-" + leisName)) {
      lei.reports()
          .report(
              ReportRequest.newBuilder()
                  .setKind(ReportKind.REPORT_ACCOUNT)
                  .setTargetId(kim.id())
                  .setReason("spams everybody")
                  .build());
    }
  }

  @Test
  void overview_showsFiguresThatMove() throws IOException {
    root.find("charts");
    String first = samplesAt();
    root.until("the next figures", () -> !samplesAt().equals(first));
    root.until(
        "a sample kept",
        () -> !root.read("[data-testid=charts]", "each.dataset.samples").equals(List.of("0")));
    assertTrue(root.textOf("totals").contains("Accounts"));
    assertEquals(List.of(), root.barriers());
    root.screenshot("admin-overview-light");
    root.prefer("dark");
    assertEquals(List.of(), root.barriers());
    root.screenshot("admin-overview-dark");
    root.prefer("light");
    assertEquals(List.of(), root.complaints());
  }

  @Test
  void servers_areShownAsTheyAre_theDeadAndTheOutOfDateMarked() throws IOException {
    console.open("servers");
    root.until("itself", () -> states().equals(List.of("alive")));
    root.until("its figures", () -> root.textOf("server").contains("%"));
    assertTrue(root.textOf("totals").contains("1 of 1"), root.textOf("totals"));
    // As several would answer; each has told less than the one before.
    root.driver()
        .executeScript(
            """
            const page = document.querySelector('servers-page');
            const [one] = page.seen;
            const { address, version, started_at, heard_at } = one;
            page.refresh = () => {};
            page.seen = [
              one,
              { ...one, number: 1, current: false, messages: 12.25, sockets: '48211' },
              { number: 2, address, version, started_at, heard_at, silent_ms: '190000', alive: false },
            ];
            """);
    root.until("all three", () -> states().equals(List.of("alive", "behind", "dead")));
    List<String> texts = root.read("[data-testid=server]", "each.innerText");
    assertTrue(texts.get(1).contains("Not current"), texts.get(1));
    assertTrue(texts.get(2).contains("Dead"), texts.get(2));
    assertTrue(texts.get(2).contains("silent for 3 minutes"), texts.get(2));
    assertTrue(texts.get(2).contains("unknown"), texts.get(2));
    assertTrue(root.textOf("totals").contains("2 of 3"), root.textOf("totals"));
    assertEquals(List.of(), root.barriers());
    Looks.shoot(root, "admin-servers");
    root.prefer("dark");
    assertEquals(List.of(), root.barriers());
    root.prefer("light");
    root.look(390, 844);
    assertEquals(List.of("true"), root.read("html", "String(each.scrollWidth <= 390)"));
    assertEquals(List.of(), root.barriers());
    root.look(1180, 760);
    root.click("language");
    root.until("Chinese", () -> root.textOf("server").contains("正常"));
    root.screenshot("admin-servers-zh");
    assertEquals(List.of(), root.complaints());
  }

  private List<String> states() {
    return root.read("[data-testid=server]", "each.dataset.state");
  }

  private String samplesAt() {
    return root.read("[data-testid=charts]", "each.dataset.at").getFirst();
  }

  @Test
  void disabledAccount_isSignedOutLive_andEnabledAgain() throws IOException {
    try (Person mira = Person.arrive("Mira", server, server.url(), "en")) {
      console.openAccount("Mira");
      assertEquals(List.of(), root.barriers());
      root.screenshot("admin-account");
      root.click("disable");
      root.find("ask-reason").sendKeys("spams everybody");
      root.screenshot("admin-ask");
      assertEquals(List.of(), root.barriers());
      long before = System.nanoTime();
      root.click("ask-ok");
      mira.until("signed out", () -> !mira.all("[data-testid=login-form]").isEmpty());
      Duration took = Duration.ofNanos(System.nanoTime() - before);
      assertTrue(took.toMillis() < 1000, "signed out live after " + took);
      console.awaitTold("Mira is disabled.");
      root.until(
          "the mark",
          () -> "true".equals(root.find("account-card").getDomAttribute("data-disabled")));
      assertEquals(List.of(), mira.complaints());
    }
    root.click("enable");
    console.confirm("");
    console.awaitTold("Mira may sign in again.");
    awaitAudited("account.enable", "account.disable");
  }

  @Test
  void password_isReset_andShownOnce() {
    console.openAccount(leisName);
    root.click("reset-password");
    console.confirm("forgotten");
    String password = console.takeSecret();
    try (GrpcPerson again = GrpcPerson.login(server, leisName, password)) {
      assertFalse(again.token().isEmpty());
    }
    awaitAudited("account.reset_password");
  }

  @Test
  void rights_areGiven() {
    console.openAccount(leisName);
    root.click("right-mail");
    root.click("save-rights");
    console.confirm("");
    console.awaitTold("The rights of " + leisName + " are changed.");
    awaitAudited("account.set_rights");
  }

  @Test
  void posts_areJudged_eachWithARemarkOfItsOwn() throws IOException {
    post(lei, "a fine post");
    post(lei, "a rude post");
    console.open("review");
    root.find("post");
    root.screenshot("admin-review");
    assertEquals(List.of(), root.barriers());
    console.judge("a fine post", "welcome", true);
    console.judge("a rude post", "too rude", false);
    awaitAudited("feed.fail", "feed.pass");
    assertEquals(
        List.of("too rude · 127.0.0.1"),
        root.read("[data-act='feed.fail'] small", "each.innerText"));
  }

  @Test
  void report_isResolved() throws IOException {
    reportSomebody();
    console.open("reports");
    root.find("report");
    root.screenshot("admin-reports");
    root.click("resolve");
    console.confirm("warned");
    root.until("no report left", () -> root.all("[data-testid=report]").isEmpty());
    awaitAudited("report.resolve");
  }

  @Test
  void programs_getTheirSecretsOnce_andLoseThem() throws IOException {
    console.open("programs");
    root.find("token-name").sendKeys("gw-1");
    root.click("token-right-gateway");
    root.click("create-token");
    assertTrue(console.takeSecret().matches("[0-9a-f]{64}"));
    root.find("app-id").sendKeys("shop");
    root.click("add-app");
    assertTrue(console.takeSecret().matches("[0-9a-f]{48}"));
    root.find("app");
    root.screenshot("admin-programs");
    root.click("revoke");
    console.confirm("");
    console.awaitTold("gw-1 is revoked.");
    awaitAudited("token.revoke", "app.add", "token.create");
    root.screenshot("admin-audit");
    root.find("audit-act").sendKeys("Tok");
    root.click("audit-apply");
    root.until("tokens only", () -> console.acts().equals(List.of("token.revoke", "token.create")));
    assertEquals(List.of(), root.complaints());
  }

  /// Waits until the audit log names these acts; nothing may have gone wrong until then.
  private void awaitAudited(String... acts) {
    console.open("audit");
    root.until("the acts " + List.of(acts), () -> console.acts().containsAll(List.of(acts)));
    assertEquals(List.of(), root.complaints());
  }

  @Test
  void everyPage_isOpenToAll() throws IOException {
    for (String page : PAGES) {
      console.open(page);
      console.awaitLoaded();
      assertEquals(List.of(), root.barriers(), page);
      root.screenshot("admin-page-" + page);
    }
    assertEquals(List.of(), root.complaints());
  }

  @Test
  void console_holdsOneConnection_andExportsTheAuditLog() {
    console.open("overview");
    console.awaitLoaded();
    // The one of the test before may be in the figures still.
    root.until("one connection", () -> root.textOf("now-sockets").equals("1"));
    console.open("exports");
    root.click("export-audit");
    console.awaitTold("Audit log: downloaded.");
    assertEquals(List.of(), root.complaints());
  }

  @Test
  void people_areShownWithTheirHandles() {
    console.open("accounts");
    root.find("account-search").sendKeys(leisName);
    root.until("the handle", () -> root.textOf("account").contains("@" + leisName));
    console.openAccount(leisName);
    assertTrue(root.textOf("account-card").contains("@" + leisName));
    reportSomebody();
    console.open("reports");
    root.until("the reporter", () -> root.textOf("report").contains("(@" + leisName + ")"));
    root.click("resolve");
    console.confirm("");
    root.until("no report left", () -> root.all("[data-testid=report]").isEmpty());
    console.open("audit");
    root.until("who did it", () -> root.textOf("entry").contains("(@" + root.name() + ")"));
    assertEquals(List.of(), root.complaints());
  }

  @Test
  void longList_isReadOn_whenItsEndComesIntoSight() {
    for (int i = 0; i < 40; i++) {
      GrpcPerson.register(server, "Crowd-" + i).close();
    }
    console.open("accounts");
    root.find("account-search").sendKeys("Crowd-");
    root.until("the first part", () -> root.textOf("account").contains("Crowd-"));
    root.until(
        "all 40",
        () -> {
          root.driver().executeScript("scrollTo(0, document.documentElement.scrollHeight)");
          return root.all("[data-testid=account]").size() == 40;
        });
    assertEquals(List.of(), root.complaints());
  }

  @Test
  void console_fitsAPhone_andSpeaksChinese() throws IOException {
    root.look(390, 844);
    for (String page : List.of("overview", "servers", "accounts", "programs", "limits", "audit")) {
      console.open(page);
      console.awaitLoaded();
      assertEquals(List.of("true"), root.read("html", "String(each.scrollWidth <= 390)"), page);
      root.screenshot("admin-phone-" + page);
    }
    root.click("language");
    root.until("Chinese", () -> root.pageLanguage().equals("zh-CN"));
    console.open("overview");
    root.find("charts");
    root.screenshot("admin-phone-zh");
    root.look(1180, 760);
    console.open("audit");
    console.awaitLoaded();
    root.screenshot("admin-audit-zh");
    assertEquals(List.of(), root.barriers());
    assertEquals(List.of(), root.complaints());
  }

  /// The machine's time, and how much later a test says it is.
  private static final class MovedClock implements Clock {
    private final AtomicLong laterMs = new AtomicLong();

    void pass(Duration time) {
      laterMs.addAndGet(time.toMillis());
    }

    @Override
    public long millis() {
      return SYSTEM.millis() + laterMs.get();
    }

    @Override
    public long nanos() {
      return SYSTEM.nanos() + laterMs.get() * 1_000_000;
    }

    @Override
    public void sleep(Duration duration) {
      SYSTEM.sleep(duration);
    }
  }

  @Test
  void dangerousAct_asksForThePassword_andLosesNothingThatWasTyped() throws IOException {
    CLOCK.pass(Duration.ofMinutes(16));
    console.openAccount(leisName);
    root.click("disable");
    console.confirm("spams everybody");
    root.find("ask-password").sendKeys("wrong one");
    root.screenshot("admin-confirm");
    assertEquals(List.of(), root.barriers());
    root.click("ask-ok");
    root.until("the refusal", () -> !root.textOf("ask-fault").isEmpty());
    root.find("ask-password").sendKeys(Person.PASSWORD);
    root.click("ask-ok");
    console.awaitTold(leisName + " is disabled.");
    console.open("audit");
    root.until(
        "the reason",
        () ->
            root.read("[data-act='account.disable'] small", "each.innerText").stream()
                .anyMatch(text -> text.contains("spams everybody")));
    root.complaints(); // The browser itself complains of the password.
  }

  @Test
  void dangerousDownload_asksForThePassword_andMayBeCalledOff() {
    CLOCK.pass(Duration.ofMinutes(16));
    console.open("exports");
    root.click("export-audit");
    root.find("ask-password");
    root.click("ask-cancel");
    root.until("called off", () -> root.textOf("fault").contains("password again"));
    root.click("export-audit");
    root.find("ask-password").sendKeys(Person.PASSWORD);
    root.click("ask-ok");
    console.awaitTold("Audit log: downloaded.");
    root.complaints(); // The browser itself complains of the 400 of an export.
  }

  @Test
  void adminRight_endsAfterAWhile_untilTheNextSignIn() {
    CLOCK.pass(Duration.ofHours(13));
    root.click("menu-limits");
    root.until("the end", () -> root.textOf("not-admin").contains("It has been a while"));
    assertEquals(List.of(), root.barriers());
    root.click("sign-out");
    console.signIn(Person.PASSWORD);
    console.awaitConsole();
    assertEquals(List.of(), root.complaints());
  }

  @Test
  void nonAdmin_isToldAndShownNothing() throws IOException {
    try (Person mira = Person.arrive("Nobody", server, server.url(), "zh-CN")) {
      ConsoleSteps steps = new ConsoleSteps(mira, server.url());
      mira.driver().get(server.url() + "/admin");
      assertTrue(mira.textOf("not-admin").contains("该账号不是管理员"));
      assertEquals(List.of(), mira.barriers());
      mira.screenshot("admin-refused-zh");
      mira.click("sign-out");
      steps.signIn("wrong password");
      mira.until("the refusal", () -> mira.textOf("fault").equals("名称与密码不匹配。"));
      mira.complaints(); // The browser itself complains of the 401.
    }
  }
}
