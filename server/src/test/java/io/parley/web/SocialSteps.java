package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// What somebody does in the sections beside the chats: contacts, groups, the feed, the own
/// account.
final class SocialSteps {
  /// Films a canvas for a moment and gives the film to a file field, as a person picks a file.
  private static final String FILM =
      """
      const [field, done] = arguments;
      const canvas = document.createElement('canvas');
      canvas.width = 320;
      canvas.height = 180;
      const pen = canvas.getContext('2d');
      let frames = 0;
      const film = new MediaRecorder(canvas.captureStream(30), {mimeType: 'video/webm;codecs=vp8'});
      const parts = [];
      film.ondataavailable = ({data}) => parts.push(data);
      film.onstop = () => {
        const files = new DataTransfer();
        files.items.add(new File(parts, 'film.webm', {type: 'video/webm'}));
        field.files = files.files;
        field.dispatchEvent(new Event('change', {bubbles: true}));
        done(true);
      };
      film.start();
      const draw = () => {
        pen.fillStyle = `hsl(${frames * 9} 60% 50%)`;
        pen.fillRect(0, 0, 320, 180);
        if (++frames < 30) requestAnimationFrame(draw);
        else film.stop();
      };
      draw();
      """;

  private final Person person;

  SocialSteps(Person person) {
    this.person = person;
  }

  /// Goes to an address of the client, such as `people/find`.
  void visit(String address) {
    person.visit(address);
  }

  /// Says who may become a friend.
  void letFriends(String policy) {
    visit("me/privacy");
    person.click("friend-" + policy);
    awaitSeen("saved");
  }

  /// Wants to be asked before anybody brings this person into a group.
  void askFirst() {
    visit("me/privacy");
    person.click("group-GROUP_NOBODY");
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

  /// Presses keys on something.
  void keys(String testId, CharSequence... keys) {
    person.find(testId).sendKeys(keys);
  }

  /// Picks an option of a list by its value.
  void choose(String testId, String value) {
    person.find(testId).findElement(By.cssSelector("option[value=" + value + "]")).click();
  }

  /// Opens the menu of the row that shows `name` and chooses from it.
  void choosing(String rowTestId, String name, String menuTestId, String itemTestId) {
    clickIn(rowTestId, name, menuTestId);
    clickIn(rowTestId, name, itemTestId);
  }

  /// Waits until the group on screen says that the account has this role.
  void awaitRole(String role) {
    person.until(
        "the role " + role,
        () -> role.equals(person.find("group-page").getDomAttribute("data-role")));
  }

  /// Waits until `count` files have been uploaded for the post that is being written.
  void awaitAttached(int count) {
    person.until(
        count + " uploads",
        () -> person.all("[data-testid=attachment][data-ready=true]").size() == count);
  }

  /// Waits until a post shows `count` pictures that have been loaded.
  void awaitPictures(int count) {
    person.until(
        count + " pictures",
        () ->
            person
                .read("[data-testid=picture] img", "each.complete && each.naturalWidth > 0")
                .equals(Collections.nCopies(count, "true")));
  }

  /// Which colours the page is painted in.
  String scheme() {
    return String.valueOf(
        person
            .driver()
            .executeScript("return getComputedStyle(document.documentElement).colorScheme"));
  }

  /// Picks a video that was just filmed.
  void pickFilm(String testId) {
    person.driver().executeAsyncScript(FILM, person.find(testId));
  }

  /// Waits until a post shows a video of 320 × 180 that can be played and has a cover.
  void awaitVideo() {
    person.until(
        "a video",
        () ->
            person
                .read(
                    "[data-testid=video]",
                    "each.readyState > 0 && each.videoWidth === 320"
                        + " && each.poster.includes('/media/')")
                .equals(List.of("true")));
  }

  /// Scrolls down until the feed shows these texts and no other, in this order, each once.
  void awaitInOrder(List<String> texts) {
    person.until(
        texts.size() + " posts in order",
        () -> {
          person
              .driver()
              .executeScript(
                  "const pane = document.querySelector('.pane'); pane.scrollTo(0,"
                      + " pane.scrollHeight)");
          return person.read("[data-testid=post-text]", "each.innerText").equals(texts);
        });
  }

  void pickFile(String testId, Path... files) {
    String names =
        String.join(
            "\n", List.of(files).stream().map(file -> file.toAbsolutePath().toString()).toList());
    person.find(testId).sendKeys(names);
  }

  /// Clicks something within the row that shows `name`; `*` is the row's own link.
  void clickIn(String rowTestId, String name, String testId) {
    String inside = testId.equals("*") ? "a" : "*[@data-testid='" + testId + "']";
    person.awaitClick(row(rowTestId, name, inside));
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
    awaitWidth("innerWidth === 390");
    assertEquals(List.of(), person.barriers());
    person.screenshot("social-" + name + "-phone-dark");
    person.prefer("light");
    person.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    awaitWidth("innerWidth > 720");
  }

  /// Waits for the new size of the page.
  private void awaitWidth(String condition) {
    person.until(
        condition, () -> Boolean.TRUE.equals(person.driver().executeScript("return " + condition)));
  }

  private static By row(String testId, String name, String inside) {
    return By.xpath("//*[@data-testid='" + testId + "'][contains(., \"" + name + "\")]//" + inside);
  }
}
