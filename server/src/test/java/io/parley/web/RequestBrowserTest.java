package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a stranger writes, in real browsers: apart, unheard, covered, until it is accepted.
class RequestBrowserTest extends TwoPeople {
  @Override
  TestServer serve(Path data) {
    return TestServer.start(data, Map.of("security.message_requests", "true"));
  }

  @Test
  void aStrangersMessages_waitApart_untilTheyAreAccepted() throws IOException {
    lei.startChatWith(mira);
    lei.say("hello, stranger");
    lei.awaitAllSent();
    lei.sendPicture(Pictures.shaded(folder, 400, 240, 1));
    lei.awaitPicture(400);
    lei.awaitAllSent();
    mira.until("one request", () -> mira.textOf("request-count").equals("1"));
    mira.awaitTitle("Parley");
    assertEquals(List.of(), mira.all("[data-testid=conversation]"));
    Looks.shoot(mira, "request-waiting");
    mira.click("requests");
    Looks.shoot(mira, "request-list");
    mira.openChatWith(lei);
    mira.find("request-bar");
    mira.find("uncover");
    assertEquals(List.of(), mira.all(".picture img"));
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "request-chat");
    mira.click("uncover");
    mira.awaitPicture(400);
    assertEquals("false", lei.all("[data-testid=mark]").getLast().getDomAttribute("data-read"));
    mira.click("request-accept");
    mira.until("no bar", () -> mira.all("[data-testid=request-bar]").isEmpty());
    mira.until("a chat", () -> mira.all("[data-testid=conversation]").size() == 1);
    lei.until(
        "it was read",
        () -> "true".equals(lei.all("[data-testid=mark]").getLast().getDomAttribute("data-read")));
    assertNoComplaints();
  }

  @Test
  void deleted_itComesBackWithTheNextMessage_andAnAnswerAcceptsIt() throws IOException {
    long me = lei.account().id();
    var unused = mira.account().text(me, "hello, stranger", "");
    lei.click("requests");
    lei.openChatWith(mira);
    Looks.shoot(lei, "request-chat-zh");
    lei.click("request-delete");
    lei.until("none waits", () -> lei.all("[data-testid=requests]").isEmpty());
    var unusedToo = mira.account().text(me, "hello?", "");
    lei.until("it is back", () -> lei.textOf("request-count").equals("1"));
    lei.click("requests");
    lei.openChatWith(mira);
    lei.say("hello");
    lei.until("accepted", () -> lei.all("[data-testid=requests]").isEmpty());
    assertNoComplaints();
  }
}
