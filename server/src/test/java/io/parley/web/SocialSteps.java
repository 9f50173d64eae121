package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// What somebody does in the sections beside the chats: contacts, groups, the feed, the own
/// account.
final class SocialSteps {
  private final Person person;
  private final String url;

  SocialSteps(Person person, String url) {
    this.person = person;
    this.url = url;
  }

  /// Goes to an address of the client, such as `people/find`.
  void visit(String address) {
    person.driver().get(url + "/#" + address);
  }

  /// Wants to be asked before somebody is a friend.
  void approveFriends() {
    visit("me/privacy");
    person.click("friend-FRIEND_APPROVAL");
    awaitSeen("saved");
  }

  /// Finds `other` by nickname and opens the profile.
  void lookUp(Person other) {
    visit("people/find");
    type("people-search", other.name());
    person.awaitClick(row("found-person", other.name(), "a"));
    awaitProfile(other.name());
  }

  void awaitProfile(String name) {
    awaitText("profile-name", name);
  }

  /// Waits until the profile on screen shows this relation.
  void awaitRelation(String state) {
    person.until(
        "the relation " + state,
        () -> state.equals(person.find("profile").getDomAttribute("data-relation")));
  }

  /// Answers the question on screen with yes, after typing `text` where it has a field.
  void answer(String text) {
    if (!text.isEmpty()) {
      type("ask-answer", text);
    }
    person.click("ask-yes");
    person.until("the question to go", () -> person.all("[data-testid=ask]").isEmpty());
  }

  /// Replaces what a field holds.
  void type(String testId, String text) {
    WebElement field = person.find(testId);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    field.sendKeys(text);
  }

  void pickFile(String testId, Path... files) {
    String names =
        String.join(
            "\n", List.of(files).stream().map(file -> file.toAbsolutePath().toString()).toList());
    person.driver().findElement(By.cssSelector("[data-testid=" + testId + "]")).sendKeys(names);
  }

  /// Clicks something within the row that shows `name`.
  void clickIn(String rowTestId, String name, String testId) {
    person.awaitClick(row(rowTestId, name, "*[@data-testid='" + testId + "']"));
  }

  void awaitRow(String rowTestId, String name) {
    person.until(
        rowTestId + " of " + name,
        () -> !person.driver().findElements(row(rowTestId, name, "*")).isEmpty());
  }

  void awaitNoRow(String rowTestId, String name) {
    person.until(
        "no " + rowTestId + " of " + name,
        () -> person.driver().findElements(row(rowTestId, name, "*")).isEmpty());
  }

  void awaitText(String testId, String text) {
    person.until(
        testId + " to say " + text, () -> person.find(testId).getText().strip().equals(text));
  }

  /// Waits until something shows text that contains `part`.
  void awaitPart(String testId, String part) {
    person.until(
        testId + " to contain " + part, () -> person.find(testId).getText().contains(part));
  }

  void awaitSeen(String testId) {
    person.find(testId);
  }

  void awaitGone(String testId) {
    person.until("no " + testId, () -> person.all("[data-testid=" + testId + "]").isEmpty());
  }

  /// The number on a section's link; 0 where there is none.
  void awaitBadge(String section, int count) {
    person.until(
        count + " at " + section,
        () -> {
          List<WebElement> badges = person.all("[data-testid=nav-" + section + "] .badge");
          return count == 0
              ? badges.isEmpty()
              : !badges.isEmpty() && badges.getFirst().getText().equals(Integer.toString(count));
        });
  }

  /// What is on screen is clean for those who do not see it or use no mouse, in all looks; leaves
  /// pictures of it.
  void checkLooks(String name) throws IOException {
    assertEquals(List.of(), person.barriers());
    person.screenshot("social-" + name);
    person.prefer("dark");
    person.look(390, 844);
    painted();
    assertEquals(List.of(), person.barriers());
    person.screenshot("social-" + name + "-phone-dark");
    person.prefer("light");
    person.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    painted();
  }

  /// A click right after the size of the page has changed would go where things were.
  private void painted() {
    person
        .driver()
        .executeAsyncScript(
            "const done = arguments[0];"
                + " requestAnimationFrame(() => requestAnimationFrame(() => done()));");
  }

  private static By row(String testId, String name, String inside) {
    return By.xpath("//*[@data-testid='" + testId + "'][contains(., \"" + name + "\")]//" + inside);
  }
}
