package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The chat without a mouse, and what is told to those who do not see it.
class KeyboardBrowserTest extends TwoPeople {
  @Test
  void messages_areOneStop_whichArrowsGoThrough_andTheirMenusAreNamed() throws IOException {
    mira.startChatWith(lei);
    for (int i = 1; i <= 3; i++) {
      mira.say("message " + i);
    }
    mira.awaitSeqs(3);
    mira.awaitAllSent();
    assertEquals(List.of("3"), tabStops());
    mira.find("composer").sendKeys(Keys.chord(Keys.SHIFT, Keys.F6));
    assertEquals("3", focused("dataset.seq"));
    press(Keys.ARROW_UP);
    press(Keys.ARROW_UP);
    assertEquals("1", focused("dataset.seq"));
    assertEquals(List.of("1"), tabStops());
    assertTrue(focused("ariaLabel").startsWith("You: message 1"), focused("ariaLabel"));
    press(Keys.ENTER);
    mira.find("reply");
    assertEquals(
        List.of("Menu of the message “message 1”"),
        mira.read(".popup [role=menu]", "each.ariaLabel"));
    press(Keys.ESCAPE);
    press(Keys.ESCAPE);
    assertEquals("1", focused("dataset.seq"));
    press(Keys.ARROW_DOWN);
    assertEquals("2", focused("dataset.seq"));
    press(Keys.F6);
    assertEquals("composer", focused("dataset.testid"));
    press(Keys.F6);
    assertTrue(focused("className").contains("rail-link"), focused("className"));
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "keyboard");
    assertNoComplaints();
  }

  @Test
  void words_runInTheirOwnDirection_inBlocksAndQuotes() {
    mira.startChatWith(lei);
    mira.say("שלום, hello");
    mira.awaitAllSent();
    new ChatSteps(mira).reply(1, "hello");
    mira.awaitAllSent();
    mira.find("composer").sendKeys("> שלום", Keys.chord(Keys.SHIFT, Keys.ENTER), "hello");
    mira.find("composer").sendKeys(Keys.ENTER);
    mira.awaitSeqs(3);
    assertEquals(
        List.of("rtl", "rtl", "ltr", "rtl", "ltr"),
        mira.read(
            ".quote span[dir], .text:not(.blocks), .text.blocks > [dir]",
            "getComputedStyle(each).direction"));
    assertNoComplaints();
  }

  @Test
  void phone_hasOneMainPart_andAHeading() {
    mira.startChatWith(lei);
    mira.say("hello");
    lei.look(390, 844);
    lei.awaitUnread(mira, 1);
    assertEquals(1, shown(lei, "main, [role=main]"));
    assertEquals(1, shown(lei, "h1"));
    lei.openChatWith(mira);
    assertEquals(1, shown(lei, "main, [role=main]"));
    assertEquals(1, shown(lei, "h1"));
    assertEquals(List.of(mira.name()), lei.read("article .for-screen-reader", "each.textContent"));
    assertEquals(List.of(), lei.barriers());
    assertNoComplaints();
  }

  @Test
  void accountThatIsNotThere_isSaidToBe() throws IOException {
    mira.visit("user:7");
    mira.until("nobody", () -> mira.textOf("nobody").contains("There is no account"));
    assertEquals("No such chat", mira.textOf("chat-name"));
    assertEquals(List.of(), mira.all("[data-testid=composer]"));
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "nobody");
    assertNoComplaints();
  }

  @Test
  void pictureThatIsVeryTall_isCroppedInTheChat() throws IOException {
    mira.startChatWith(lei);
    mira.sendPicture(Pictures.shaded(folder, 60, 2400, 1));
    mira.awaitPicture(60);
    mira.awaitAllSent();
    mira.until(
        "it cropped",
        () ->
            mira.read(".picture img", "`${each.offsetWidth} ${each.offsetHeight}`")
                .equals(List.of("60 360")));
    mira.screenshot("tall");
    assertNoComplaints();
  }

  @Test
  void chatIsJumpedTo_theLastMessageEdited_andTheKeysAreTold() throws IOException {
    mira.startChatWith(lei);
    mira.say("frist");
    mira.awaitAllSent();
    mira.find("composer").sendKeys(Keys.ARROW_UP);
    mira.until("an edit", () -> mira.all(".composer [data-mode=edit]").size() == 1);
    mira.find("composer").sendKeys(Keys.chord(Keys.CONTROL, "a"), "first", Keys.ENTER);
    mira.awaitText("first");
    mira.visit("");
    mira.find("new-chat").sendKeys(Keys.chord(Keys.CONTROL, "k"));
    assertEquals("list-search", focused("dataset.testid"));
    press(lei.name());
    mira.find("found-conversation");
    press(Keys.ENTER);
    mira.until("the chat", () -> mira.textOf("chat-name").equals(lei.name()));
    mira.find("composer").sendKeys("?");
    assertEquals(List.of(), mira.all("[data-testid=shortcuts]"));
    mira.find("new-chat").sendKeys("?");
    mira.find("shortcuts");
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "shortcuts");
    assertNoComplaints();
  }

  private void press(CharSequence key) {
    mira.driver().switchTo().activeElement().sendKeys(key);
  }

  private String focused(String what) {
    return String.valueOf(mira.driver().executeScript("return document.activeElement." + what));
  }

  /// The seqs of the messages at which the Tab key stops.
  private List<String> tabStops() {
    return mira.read("article[tabindex='0']", "each.dataset.seq");
  }

  private static long shown(Person person, String selector) {
    return person.all(selector).stream().filter(each -> each.isDisplayed()).count();
  }
}
