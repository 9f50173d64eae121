package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/// The chat on a phone: the way back, a network that goes, the place of the reader.
class PhoneBrowserTest extends TwoPeople {
  /// The first message of which something is in sight, by its seq.
  private static final String FIRST_IN_SIGHT =
      """
      const top = document.querySelector('[data-testid=messages]')?.getBoundingClientRect().top;
      return [...document.querySelectorAll('[data-seq]')]
        .find(each => each.getBoundingClientRect().bottom > top)?.dataset.seq ?? '';
      """;

  private static final String FONT_SIZE = "getComputedStyle(each).fontSize";

  private ChatSteps leis;

  @BeforeEach
  void takeThePhone() {
    leis = new ChatSteps(lei);
    lei.look(390, 844);
  }

  @Test
  void back_goesFromThePictureToTheChatToTheList() throws IOException {
    mira.startChatWith(lei);
    mira.sendPicture(Pictures.shaded(folder, 96, 64, 1));
    lei.openChatWith(mira);
    lei.awaitPicture(96);
    leis.click(".picture");
    lei.find("picture-count");
    lei.driver().navigate().back();
    leis.awaitGone("viewer", ".picture-viewer");
    lei.find("chat");
    leis.click(".picture");
    lei.click("close-picture");
    leis.awaitGone("viewer", ".picture-viewer");
    lei.driver().navigate().back();
    leis.awaitGone("chat", "[data-testid=chat]");
    lei.openChatWith(mira);
    leis.click("[data-testid=chat] [data-testid=back]");
    leis.awaitGone("chat", "[data-testid=chat]");
    assertEquals("", lei.driver().executeScript("return location.hash"));
    assertNoComplaints();
  }

  @Test
  void enter_beginsALine_whereThatWasChosen() throws IOException {
    lei.visit("me/looks");
    lei.click("enter-line");
    Looks.shoot(lei, "enter");
    lei.look(390, 844);
    lei.visit("user:" + mira.account().id());
    lei.find("composer").sendKeys("第一行", Keys.ENTER, "第二行", Keys.chord(Keys.CONTROL, Keys.ENTER));
    lei.awaitText("第一行\n第二行");
    assertEquals("enter", lei.find("composer").getDomAttribute("enterkeyhint"));
    assertNoComplaints();
  }

  @Test
  void text_isLarger_whereThatWasChosen_andStillFits() throws IOException {
    mira.startChatWith(lei);
    mira.say("Shall we have tea at five, all of us, at the usual place by the river?");
    lei.visit("me/looks");
    lei.click("text-larger");
    lei.reload();
    for (String place : List.of("me/looks", "me/devices", "people", "feed", "")) {
      lei.visit(place);
      lei.until("larger " + place, () -> lei.read("html", FONT_SIZE).equals(List.of("20.8px")));
      assertEquals(List.of("true"), lei.read("html", "String(each.scrollWidth <= 390)"), place);
    }
    lei.openChatWith(mira);
    lei.awaitText("Shall we have tea at five, all of us, at the usual place by the river?");
    assertEquals(List.of("true"), lei.read("html", "String(each.scrollWidth <= 390)"));
    assertEquals(List.of("20.8px"), lei.read("[data-testid=composer]", FONT_SIZE));
    Looks.shoot(lei, "text-larger");
    assertNoComplaints();
  }

  @Test
  void networkThatGoes_isSaid_andWhoIsThereIsNotKnown() throws IOException {
    mira.startChatWith(lei);
    mira.say("are you there?");
    lei.openChatWith(mira);
    lei.until("online", () -> presence().equals("true"));
    network(true);
    lei.until("it said", () -> lei.find("connection-pill").isDisplayed());
    lei.until("not known", () -> presence().equals("unknown"));
    assertEquals(List.of(), lei.barriers());
    Looks.shoot(lei, "offline");
    lei.look(390, 844);
    lei.say("是的");
    network(false);
    lei.until("it back", () -> !lei.find("connection-pill").isDisplayed());
    mira.awaitText("是的");
    lei.until("online again", () -> presence().equals("true"));
    assertEquals(List.of(), mira.complaints());
  }

  @Test
  void placeInTheChat_isKeptOverReloadAndSections_andALinkLeadsToAMessage() throws IOException {
    ChatSteps.fill(mira.account(), lei.account().id(), 120);
    lei.visit("user:" + mira.account().id());
    lei.awaitText("message 1");
    lei.jumpToNewest();
    lei.awaitText("message 120");
    lei.driver()
        .executeScript(
            "const list = document.querySelector('[data-testid=messages]'); list.scrollTop -="
                + " 1600");
    lei.until("the place", () -> !firstInSight().isEmpty() && !firstInSight().startsWith("10"));
    String place = firstInSight();
    lei.reload();
    lei.until("it after a reload", () -> firstInSight().equals(place));
    lei.visit("feed");
    lei.find("feed");
    lei.driver().navigate().back();
    lei.until("it after Back", () -> firstInSight().equals(place));
    lei.backToList();
    mira.startChatWith(lei);
    mira.say("news");
    lei.awaitUnread(mira, 1);
    lei.openChatWith(mira);
    lei.until("the news", () -> leis.inSight(121));
    lei.visit("user:" + mira.account().id() + "/7");
    lei.until("the message", () -> leis.inSight(7));
    assertEquals(1, lei.all(".chat-row.flash [data-seq='7']").size());
    lei.screenshot("deep-link");
    assertEquals(
        "#user:" + mira.account().id(), lei.driver().executeScript("return location.hash"));
    lei.driver().get(lei.driver().getCurrentUrl() + "/9");
    lei.until("another", () -> leis.inSight(9));
    assertNoComplaints();
  }

  private String firstInSight() {
    return String.valueOf(lei.driver().executeScript(FIRST_IN_SIGHT));
  }

  private String presence() {
    return String.valueOf(
        lei.driver()
            .findElement(By.cssSelector("[data-testid=presence]"))
            .getDomAttribute("data-online"));
  }

  private void network(boolean gone) {
    lei.driver().executeCdpCommand("Network.enable", Map.of());
    lei.driver()
        .executeCdpCommand(
            "Network.emulateNetworkConditions",
            Map.of(
                "offline", gone, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }
}
