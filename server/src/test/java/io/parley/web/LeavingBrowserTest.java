package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Somebody deletes the account, and who talked with them sees that it is gone.
class LeavingBrowserTest extends TwoPeople {
  @Test
  void account_isDeleted_andItsMessagesAreADeletedAccounts() throws IOException {
    mira.startChatWith(lei);
    mira.say("so long");
    lei.openChatWith(mira);
    lei.awaitText("so long");
    mira.visit("me/leave");
    mira.find("delete-account");
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "me-leave");
    mira.click("delete-account");
    mira.find("ask-password").sendKeys("wrong password");
    mira.click("ask-yes");
    mira.find("ask-fault");
    mira.find("ask-password").sendKeys(Person.PASSWORD);
    mira.click("ask-yes");
    mira.find("login-form");
    lei.reload();
    lei.until("the deleted account", () -> lei.textOf("chat-name").equals("已注销的账号"));
    lei.awaitText("so long");
    assertEquals("该账号已注销。", lei.textOf("chat-ended"));
    lei.screenshot("deleted-account");
    assertNoComplaints();
  }
}
