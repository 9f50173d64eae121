package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people mark: messages pinned above a chat for all, and starred or deleted for themselves.
class MarksBrowserTest extends TwoPeople {
  private ChatSteps miras;
  private ChatSteps leis;

  @BeforeEach
  void takeSteps() {
    miras = new ChatSteps(mira);
    leis = new ChatSteps(lei);
  }

  @Test
  void pinnedMessage_standsAboveTheChatOfBoth_leadsToIt_andGoesWhenItIsUnpinned()
      throws IOException {
    mira.startChatWith(lei);
    mira.say("the plan: tea at eight");
    mira.say("and cake");
    mira.awaitAllSent();
    lei.openChatWith(mira);
    miras.choose(1, "pin-message");
    leis.await("the bar", "[data-testid=pins-last][data-pinned-seq='1']");
    leis.choose(2, "pin-message");
    miras.await("the bar", "[data-testid=pins-last][data-pinned-seq='2']");
    miras.await("the mark", "[data-seq='2'] [data-testid=mark-pinned]");
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "pins");
    lei.screenshot("pins-zh");
    mira.reload();
    mira.click("pins-all");
    assertEquals(2, mira.all("[data-testid=pins-row]").size());
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "pins-list");
    miras.click("[data-testid=pins-row][data-pinned-seq='1']");
    miras.await("the message", ".chat-row.flash [data-seq='1']");
    mira.click("pins-all");
    miras.click("li:first-child [data-testid=pins-away]");
    leis.await("the bar", "[data-testid=pins-last][data-pinned-seq='1']");
    miras.click("[data-testid=close-dialog]");
    mira.recall(1);
    miras.awaitGone("bar", "[data-testid=pins-bar]");
    leis.awaitGone("bar", "[data-testid=pins-bar]");
    assertNoComplaints();
  }

  @Test
  void groupIsToldWhoPinned_andMembersMayNotPin() {
    String group = groupOfBoth();
    miras.text(group, "welcome");
    leis.openKey(group);
    lei.awaitTexts(List.of("welcome"));
    leis.click(ChatSteps.message(1) + " [data-testid=message-menu]");
    lei.find("star-message");
    assertEquals(List.of(), lei.all("[data-testid=pin-message]"));
    miras.openKey(group);
    miras.choose(1, "pin-message");
    leis.await("the line", "[data-testid=line][data-event=pinned]");
    leis.await("the bar", "[data-testid=pins-last]");
    assertNoComplaints();
  }

  @Test
  void starredMessages_areListedOverAllChats_andNobodyElseSeesThem() throws IOException {
    String group = groupOfBoth();
    miras.text(group, "the address");
    miras.openKey(group);
    miras.choose(1, "star-message");
    miras.await("the star", "[data-testid=mark-star]");
    mira.startChatWith(lei);
    mira.say("the number");
    mira.awaitAllSent();
    miras.choose(1, "star-message");
    miras.await("the star", "[data-testid=mark-star]");
    mira.reload();
    miras.await("the star", "[data-testid=mark-star]");
    mira.click("starred");
    mira.until("both", () -> mira.all("[data-testid=starred-row]").size() == 2);
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "starred");
    miras.click("li:first-child [data-testid=starred-away]");
    mira.until("one", () -> mira.all("[data-testid=starred-row]").size() == 1);
    miras.click("[data-testid=starred-row]");
    miras.await("the message", ".chat-row.flash [data-seq='1']");
    leis.openKey(group);
    lei.awaitTexts(List.of("the address"));
    assertEquals(List.of(), lei.all("[data-testid=mark-star]"));
    lei.click("starred");
    lei.find("nothing");
    lei.screenshot("starred-zh");
    assertNoComplaints();
  }

  @Test
  void deletedMessages_areGoneForOneselfOnAllDevices_andComeBackWithUndo() throws IOException {
    mira.startChatWith(lei);
    mira.say("one");
    mira.say("two");
    mira.say("three");
    mira.awaitAllSent();
    lei.openChatWith(mira);
    lei.awaitTexts(List.of("one", "two", "three"));
    try (Person phone = Person.sitDown(lei.name(), leisUrl(), "zh-CN")) {
      phone.enter(lei.account());
      phone.openChatWith(mira);
      phone.awaitTexts(List.of("one", "two", "three"));
      leis.choose(3, "delete-message");
      lei.awaitTexts(List.of("one", "two"));
      phone.awaitTexts(List.of("one", "two"));
      lei.until("the preview", () -> lei.textOf("preview").equals("two"));
      assertEquals(List.of(), lei.barriers());
      lei.screenshot("deleted-zh");
      lei.click("toast-act");
      lei.awaitTexts(List.of("one", "two", "three"));
      phone.awaitTexts(List.of("one", "two", "three"));
      leis.choose(1, "select");
      leis.click("[data-seq='2'] .select-cover");
      Looks.shoot(lei, "select-delete");
      lei.click("select-delete");
      phone.awaitTexts(List.of("three"));
      lei.reload();
      lei.awaitTexts(List.of("three"));
    }
    mira.awaitTexts(List.of("one", "two", "three"));
    assertNoComplaints();
  }

  private String groupOfBoth() {
    long id = mira.account().createGroup("Tea at five");
    var unused = lei.account().joinGroup(id);
    return "group:" + id;
  }
}
