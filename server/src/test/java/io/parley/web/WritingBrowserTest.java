package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/// What is written, and has not been sent yet, in real browsers.
class WritingBrowserTest extends TwoPeople {
  private static final String LINE = Keys.chord(Keys.SHIFT, Keys.ENTER);

  @Test
  void draft_isKeptWithItsQuote_overSectionsReloadAndBack_andGoneOnceSent() throws IOException {
    mira.startChatWith(lei);
    mira.say("What do you think?");
    lei.openChatWith(mira);
    lei.awaitText("What do you think?");
    new ChatSteps(lei).choose(1, "reply");
    lei.find("composer").sendKeys("那么，我觉得");
    lei.click("nav-feed");
    lei.find("feed");
    lei.click("nav-chats");
    lei.until("the draft in the list", () -> lei.textOf("preview").equals("[草稿] 那么，我觉得"));
    Looks.shoot(lei, "draft-list");
    lei.reload();
    lei.until("the draft in the list", () -> lei.textOf("preview").equals("[草稿] 那么，我觉得"));
    lei.openChatWith(mira);
    lei.until("the draft", () -> written(lei).equals("那么，我觉得"));
    assertEquals("reply", lei.all(".composer .about").getFirst().getDomAttribute("data-mode"));
    lei.driver().navigate().back();
    lei.driver().navigate().forward();
    lei.until("the draft again", () -> written(lei).equals("那么，我觉得"));
    lei.find("composer").sendKeys("很好", Keys.ENTER);
    lei.awaitText("那么，我觉得很好");
    lei.awaitAllSent();
    assertEquals("1", lei.find("quote").getDomAttribute("data-quoted-seq"));
    lei.backToList();
    lei.until("no draft", () -> lei.textOf("preview").equals("我：那么，我觉得很好"));
    assertNoComplaints();
  }

  @Test
  void draftOfSomethingNew_isListedAfterAReload_andSigningOutDeletesIt() {
    mira.startChatWith(lei);
    mira.find("composer").sendKeys("a secret");
    mira.reload();
    mira.until("the draft", () -> written(mira).equals("a secret"));
    mira.visit("");
    mira.reload();
    mira.until("it in the list", () -> mira.textOf("preview").equals("Draft: a secret"));
    mira.signOut();
    assertEquals(
        false,
        mira.driver()
            .executeScript("return JSON.stringify({...localStorage}).includes('a secret')"));
    assertNoComplaints();
  }

  @Test
  void draftThatGrows_keepsTheEndInSight_andWhatComesIsRead() throws IOException {
    mira.startChatWith(lei);
    ChatSteps.fill(mira.account(), lei.account().id(), 30);
    lei.openChatWith(mira);
    lei.jumpToNewest();
    lei.awaitUnread(mira, 0);
    lei.find("composer")
        .sendKeys("one", LINE, "two", LINE, "three", LINE, "four", LINE, "five", LINE, "six");
    mira.say("look here");
    lei.until("the new message in sight", () -> isInSight(lei, "look here"));
    lei.awaitUnread(mira, 0);
    Looks.shoot(lei, "draft-tall");
    lei.find("composer").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    lei.look(390, 560);
    mira.say("and here");
    lei.until("it in sight of a window", () -> isInSight(lei, "and here"));
    assertEquals(List.of(), lei.all("[data-testid=jump]"));
    assertNoComplaints();
  }

  @Test
  void textWithSigns_isFormed_andItsSummaryHasNone() throws IOException {
    lei.visit("people");
    mira.startChatWith(lei);
    send(
        "**Plan**, *soon*, ~~late~~ `x = 1` https://example.com/a_b",
        "> you said <b>so</b>",
        "- one",
        "- ||two||",
        "```",
        "if (a) {",
        "  b();",
        "}",
        "```",
        "_end_");
    mira.awaitAllSent();
    for (String each : List.of("strong", "em", "s", "blockquote", "li", ":not(pre) > code", "a")) {
      new ChatSteps(mira).await(each, ".text " + each);
    }
    assertEquals(List.of("if (a) {\n  b();\n}"), mira.read(".text pre code", "each.textContent"));
    assertEquals(
        List.of("you said <b>so</b>"), mira.read(".text blockquote", "each.innerText.trim()"));
    assertEquals(List.of(""), mira.read(".spoiler", "each.innerText.trim()"));
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "formats");
    mira.awaitClick(By.cssSelector("[data-testid=spoiler] button"));
    mira.until("it told", () -> mira.read(".spoiler", "each.innerText.trim()").contains("two"));
    assertEquals(List.of(), mira.barriers());
    lei.backToList();
    lei.until(
        "a summary without signs",
        () ->
            lei.textOf("preview")
                .startsWith("Plan, soon, late x = 1 https://example.com/a_b you said"));
    lei.openChatWith(mira);
    lei.until("the same", () -> lei.all(".text strong").size() == 1);
    assertNoComplaints();
  }

  @Test
  void wordsThatAreSelected_areFormed_byKeysAndByTheMenu() throws IOException {
    mira.startChatWith(lei);
    mira.find("composer").sendKeys("word", Keys.chord(Keys.CONTROL, "a"));
    mira.find("composer").sendKeys(Keys.chord(Keys.CONTROL, "b"));
    assertEquals("**word**", written(mira));
    mira.find("composer").sendKeys(Keys.chord(Keys.CONTROL, "b"));
    mira.find("composer").sendKeys(Keys.chord(Keys.CONTROL, "i"));
    assertEquals("_word_", written(mira));
    mira.find("composer").sendKeys(Keys.chord(Keys.CONTROL, "z"));
    assertEquals("word", written(mira));
    mira.click("format");
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "formats-menu");
    mira.click("format-quote");
    assertEquals("> word", written(mira));
    mira.find("composer").sendKeys(Keys.ENTER);
    mira.until("a quote", () -> mira.all(".text blockquote").size() == 1);
    assertNoComplaints();
  }

  private void send(String... lines) {
    mira.find("composer").sendKeys(String.join(LINE, lines), Keys.ENTER);
  }

  private static String written(Person person) {
    return String.valueOf(person.find("composer").getDomProperty("value"));
  }

  /// Whether the last message is this one, and above the composer.
  private static boolean isInSight(Person person, String text) {
    return Boolean.TRUE.equals(
        person
            .driver()
            .executeScript(
                """
                const last = [...document.querySelectorAll('[data-testid=message]')].at(-1);
                const end = document.querySelector('[data-testid=messages]').getBoundingClientRect().bottom;
                return last.innerText.includes(arguments[0]) && last.getBoundingClientRect().bottom <= end;
                """,
                text));
  }
}
