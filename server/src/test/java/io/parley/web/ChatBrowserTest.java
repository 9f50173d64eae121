package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
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
  private static final int MANY = 10_000;

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
    cable.mend();
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
    mira.click("faces");
    mira.find("faces-hearts");
    mira.screenshot("chat-faces");
    mira.find("composer").click();
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

  @Test
  void words_areAnswered_reactedTo_edited_takenBack_andRead() throws IOException {
    String group = miras.makeGroup("Tea at five", lei);
    mira.say("Shall we meet?");
    mira.awaitAllSent();
    leis.await("the group", "[data-key='" + group + "']");
    mira.find("composer").sendKeys("@李");
    mira.find("mention-option");
    mira.screenshot("chat-mention");
    assertEquals(List.of(), mira.barriers());
    mira.find("composer").sendKeys(Keys.ENTER, "what do you think?", Keys.ENTER);
    mira.awaitAllSent();
    leis.await("the mention's badge", "[data-testid=mentioned]");
    lei.awaitTitle("(2) Parley");
    leis.arrange(group, "mute");
    leis.await("the muted mark", "[data-key='" + group + "'][data-muted=true]");
    lei.awaitTitle("(1) Parley");
    leis.click("[data-key='" + group + "']");
    leis.await("the highlight", ".mention.me");
    leis.reply(1, "五点可以");
    leis.await("the quote", "[data-seq='3'] [data-quoted-seq='1']");
    miras.await("the answer", "[data-seq='3'] [data-quoted-seq='1']");
    miras.await("who has read it", "[data-testid=read-by][data-count='1']");
    miras.react(3);
    leis.await("the reaction", "[data-seq='3'] [data-testid=reaction][data-count='1']");
    leis.click("[data-seq='3'] [data-testid=reaction]");
    miras.await("both", "[data-seq='3'] [data-testid=reaction][data-count='2'][aria-pressed=true]");
    leis.edit(3, "五点半可以");
    miras.await("the mark of an edit", "[data-seq='3'] [data-testid=edited]");
    miras.await("what reacts still", "[data-seq='3'] [data-testid=reaction]");
    mira.until(
        "who is typing",
        () -> {
          lei.find("composer").sendKeys("还");
          return !mira.all("[data-testid=typing]").isEmpty();
        });
    mira.screenshot("chat-words");
    assertEquals(List.of(), mira.barriers());
    miras.click("[data-seq='2'] [data-testid=message-menu]");
    mira.find("readers");
    mira.screenshot("chat-menu");
    assertEquals(List.of(), mira.barriers());
    mira.click("readers");
    mira.until("one reader", () -> mira.textOf("reader").contains(lei.name()));
    mira.click("close-dialog");
    mira.recall(1);
    leis.await("the recalled quote", "[data-seq='1'][data-state=recalled]");
    lei.until("what the quote says", () -> leis.textIn("[data-quoted-seq='1']").contains("该消息已撤回"));
    lei.prefer("dark");
    lei.screenshot("chat-words-dark-zh");
    assertEquals(List.of(), lei.barriers());
    lei.look(390, 844);
    lei.backToList();
    lei.screenshot("chat-list-phone-dark-zh");
    assertEquals(List.of(), lei.barriers());
    miras.arrange(group, "pin");
    miras.await("the pin", "[data-key='" + group + "'][data-pinned=true]");
    miras.search("what do you");
    miras.openFound();
    mira.screenshot("chat-search");
    assertEquals(List.of(), mira.barriers());
    mira.click("search-clear");
    miras.arrange(group, "hide");
    miras.awaitGone("hidden group", "[data-testid=conversation]");
    assertNoComplaints();
  }

  @Test
  void networkLost_whileTheOtherWrites_nothingIsTwiceOrOutOfOrder() throws IOException {
    mira.startChatWith(lei);
    mira.say("before");
    lei.openChatWith(mira);
    lei.awaitText("before");
    lei.say("got it");
    mira.awaitText("got it");
    mira.until("both ticks", () -> !mira.all("[data-seq='1'] [data-read=true]").isEmpty());
    leis.awaitShellKept();
    cable.cut();
    lei.awaitConnection("waiting");
    leis.pick("file-any", List.of(textFile()));
    leis.sendOffered();
    lei.click("cancel-upload");
    leis.awaitGone("file that waits", "[data-kind=file]");
    mira.say("while away 1");
    miras.edit(1, "before, edited");
    mira.say("while away 2");
    mira.awaitAllSent();
    lei.say("written offline");
    lei.reload();
    lei.awaitTexts(List.of("before", "got it"));
    leis.await("what waits to be sent", "[data-state=sending] .text");
    lei.screenshot("chat-offline-zh");
    cable.mend();
    List<String> all =
        List.of("before, edited", "got it", "while away 1", "while away 2", "written offline");
    lei.awaitTexts(all);
    lei.awaitSeqs(5);
    mira.awaitTexts(all);
    mira.awaitSeqs(5);
    lei.awaitAllSent();
    assertEquals(
        List.of(),
        lei.complaints().stream().filter(each -> !each.contains("ERR_CONNECTION")).toList());
    lei.signOut();
    assertEquals(List.of(), leis.keptDatabases());
    assertEquals(List.of(), mira.complaints());
  }

  @Test
  void tenThousandMessages_stayLight() throws IOException {
    GrpcPerson writer = GrpcPerson.register(server, "Writer");
    long miraId = Long.parseLong(String.valueOf(mira.find("me").getDomAttribute("data-user-id")));
    ChatSteps.fill(writer, miraId, MANY);
    leis.await("nothing", ".conversations .empty");
    miras.click("[data-testid=conversation]");
    miras.search("message 1234");
    miras.openFound();
    mira.screenshot("chat-many");
    mira.click("search-clear");
    mira.click("jump");
    mira.awaitText("message " + MANY);
    ChatSteps.Frames frames = miras.scrollThrough(MANY);
    System.out.println("scrolled through " + MANY + " messages: " + frames);
    assertTrue(frames.rowsMax() < 200, frames::toString);
    assertTrue(frames.medianMs() < 50, frames::toString);
    assertTrue(frames.cpuMs() > 0 && frames.cpuMs() < 50, frames::toString);
    assertTrue(frames.ordered(), frames::toString);
    assertEquals(1, frames.firstSeq(), frames::toString);
    assertEquals(List.of(), mira.complaints());
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
