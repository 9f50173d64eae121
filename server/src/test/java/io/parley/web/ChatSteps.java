package io.parley.web;

import java.nio.file.Path;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/// What a person does in a chat, beyond what [Person] can do anywhere.
record ChatSteps(Person person) {
  /// Records a second of a drawn canvas, and hands it to the page as a file that was picked.
  private static final String PICK_VIDEO =
      """
      const done = arguments[arguments.length - 1];
      const canvas = document.createElement('canvas');
      canvas.width = 320;
      canvas.height = 180;
      const paint = canvas.getContext('2d');
      let drawn = 0;
      const drawing = setInterval(() => {
        paint.fillStyle = `hsl(${drawn * 12} 60% 55%)`;
        paint.fillRect(0, 0, 320, 180);
        paint.fillStyle = '#fff';
        paint.fillRect(10 + drawn * 8, 70, 40, 40);
        drawn++;
      }, 40);
      const recorder = new MediaRecorder(canvas.captureStream(25), {mimeType: 'video/webm;codecs=vp8'});
      const parts = [];
      recorder.ondataavailable = ({data}) => parts.push(data);
      recorder.onstop = () => {
        clearInterval(drawing);
        const picked = new DataTransfer();
        picked.items.add(new File(parts, 'drawn.webm', {type: 'video/webm'}));
        const input = document.querySelector('[data-testid=file-video]');
        input.files = picked.files;
        input.dispatchEvent(new Event('change'));
        done(true);
      };
      recorder.start();
      setTimeout(() => recorder.stop(), 1000);
      """;

  ChromeDriver driver() {
    return person.driver();
  }

  void pick(String testId, List<Path> files) {
    String names =
        String.join("\n", files.stream().map(each -> each.toAbsolutePath().toString()).toList());
    driver().findElement(By.cssSelector("[data-testid=" + testId + "]")).sendKeys(names);
  }

  void sendOffered() {
    person.click("send-files");
  }

  void pickVideo() {
    driver().executeAsyncScript(PICK_VIDEO);
  }

  void sendVoice(int seconds) {
    person.click("record");
    person.until(
        seconds + " s recorded",
        () ->
            Integer.parseInt(
                    String.valueOf(person.find("recorder").getDomAttribute("data-seconds")))
                >= seconds);
    person.click("record-send");
  }

  void sendSticker(String name) {
    person.click("faces");
    person.click("faces-stickers");
    click("[data-testid=sticker][data-sticker=" + name + "]");
  }

  void sendPlace(String lat, String lng, String name) {
    person.click("attach");
    person.click("attach-location");
    person.find("place-lat").sendKeys(lat);
    person.find("place-lng").sendKeys(lng);
    person.find("place-name").sendKeys(name);
    person.click("place-send");
  }

  /// Chooses from the menu of a message.
  void choose(long seq, String what) {
    click(message(seq) + " [data-testid=message-menu]");
    person.click(what);
  }

  void reply(long seq, String text) {
    choose(seq, "reply");
    person.find("about");
    person.say(text);
  }

  void edit(long seq, String text) {
    choose(seq, "edit");
    person.find("composer").sendKeys(Keys.chord(Keys.CONTROL, "a"), text, Keys.ENTER);
  }

  /// The first symbol of the quick row.
  void react(long seq) {
    choose(seq, "quick-reaction");
  }

  /// Chooses from the menu of the only, or the first, conversation.
  void arrange(String what) {
    WebElement row =
        driver().findElement(By.cssSelector(".conversation-place [data-testid=conversation]"));
    String key = String.valueOf(row.getDomAttribute("data-key"));
    arrange(key, what);
  }

  void arrange(String key, String what) {
    driver()
        .executeScript(
            "document.querySelector(`[data-key='${arguments[0]}'] +"
                + " [data-testid=conversation-menu]`).click()",
            key);
    person.click(what);
  }

  void search(String keyword) {
    WebElement field = person.find("list-search");
    field.clear();
    field.sendKeys(keyword);
  }

  /// Opens the first message that was found, and waits until the chat shows it.
  void openFound() {
    WebElement found = person.find("found-message");
    String seq = String.valueOf(found.getDomAttribute("data-seq-found"));
    person.click("found-message");
    await("message " + seq + " on screen", message(Long.parseLong(seq)));
    person.until("message " + seq + " in sight", () -> inSight(Long.parseLong(seq)));
  }

  boolean inSight(long seq) {
    return Boolean.TRUE.equals(
        driver()
            .executeScript(
                """
                const row = document.querySelector(arguments[0]).getBoundingClientRect();
                const list = document.querySelector('[data-testid=messages]').getBoundingClientRect();
                return row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
                """,
                message(seq)));
  }

  void await(String what, String selector) {
    person.until(what, () -> !person.all(selector).isEmpty());
  }

  void awaitGone(String what, String selector) {
    person.until("no " + what, () -> person.all(selector).isEmpty());
  }

  /// Waits until the kinds of the messages in the page are these, all of them stored.
  void awaitKinds(List<String> kinds) {
    person.until(
        "the kinds " + kinds,
        () ->
            person.read("[data-testid=message][data-seq]", "each.dataset.kind").equals(kinds)
                && person.all("[data-state=sending], [data-state=failed]").isEmpty());
  }

  void click(String selector) {
    person.awaitClick(By.cssSelector(selector));
  }

  static String message(long seq) {
    return "[data-seq='" + seq + "']";
  }
}
