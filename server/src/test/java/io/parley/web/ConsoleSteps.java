package io.parley.web;

import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// What somebody does in the admin console.
final class ConsoleSteps {
  private final Person who;
  private final String url;

  ConsoleSteps(Person who, String url) {
    this.who = who;
    this.url = url;
  }

  /// Opens the console and signs in there.
  void signIn(String password) {
    who.driver().get(url + "/admin");
    who.find("nickname").sendKeys(who.name());
    who.find("password").sendKeys(password);
    who.click("submit");
  }

  /// Opens the console in a session that is there already.
  void enter(String token) {
    if (!who.isAtTheForm("/admin")) {
      who.driver().get(url + "/admin");
    }
    who.showSession(token);
    awaitConsole();
  }

  void awaitConsole() {
    who.until("the console of " + who.name(), () -> who.textOf("operator").equals(who.name()));
  }

  /// Opens a page from the menu.
  void open(String page) {
    who.click("menu-" + page);
    who.until(
        "the page " + page,
        () ->
            "page"
                .equals(
                    who.all("[data-testid=menu-" + page + "]")
                        .getFirst()
                        .getDomAttribute("aria-current")));
  }

  /// Waits until the page that is open shows what it asked for.
  void awaitLoaded() {
    who.until(
        "the page loaded",
        () ->
            !who.all(".page").isEmpty()
                && who.all(".page [aria-busy=true], [data-testid=loading]").isEmpty());
  }

  /// Finds an account and opens it.
  void openAccount(String nickname) {
    open("accounts");
    awaitLoaded();
    who.find("account-search").sendKeys(Keys.chord(Keys.CONTROL, "a"), nickname);
    who.awaitClick(By.xpath("//*[@data-testid='account'][.//b[contains(., '@" + nickname + "')]]"));
    who.until("the account " + nickname, () -> who.textOf("account-card").contains(nickname));
  }

  /// Answers the dialog, with a reason where `reason` is not empty.
  void confirm(String reason) {
    if (!reason.isEmpty()) {
      who.find("ask-reason").sendKeys(reason);
    }
    who.click("ask-ok");
  }

  /// The secret that the dialog shows; closes it.
  String takeSecret() {
    String secret = who.textOf("secret");
    who.click("ask-done");
    who.until("the secret gone", () -> who.all("[data-testid=secret]").isEmpty());
    return secret;
  }

  void awaitTold(String text) {
    who.until("\"" + text + "\"", () -> who.textOf("toast").equals(text));
  }

  /// Judges the post with that text.
  void judge(String text, String remark, boolean pass) {
    By post = By.xpath("//*[@data-testid='post'][contains(., '" + text + "')]");
    who.until("the post " + text, () -> !who.driver().findElements(post).isEmpty());
    WebElement card = who.driver().findElement(post);
    card.findElement(By.cssSelector("[data-testid=remark]")).sendKeys(remark);
    card.findElement(By.cssSelector("[data-testid=" + (pass ? "pass" : "fail") + "]")).click();
    who.until("the post gone", () -> who.driver().findElements(post).isEmpty());
  }

  /// The acts in the audit log, newest first.
  List<String> acts() {
    return who.read("[data-testid=entry]", "each.dataset.act");
  }
}
