package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.harness.TestServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// The web client in real browsers against a real server: two people, each with a Chromium of their
/// own.
class BrowserTest {
  @TempDir private static Path folder;
  private static TestServer server;

  private Person mira;
  private Person lei;

  @BeforeAll
  static void startServer() {
    server = TestServer.start(folder.resolve("data"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  /// New people for each test, by name, on the one server.
  @BeforeEach
  void sitDown(TestInfo test) {
    String tag = "-" + Integer.toHexString(test.getDisplayName().hashCode());
    mira = Person.sitDown("Mira" + tag, server.url(), "en");
    lei = Person.sitDown("李雷" + tag, server.url(), "zh-CN");
    mira.register();
    lei.register();
  }

  @AfterEach
  void standUp(TestInfo test) throws IOException {
    try (Person first = mira;
        Person second = lei) {
      String name = test.getTestMethod().orElseThrow().getName();
      first.screenshot(name + "-en");
      second.screenshot(name + "-zh");
    }
  }

  @Test
  void twoPeople_talk_seeEachOthersMessagesLive() {
    mira.startChatWith(lei);
    mira.say("Hello, are you there?");
    lei.openChatWith(mira);
    lei.awaitTexts(List.of("Hello, are you there?"));
    lei.say("在的，<b>你好</b>！");
    mira.awaitTexts(List.of("Hello, are you there?", "在的，<b>你好</b>！"));
    mira.say("Good.");
    lei.awaitTexts(List.of("Hello, are you there?", "在的，<b>你好</b>！", "Good."));
    lei.awaitSeqs(3);
    assertEquals(List.of(), mira.barriers());
    assertEquals(List.of(), lei.barriers());
    assertNoComplaints();
  }

  @Test
  void messagesElsewhere_countAsUnread_untilTheyAreOpened() {
    mira.startChatWith(lei);
    mira.say("one");
    mira.say("two");
    lei.awaitUnread(mira, 2);
    mira.say("three");
    lei.awaitUnread(mira, 3);
    lei.reload();
    lei.awaitUnread(mira, 3);
    lei.openChatWith(mira);
    lei.awaitUnread(mira, 0);
    lei.reload();
    lei.awaitUnread(mira, 0);
    mira.say("four, seen at once");
    lei.awaitText("four, seen at once");
    lei.awaitUnread(mira, 0);
    assertNoComplaints();
  }

  @Test
  void picture_isUploaded_andShownToBoth() throws IOException {
    mira.startChatWith(lei);
    mira.sendPicture(picture(96, 64));
    mira.awaitPicture(96);
    lei.openChatWith(mira);
    lei.awaitPicture(96);
    lei.reload();
    lei.awaitPicture(96);
    assertNoComplaints();
  }

  @Test
  void history_isLoadedPageByPage_whenScrolledUp() {
    int count = 105;
    mira.startChatWith(lei);
    IntStream.rangeClosed(1, count).forEach(i -> mira.say("message " + i));
    mira.awaitAllSent();
    mira.awaitText("message " + count);
    lei.openChatWith(mira);
    lei.jumpToNewest();
    lei.awaitUnread(mira, 0);
    lei.reload();
    lei.awaitText("message " + count);
    lei.scrollUpTo(1);
    assertNoComplaints();
  }

  @Test
  void recalledMessage_losesItsText_onBothSides() {
    mira.startChatWith(lei);
    mira.say("said too early");
    lei.openChatWith(mira);
    lei.awaitText("said too early");
    mira.awaitAllSent();
    mira.recall(1);
    lei.awaitRecalled(1);
    mira.awaitRecalled(1);
    lei.awaitTexts(List.of());
    assertNoComplaints();
  }

  @Test
  void signedOut_andInAgain_findsTheConversation() {
    mira.startChatWith(lei);
    mira.say("see you");
    mira.awaitAllSent();
    mira.signOut();
    mira.login();
    mira.openChatWith(lei);
    mira.awaitTexts(List.of("see you"));
    assertNoComplaints();
  }

  @Test
  void language_isTheBrowsers_andCanBeSwitched() {
    assertEquals("en", mira.pageLanguage());
    assertEquals("zh-CN", lei.pageLanguage());
    assertEquals("退出登录", lei.textOf("sign-out"));
    lei.switchLanguage();
    assertEquals("Sign out", lei.textOf("sign-out"));
    lei.reload();
    assertEquals("Sign out", lei.textOf("sign-out"));
    assertNoComplaints();
  }

  private void assertNoComplaints() {
    assertEquals(List.of(), mira.complaints());
    assertEquals(List.of(), lei.complaints());
  }

  private static Path picture(int width, int height) throws IOException {
    Path file = folder.resolve("picture-" + width + ".png");
    ImageIO.write(
        new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }
}
