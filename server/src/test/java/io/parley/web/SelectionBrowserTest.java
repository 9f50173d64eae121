package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// What people do with messages that were said: select, copy, forward, take back, come back to, and
/// find again.
class SelectionBrowserTest extends TwoPeople {
  private static final String FOCUSED_SEQ =
      "return document.activeElement.closest('[data-seq]')?.dataset.seq ?? ''";

  private ChatSteps miras;

  @BeforeEach
  void takeSteps() {
    miras = new ChatSteps(mira);
  }

  @Test
  void messages_areSelected_andForwardedInOrder_andTheDraftStays() throws IOException {
    String group = groupOfBoth();
    mira.startChatWith(lei);
    mira.say("first");
    mira.sendPicture(Pictures.shaded(folder, 96, 64, 1));
    miras.awaitKinds(List.of("text", "image"));
    mira.click("composer");
    mira.say("third");
    miras.awaitKinds(List.of("text", "image", "text"));
    mira.find("composer").sendKeys("half a sentence");
    miras.choose(3, "select");
    miras.click("[data-seq='2'] .select-box");
    miras.click("[data-seq='1'] .select-cover");
    awaitCount(3);
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "selection");
    mira.click("select-forward");
    mira.find("forward-search").sendKeys("tea");
    miras.click("[data-testid=forward-to][data-key='" + group + "']");
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "forward");
    mira.click("forward-send");
    miras.awaitGone("bar", "selection-bar");
    assertEquals("half a sentence", mira.find("composer").getDomProperty("value"));
    mira.find("toast-link");
    mira.screenshot("forwarded");
    mira.click("toast-link");
    miras.await("the group", "[data-testid=chat][data-key='" + group + "']");
    miras.awaitKinds(List.of("text", "image", "text"));
    mira.awaitTexts(List.of("first", "third"));
    mira.awaitPicture(96);
    mira.click("chat-menu");
    mira.click("chat-shared");
    mira.find("shared-tile");
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "shared");
    mira.click("shared-files");
    mira.find("shared-none");
    mira.click("shared-pictures");
    mira.click("shared-tile");
    miras.awaitGone("dialog", ".shared-dialog");
    miras.await("the picture's message", ".chat-row.flash [data-kind=image]");
    ChatSteps leis = new ChatSteps(lei);
    leis.openKey(group);
    lei.awaitTexts(List.of("first", "third"));
    lei.awaitPicture(96);
    assertNoComplaints();
  }

  @Test
  void selection_isLeftByKeysAndBack_copiedAndTakenBack() {
    mira.startChatWith(lei);
    mira.say("one");
    mira.say("two");
    mira.awaitAllSent();
    miras.choose(1, "select");
    awaitCount(1);
    mira.until("the focus", () -> focused().equals("1"));
    press(Keys.ARROW_DOWN);
    press(Keys.ENTER);
    awaitCount(2);
    press(Keys.ESCAPE);
    miras.awaitGone("bar", "selection-bar");
    mira.until("the focus where it began", () -> focused().equals("1"));
    miras.choose(2, "select");
    awaitCount(1);
    mira.driver().navigate().back();
    miras.awaitGone("bar", "selection-bar");
    mira.find("chat");
    miras.choose(1, "select");
    mira.click("select-copy");
    mira.until("it said", () -> !mira.textOf("toast").isEmpty());
    miras.choose(1, "select");
    miras.click("[data-seq='2'] .select-cover");
    mira.click("select-recall");
    mira.click("ask-yes");
    mira.awaitRecalled(1);
    mira.awaitRecalled(2);
    miras.awaitGone("bar", "selection-bar");
    assertNoComplaints();
  }

  @Test
  void chat_isMarkedUnread_overAReload_untilItIsOpened() {
    mira.startChatWith(lei);
    mira.say("later");
    mira.awaitAllSent();
    miras.arrange("mark-unread");
    mira.find("marked");
    miras.awaitGone("chat", "[data-testid=chat]");
    mira.reload();
    mira.find("marked");
    assertEquals(List.of(), mira.barriers());
    mira.openChatWith(lei);
    miras.awaitGone("mark", "[data-testid=marked]");
    assertNoComplaints();
  }

  @Test
  void chat_isSearchedAlone_andADayOfItIsGoneTo() throws IOException {
    String group = groupOfBoth();
    miras.text(group, "tea elsewhere");
    ChatSteps.fill(mira.account(), lei.account().id(), 120);
    mira.openChatWith(lei);
    mira.say("tea here");
    mira.awaitAllSent();
    mira.look(390, 844);
    mira.click("chat-menu");
    mira.click("chat-search");
    mira.find("search-within");
    mira.find("list-search").sendKeys("tea");
    miras.await("what was found", "[data-testid=found-message]");
    assertEquals(1, mira.all("[data-testid=found-message]").size());
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "search-within");
    miras.openFound();
    mira.click("search-everywhere");
    mira.click("chat-menu");
    mira.screenshot("chat-menu-head");
    mira.click("chat-date");
    day(LocalDate.now(ZoneId.systemDefault()).minusDays(1));
    mira.screenshot("chat-date");
    mira.click("ask-yes");
    mira.until(
        "the first message since then",
        () -> !mira.all("[data-seq='1']").isEmpty() && miras.inSight(1));
    assertNoComplaints();
  }

  private void day(LocalDate day) {
    mira.find("ask-answer");
    mira.driver()
        .executeScript(
            "document.querySelector('[data-testid=ask-answer]').value = arguments[0]",
            day.toString());
  }

  private void press(Keys key) {
    mira.driver().switchTo().activeElement().sendKeys(key);
  }

  private String focused() {
    return String.valueOf(mira.driver().executeScript(FOCUSED_SEQ));
  }

  private void awaitCount(int count) {
    mira.until(
        count + " selected",
        () ->
            mira.textOf("select-count").startsWith(count + " ")
                && mira.all("[data-testid=select-box]:checked").size() == count);
  }

  private String groupOfBoth() {
    long id = mira.account().createGroup("Tea at five");
    var unused = lei.account().joinGroup(id);
    return "group:" + id;
  }
}
