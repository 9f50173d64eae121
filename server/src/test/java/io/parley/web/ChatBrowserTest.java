package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.TestServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// The chat in real browsers: 李雷's hangs on a cable that can be cut.
class ChatBrowserTest {
  @TempDir private static Path folder;
  private static Cable cable;
  private static TestServer server;

  private Person mira;
  private Person lei;
  private ChatSteps miras;
  private ChatSteps leis;

  @BeforeAll
  static void startServer() throws IOException {
    cable = new Cable();
    server =
        TestServer.start(folder.resolve("data"), Map.of("server.allowed_origins", cable.url()));
    cable.plugInto(server.port());
  }

  @AfterAll
  static void stopServer() throws IOException {
    cable.close();
    server.close();
  }

  @BeforeEach
  void sitDown(TestInfo test) {
    String tag = "-" + Integer.toHexString(test.getDisplayName().hashCode()).substring(4);
    mira = Person.sitDown("Mira" + tag, server.url(), "en");
    lei = Person.sitDown("李雷" + tag, cable.url(), "zh-CN");
    mira.register();
    lei.register();
    miras = new ChatSteps(mira);
    leis = new ChatSteps(lei);
  }

  @AfterEach
  void standUp(TestInfo test) throws IOException {
    try (Person first = mira;
        Person second = lei) {
      String name = "chat-" + test.getTestMethod().orElseThrow().getName();
      first.screenshot(name + "-en");
      second.screenshot(name + "-zh");
    }
  }

  @Test
  void allSevenKinds_areSent_andSeenByTheOther() throws IOException {
    mira.startChatWith(lei);
    mira.say("Look: https://example.com/a?b=c.");
    miras.sendSticker("love");
    mira.awaitAllSent();
    miras.pick("file", List.of(picture("one", 400, 240), picture("two", 200, 300)));
    mira.screenshot("chat-files");
    assertEquals(List.of(), mira.barriers());
    miras.sendOffered();
    miras.pick("file-any", List.of(textFile()));
    miras.sendOffered();
    miras.sendVoice(1);
    miras.pickVideo();
    miras.sendOffered();
    mira.awaitAllSent();
    miras.sendPlace("31.230416", "121.473701", "The Bund");
    List<String> kinds =
        List.of("text", "face", "image", "image", "file", "sound", "video", "location");
    miras.awaitKinds(kinds);
    lei.openChatWith(mira);
    leis.awaitKinds(kinds);
    leis.await("the link", ".text a[href='https://example.com/a?b=c']");
    leis.await("the sticker", "[data-sticker=love]");
    lei.awaitPicture(400);
    leis.await("the file's name", ".card[download='notes.txt']");
    leis.await("a poster", "video[poster*='/media/']");
    leis.await("the map", "a[href^='https://www.openstreetmap.org/?mlat=31.23']");
    leis.click("[data-testid=play]");
    leis.await("the voice playing", "[data-testid=play][data-on=true]");
    leis.awaitGone("voice playing", "[data-testid=play][data-on=true]");
    leis.click("[data-seq='3'] .picture");
    lei.until("the first picture", () -> lei.textOf("picture-count").equals("1 / 2"));
    lei.screenshot("chat-picture");
    lei.find("close-picture").sendKeys(Keys.ARROW_RIGHT);
    lei.until("the second picture", () -> lei.textOf("picture-count").equals("2 / 2"));
    lei.find("close-picture").sendKeys(Keys.ESCAPE);
    leis.awaitGone("viewer", ".picture-viewer");
    lei.look(390, 844);
    lei.prefer("dark");
    lei.screenshot("chat-kinds-phone-dark-zh");
    assertEquals(List.of(), lei.barriers());
    assertEquals(List.of(), mira.barriers());
    assertNoComplaints();
  }

  private void assertNoComplaints() {
    assertEquals(List.of(), mira.complaints());
    assertEquals(List.of(), lei.complaints());
    assertTrue(lei.all("[role=alert].fault").stream().noneMatch(each -> !each.getText().isEmpty()));
  }

  private static Path picture(String name, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D paint = image.createGraphics();
    for (int y = 0; y < height; y++) {
      paint.setColor(Color.getHSBColor(0.5f + 0.3f * y / height, 0.4f, 0.9f));
      paint.drawLine(0, y, width, y);
    }
    paint.dispose();
    Path file = folder.resolve(name + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static Path textFile() throws IOException {
    return Files.writeString(folder.resolve("notes.txt"), "Some notes.\n".repeat(200));
  }
}
