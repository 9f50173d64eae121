package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The web client in real browsers against a real server: two people, each with a Chromium of their
/// own.
class BrowserTest extends TwoPeople {
  /// What was kept is shown for a second before the server says anything.
  private static final String SLOW_TO_ASK =
      """
      const send = WebSocket.prototype.send;
      WebSocket.prototype.send = function (data) {
        setTimeout(() => send.call(this, data), 1000);
      };
      """;

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
    mira.sendPicture(Pictures.shaded(folder, 96, 64, 1));
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
    ChatSteps.fill(mira.account(), lei.account().id(), count);
    mira.awaitText("message " + count);
    lei.openChatWith(mira);
    lei.jumpToNewest();
    lei.awaitUnread(mira, 0);
    lei.reload();
    lei.awaitText("message " + count);
    lei.scrollUpTo(1);
    assertNoComplaints();
  }

  /// A page may be gone before it has kept the list as it is now.
  @Test
  void whatWasRead_isReadAfterAReload_thoughTheListWasNotKept() {
    int count = 60;
    mira.startChatWith(lei);
    ChatSteps.fill(mira.account(), lei.account().id(), count);
    lei.openChatWith(mira);
    lei.find("jump");
    lei.until("the kept list", () -> keeps(lei, count));
    lei.driver().executeScript("IDBObjectStore.prototype.put = () => {}");
    lei.jumpToNewest();
    lei.awaitUnread(mira, 0);
    String last = lei.texts().getLast();
    Object slow = beforePages(lei, SLOW_TO_ASK);
    lei.reload();
    lei.awaitText(last);
    lei.driver()
        .executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", slow));
    assertNoComplaints();
  }

  private static Object beforePages(Person who, String script) {
    return Objects.requireNonNull(
        who.driver()
            .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
            .get("identifier"));
  }

  /// Whether the browser has kept the list with so many unread messages, and a chat.
  private static boolean keeps(Person who, int unread) {
    return Boolean.TRUE.equals(
        who.driver()
            .executeAsyncScript(
                """
                const [account, unread, done] = arguments;
                const opening = indexedDB.open('parley.' + account);
                opening.onsuccess = () => {
                  const kept = opening.result.transaction('kept').objectStore('kept');
                  const keys = kept.getAllKeys();
                  const list = kept.get('list');
                  list.onsuccess = () => {
                    opening.result.close();
                    const [chat] = list.result?.conversations ?? [];
                    done(keys.result.length > 1 && chat?.unread === unread);
                  };
                };
                """,
                Long.toString(who.account().id()),
                unread));
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
  void newcomer_registersAtTheForm_andIsIn() {
    try (Person kim = Person.sitDown("Kim", server.url(), "en")) {
      kim.register();
      kim.find("new-chat");
      assertEquals(List.of(), kim.barriers());
      assertEquals(List.of(), kim.complaints());
    }
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
}
