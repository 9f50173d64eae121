package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.account.Authenticator;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the web client asks for between the password and the chats.
class SignInBrowserTest {
  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir private static Path folder;
  private static TestServer server;
  private Person rita;

  @BeforeAll
  static void startServer() {
    server = TestServer.start(folder, Map.of("security.totp_for_admins", "true"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void sitDown() {
    String name = "Rita-" + COUNT.incrementAndGet();
    GrpcPerson.register(server, name).close();
    rita = Person.sitDown(name, server.url(), "en");
  }

  @AfterEach
  void standUp() {
    rita.close();
  }

  private void signIn(String password) {
    rita.driver().get(server.url());
    rita.find("nickname").sendKeys(rita.name());
    rita.find("password").sendKeys(password);
    rita.click("submit");
  }

  @Test
  void passwordThatAnOperatorSet_isReplacedFirst() throws IOException {
    assertEquals(
        0, TestServer.command(folder, "account", "passwd", rita.name(), "--password", "given 42"));
    signIn("given 42");
    rita.find("choose-form");
    assertEquals(List.of(), rita.barriers());
    rita.screenshot("sign-in-choose");
    rita.click("language");
    rita.until("Chinese", () -> rita.pageLanguage().equals("zh-CN"));
    rita.screenshot("sign-in-choose-zh");
    rita.click("language");
    choose("chosen 42", "chosen 43");
    rita.until("the refusal", () -> rita.textOf("fault").equals("The two are not the same."));
    rita.find("chosen").clear();
    rita.find("repeated").clear();
    choose("chosen 42", "chosen 42");
    rita.find("new-chat");
    assertEquals(List.of(), rita.complaints());
    GrpcPerson.login(server, rita.name(), "chosen 42").close();
  }

  @Test
  void secondFactor_isSetUpByItsOwner_andAskedForAfterThePassword() throws IOException {
    signIn("secret1");
    rita.find("new-chat");
    rita.driver().get(server.url() + "/#me/totp");
    rita.click("begin-totp");
    String secret = rita.textOf("totp-secret").replace(" ", "");
    assertTrue(
        String.valueOf(rita.find("otpauth").getDomAttribute("href")).contains("secret=" + secret));
    assertEquals(List.of(), rita.barriers());
    rita.screenshot("me-totp-begin");
    rita.find("totp-code").sendKeys("000 001");
    rita.click("confirm-totp");
    rita.until("the refusal", () -> rita.textOf("totp-fault").contains("code"));
    rita.find("totp-code").clear();
    rita.find("totp-code").sendKeys(Authenticator.code(secret, System.currentTimeMillis()));
    rita.click("confirm-totp");
    rita.until("the codes", () -> !rita.all("[data-testid=recovery-codes] li").isEmpty());
    List<String> codes = rita.read("[data-testid=recovery-codes] li", "each.innerText");
    assertEquals(10, codes.size());
    assertEquals(List.of(), rita.barriers());
    rita.screenshot("me-totp-codes");
    rita.click("codes-kept");
    assertTrue(rita.textOf("codes-left").contains("10"));
    rita.signOut();
    signIn("secret1");
    rita.find("code").sendKeys("000001");
    rita.click("submit-code");
    rita.until("the refusal", () -> rita.textOf("fault").startsWith("That code is wrong"));
    assertEquals(List.of(), rita.barriers());
    rita.screenshot("sign-in-code");
    rita.find("code").clear();
    rita.find("code").sendKeys(codes.getFirst());
    rita.click("submit-code");
    rita.find("new-chat");
    rita.driver().get(server.url() + "/#me/totp");
    rita.until("one less", () -> rita.textOf("codes-left").contains("9"));
    rita.click("disable-totp");
    rita.find("ask-answer").sendKeys(codes.get(1));
    rita.click("ask-yes");
    rita.find("begin-totp");
    rita.signOut();
    signIn("secret1");
    rita.find("new-chat");
    rita.complaints(); // The browser itself complains of the 400 and the 401 of the login.
  }

  /// The first module is there, what comes after the form is not yet.
  @Test
  void partThatCannotBeFetched_isAskedForAgain_andSigningOutEndsThat() {
    rita.driver().executeCdpCommand("Network.enable", Map.of());
    rita.driver()
        .executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("*/desk.js*")));
    signIn("secret1");
    rita.find("starting");
    rita.click("sign-out");
    rita.find("login-form");
    signIn("secret1");
    rita.find("starting");
    rita.driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of()));
    rita.find("new-chat");
    rita.complaints(); // The browser itself complains of what was not fetched.
  }

  @Test
  void sessionThatEnds_takesItsOpenDialogWithIt() {
    signIn("secret1");
    rita.find("new-chat");
    rita.driver()
        .executeScript(
            "const dialog = document.body.appendChild(document.createElement('dialog'));"
                + " dialog.showModal();");
    assertEquals(
        0, TestServer.command(folder, "account", "passwd", rita.name(), "--password", "given 42"));
    rita.find("login-form");
    rita.find("nickname").sendKeys("free");
    assertEquals(List.of(), rita.read("dialog[open]", "each.outerHTML"));
  }

  @Test
  void consoleThatWantsASecondFactor_leadsToIt() throws IOException {
    assertEquals(0, TestServer.command(folder, "account", "grant", rita.name(), "admin"));
    ConsoleSteps console = new ConsoleSteps(rita, server.url());
    console.signIn("secret1");
    assertTrue(rita.textOf("not-admin").contains("Two-step sign-in first"));
    assertEquals(List.of(), rita.barriers());
    rita.click("set-up-totp");
    rita.click("begin-totp");
    String secret = rita.textOf("totp-secret").replace(" ", "");
    rita.find("totp-code").sendKeys(Authenticator.code(secret, System.currentTimeMillis()));
    rita.click("confirm-totp");
    rita.click("codes-kept");
    rita.driver().get(server.url() + "/admin");
    console.awaitConsole();
  }

  private void choose(String password, String repeated) {
    rita.find("chosen").sendKeys(password);
    rita.find("repeated").sendKeys(repeated);
    rita.click("choose");
  }
}
