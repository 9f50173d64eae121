package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// What people do with their own account, in a real browser.
class AccountBrowserTest extends TwoAcquaintances {
  @Test
  void profile_isChanged_andSeenByOthers() throws IOException {
    miras.visit("me/profile");
    miras.pickFile("own-picture", Pictures.shaded(folder, 500, 300, 4));
    miras.keys("crop-canvas", Keys.ARROW_LEFT, "+", "+");
    mira.screenshot("social-crop");
    assertEquals(List.of(), mira.barriers());
    mira.click("crop-yes");
    miras.awaitSeen("saved");
    mira.until("the picture", () -> !mira.all(".picture-field .avatar img").isEmpty());
    miras.type("own-nickname", "Mira of the hills");
    miras.type("own-extra", "I walk");
    mira.click("save-profile");
    miras.awaitText("own-name", "Mira of the hills");
    miras.checkLooks("me");
    leis.visit("people/find");
    leis.type("people-search", "of the hills");
    leis.awaitRow("found-person", "I walk");
    assertNoComplaints();
  }

  @Test
  void otherDevice_isSignedOut() throws IOException {
    try (Person second = Person.sitDown(mira.name(), server.url(), "zh-CN")) {
      second.login();
      miras.visit("me/devices");
      // The device of the account that arrived shares the session of its page.
      mira.until("both devices", () -> mira.all("[data-testid=device]").size() >= 2);
      mira.screenshot("social-devices");
      mira.click("end-session");
      second.find("login-form");
      assertEquals(List.of(), second.complaints());
    }
    assertNoComplaints();
  }

  @Test
  void colours_andLanguage_areChosen_andKept() {
    miras.visit("me/looks");
    mira.click("theme-dark");
    assertEquals("dark", miras.scheme());
    mira.reload();
    mira.until("the dark page again", () -> miras.scheme().equals("dark"));
    mira.click("theme-system");
    mira.click("language-zh-CN");
    assertEquals("zh-CN", mira.pageLanguage());
    assertNoComplaints();
  }

  @Test
  void password_isChanged() {
    miras.visit("me/password");
    miras.type("current-password", Person.PASSWORD);
    miras.type("new-password", "another horse 8");
    miras.type("repeat-password", "another horse 9");
    mira.click("set-password");
    miras.awaitText("password-fault", "The two are not the same.");
    miras.type("repeat-password", "another horse 8");
    mira.click("set-password");
    miras.awaitSeen("saved");
    GrpcPerson.login(server, mira.name(), "another horse 8").close();
    assertNoComplaints();
  }

  @Test
  void console_isOffered_toAdminsOnly() {
    miras.visit("me");
    miras.awaitSeen("sign-out");
    miras.awaitGone("admin-console");
    assertEquals(0, TestServer.command(data(), "account", "grant", mira.name(), "admin"));
    mira.reload();
    miras.awaitSeen("admin-console");
    mira.click("sign-out");
    mira.find("login-form");
    assertNoComplaints();
  }
}
