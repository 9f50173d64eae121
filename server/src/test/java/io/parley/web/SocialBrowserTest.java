package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Contacts, groups, the feed and the own account in real browsers: whole stories of two people.
class SocialBrowserTest {
  @TempDir private static Path folder;
  private static TestServer server;

  private Person mira;
  private Person lei;
  private SocialSteps miras;
  private SocialSteps leis;

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
    miras = new SocialSteps(mira, server.url());
    leis = new SocialSteps(lei, server.url());
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
  void strangers_becomeFriends_andPart() throws IOException {
    // Requests wait only where they are wanted.
    leis.approveFriends();
    miras.lookUp(lei);
    miras.awaitRelation("stranger");
    mira.click("befriend");
    miras.answer("Hello, it is me");
    miras.awaitRelation("requested");
    leis.awaitBadge("people", 1);
    leis.visit("people/requests");
    leis.awaitRow("request", mira.name());
    leis.awaitPart("incoming", "Hello, it is me");
    //    leis.checkLooks("requests");
    leis.clickIn("request", mira.name(), "accept");
    leis.awaitNoRow("request", mira.name());
    leis.awaitBadge("people", 0);
    leis.awaitRow("friend", mira.name());
    miras.awaitRelation("friend");
    miras.awaitRow("friend", lei.name());
    mira.click("remark");
    miras.answer("Old Lei");
    miras.awaitText("profile-name", "Old Lei");
    miras.awaitRow("friend", "Old Lei");
    miras.type("friend-search", "nobody by that name");
    miras.awaitNoRow("friend", "Old Lei");
    miras.type("friend-search", "old");
    miras.awaitRow("friend", "Old Lei");
    mira.click("follow");
    miras.checkLooks("profile");
    mira.click("message");
    mira.say("We are friends");
    leis.visit("");
    lei.openChatWith(mira);
    lei.awaitText("We are friends");
    miras.visit("people/following");
    miras.awaitRow("person", lei.name());
    leis.visit("people/followers");
    leis.awaitRow("person", mira.name());
    leis.lookUp(mira);
    lei.click("block");
    leis.answer("");
    leis.awaitRelation("blocking");
    miras.awaitNoRow("friend", "Old Lei");
    leis.visit("people/blocked");
    leis.clickIn("person", mira.name(), "undo");
    leis.awaitNoRow("person", mira.name());
    assertNoComplaints();
  }

  private void assertNoComplaints() {
    assertEquals(List.of(), mira.complaints());
    assertEquals(List.of(), lei.complaints());
  }
}
