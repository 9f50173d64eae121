package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.harness.TestServer;
import java.awt.Color;
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
import org.openqa.selenium.Keys;

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
    server = TestServer.start(data());
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
    mira.reload();
    miras.awaitText("profile-name", "Old Lei");
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
    leis.letFriends("FRIEND_CLOSED");
    miras.lookUp(lei);
    mira.click("befriend");
    miras.answer("Friends again?");
    miras.awaitText("toast", "This account takes no requests.");
    assertNoComplaints();
  }

  @Test
  void group_isFound_joinedOnRequest_ledAndLeft() throws IOException {
    miras.visit("people/new-group");
    miras.type("new-group-name", "Hill walkers " + mira.name());
    miras.type("new-group-intro", "Every second Sunday");
    miras.choose("policy", "JOIN_APPROVAL");
    mira.click("make-group");
    miras.awaitText("group-title", "Hill walkers " + mira.name());
    String page = mira.driver().getCurrentUrl();
    mira.click("announce");
    miras.answer("On Sunday we walk up the river.");
    miras.awaitPart("announcement", "up the river");
    leis.visit("people/discover");
    leis.type("group-search", "hill walkers " + mira.name());
    leis.clickIn("found-group", mira.name(), "join");
    leis.answer("I walk too");
    miras.reopen(page);
    miras.awaitPart("join-requests", "I walk too");
    miras.clickIn("join-request", lei.name(), "accept");
    miras.awaitRow("member", lei.name());
    leis.visit("people/groups");
    leis.clickIn("group", mira.name(), "*");
    leis.awaitPart("announcement", "up the river");
    leis.awaitRow("member", mira.name());
    miras.choosing("member", lei.name(), "member-menu", "promote");
    leis.awaitRole("ROLE_ADMIN");
    miras.checkLooks("group");
    lei.screenshot("social-group-zh");
    miras.choosing("member", lei.name(), "member-menu", "demote");
    leis.awaitRole("ROLE_MEMBER");
    miras.choosing("member", lei.name(), "member-menu", "mute");
    mira.click("choice-3600");
    miras.answer("");
    miras.awaitPart("members", "Muted until");
    lei.click("open-chat");
    lei.say("May I speak?");
    lei.until("the refusal", () -> !lei.all("[data-state=failed]").isEmpty());
    miras.choosing("member", lei.name(), "member-menu", "unmute");
    mira.click("mute-all");
    mira.until(
        "the mute for all",
        () -> mira.find("mute-all").isSelected() && mira.all("[data-testid=toast]").size() == 1);
    leis.visit("people/groups");
    leis.clickIn("group", mira.name(), "*");
    lei.click("leave");
    leis.answer("");
    leis.awaitNoRow("group", mira.name());
    miras.awaitNoRow("member", lei.name());
    // Friends are brought in without asking.
    miras.lookUp(lei);
    mira.click("befriend");
    miras.answer("");
    leis.visit("people/requests");
    leis.clickIn("request", mira.name(), "accept");
    miras.awaitRelation("friend");
    miras.reopen(page);
    mira.click("edit-group");
    miras.pickFile("group-picture", picture(200, 200, 5));
    mira.click("crop-yes");
    mira.until("the picture", () -> !mira.all(".picture-field .avatar img").isEmpty());
    miras.type("group-edit-name", "Climbers " + mira.name());
    mira.click("save-group");
    miras.awaitText("group-title", "Climbers " + mira.name());
    mira.click("invite-friends");
    miras.clickIn("picker", lei.name(), "pick");
    mira.click("bring-in");
    miras.awaitRow("member", lei.name());
    miras.choosing("member", lei.name(), "member-menu", "transfer");
    miras.answer("");
    leis.reopen(page);
    leis.awaitRole("ROLE_OWNER");
    leis.choosing("member", mira.name(), "member-menu", "kick");
    leis.answer("");
    leis.awaitNoRow("member", mira.name());
    lei.click("dissolve");
    leis.answer("");
    leis.awaitNoRow("group", mira.name());
    assertNoComplaints();
  }

  @Test
  void invitation_isSeen_acceptedAndDeclined_andTakenBack() throws IOException {
    miras.lookUp(lei);
    mira.click("befriend");
    miras.answer("");
    leis.visit("people/requests");
    leis.clickIn("request", mira.name(), "accept");
    leis.awaitNoRow("request", mira.name());
    leis.visit("me/privacy");
    lei.click("group-GROUP_NOBODY");
    leis.awaitSeen("saved");
    lei.screenshot("social-privacy-zh");
    leis.visit("people/requests");
    invite("Choir " + mira.name());
    miras.awaitRow("invited-person", "@" + lei.name());
    miras.awaitNoRow("member", lei.name());
    miras.checkLooks("invited");
    leis.awaitBadge("people", 1);
    leis.awaitRow("invitation", "Choir " + mira.name());
    leis.awaitPart("invitations", "@" + mira.name());
    leis.checkLooks("invitation");
    leis.clickIn("invitation", "Choir", "accept-invitation");
    leis.awaitNoRow("invitation", "Choir");
    leis.awaitBadge("people", 0);
    miras.awaitRow("member", lei.name());
    miras.awaitNoRow("invited-person", lei.name());
    invite("Band " + mira.name());
    leis.clickIn("invitation", "Band", "*");
    leis.awaitText("group-title", "Band " + mira.name());
    lei.click("decline-invitation");
    leis.awaitBadge("people", 0);
    miras.visit("people/groups");
    invite("Orchestra " + mira.name());
    leis.awaitBadge("people", 1);
    miras.clickIn("invited-person", lei.name(), "withdraw");
    leis.awaitBadge("people", 0);
    assertNoComplaints();
  }

  @Test
  void peopleOfTheSameName_areToldApartByTheirHandles() throws IOException {
    for (SocialSteps each : List.of(miras, leis)) {
      each.visit("me/profile");
      each.type("own-nickname", "Sam of the sea");
      (each == miras ? mira : lei).click("save-profile");
      each.awaitText("own-name", "Sam of the sea");
    }
    try (Person kim = Person.sitDown("Kim-" + mira.name(), server.url(), "en")) {
      kim.register();
      SocialSteps kims = new SocialSteps(kim, server.url());
      kims.visit("people/find");
      kims.type("people-search", "sam of the sea");
      kims.awaitRow("found-person", "@" + mira.name());
      kims.awaitRow("found-person", "@" + lei.name());
      kims.checkLooks("handles");
      kims.clickIn("found-person", "@" + mira.name(), "*");
      kims.awaitText("handle", "@" + mira.name());
      kim.screenshot("social-handle-profile");
      assertEquals(List.of(), kim.complaints());
    }
    assertNoComplaints();
  }

  /// Mira makes a group and brings Lei in, as far as she may.
  private void invite(String name) {
    miras.visit("people/new-group");
    miras.type("new-group-name", name);
    miras.clickIn("picker", lei.name(), "pick");
    mira.click("make-group");
    miras.awaitText("group-title", name);
    miras.awaitRow("invited-person", lei.name());
  }

  @Test
  void post_isFollowed_liked_talkedAbout_andReported() throws IOException {
    leis.lookUp(mira);
    lei.click("follow");
    lei.until("to follow", () -> "true".equals(lei.find("follow").getDomAttribute("aria-pressed")));
    leis.visit("feed/following");
    leis.awaitSeen("nothing");
    miras.visit("feed");
    miras.type("post-field", "Up on the hill: https://hills.example/map");
    miras.pickFile("attach", picture(640, 400, 1), picture(300, 500, 2), picture(400, 400, 3));
    miras.awaitAttached(3);
    mira.click("post-button");
    miras.awaitSeen("post");
    miras.awaitPictures(3);
    lei.click("new-posts");
    leis.awaitPart("post-text", "Up on the hill");
    leis.awaitPictures(3);
    leis.choosing("post", "Up on the hill", "post-menu", "ask-why");
    leis.awaitPart("why", "你关注了" + mira.name());
    lei.click("picture");
    lei.click("gallery-next");
    lei.click("gallery-close");
    lei.click("like");
    leis.awaitText("likes", "1");
    miras.awaitText("likes", "1");
    lei.click("comments");
    leis.type("comment-field", "风景真好");
    lei.click("send-comment");
    miras.awaitText("comment-count", "1");
    mira.click("comments");
    miras.awaitPart("comment-list", "风景真好");
    mira.click("reply");
    miras.type("comment-field", "Come along next time");
    mira.click("send-comment");
    leis.awaitPart("comment-list", "Come along next time");
    miras.checkLooks("feed");
    lei.screenshot("social-feed-zh");
    lei.click("like");
    leis.awaitText("likes", "0");
    leis.choosing("post", "Up on the hill", "post-menu", "report");
    leis.answer("It is an advertisement");
    leis.awaitPart("toast", "感谢");
    leis.visit("feed/recommended");
    leis.awaitSeen("post");
    leis.visit("feed/search");
    leis.type("post-search", "up on the " + "hill");
    leis.awaitPart("post-text", "Up on the hill");
    miras.pickFilm("attach");
    miras.awaitAttached(1);
    mira.click("post-button");
    miras.awaitVideo();
    leis.visit("feed/following");
    lei.click("refresh");
    leis.awaitVideo();
    mira.screenshot("social-video");
    miras.choosing("post", "Up on the hill", "post-menu", "edit-post");
    miras.answer("Down in the valley");
    miras.awaitText("post-text", "Down in the valley");
    miras.choosing("post", "Down in the valley", "post-menu", "delete-post");
    miras.answer("");
    miras.awaitGone("post-text");
    miras.postMany(45);
    lei.click("new-posts");
    leis.awaitInOrder(IntStream.range(0, 45).mapToObj(i -> "post " + (44 - i)).toList());
    assertNoComplaints();
  }

  @Test
  void account_isChanged_andItsOtherDeviceSignedOut() throws IOException {
    miras.visit("me/profile");
    miras.pickFile("own-picture", picture(500, 300, 4));
    miras.keys("crop-canvas", Keys.ARROW_LEFT, "+", "+");
    mira.screenshot("social-crop");
    assertEquals(List.of(), mira.barriers());
    mira.click("crop-yes");
    miras.awaitSeen("saved");
    mira.until("the picture", () -> !mira.all(".picture-field .avatar img").isEmpty());
    miras.type("own-nickname", "Mira of the hills");
    miras.type("own-extra", "I walk");
    mira.click("save-profile");
    miras.awaitText("own-name", "Mira of the hills");
    miras.checkLooks("me");
    leis.visit("people/find");
    leis.type("people-search", "of the hills");
    leis.awaitRow("found-person", "I walk");
    try (Person second = Person.sitDown(mira.name(), server.url(), "zh-CN")) {
      second.login("Mira of the hills");
      miras.visit("me/devices");
      mira.until("two devices", () -> mira.all("[data-testid=device]").size() >= 2);
      mira.screenshot("social-devices");
      mira.click("end-session");
      second.find("login-form");
      assertEquals(List.of(), second.complaints());
    }
    miras.visit("me/looks");
    mira.click("theme-dark");
    assertEquals("dark", miras.scheme());
    mira.reload();
    mira.until("the dark page again", () -> miras.scheme().equals("dark"));
    mira.click("theme-system");
    mira.click("language-zh-CN");
    assertEquals("zh-CN", mira.pageLanguage());
    miras.visit("me/password");
    miras.type("current-password", Person.PASSWORD);
    miras.type("new-password", "another horse 8");
    miras.type("repeat-password", "another horse 9");
    mira.click("set-password");
    miras.awaitText("password-fault", "两次输入的密码不一致。");
    miras.type("repeat-password", "another horse 8");
    mira.click("set-password");
    miras.awaitSeen("saved");
    assertEquals(0, TestServer.command(data(), "account", "grant", mira.name(), "admin"));
    mira.reload();
    miras.visit("me");
    miras.awaitSeen("admin-console");
    mira.click("sign-out");
    mira.find("login-form");
    assertNoComplaints();
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static Path picture(int width, int height, int kind) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(
            x, y, Color.HSBtoRGB(kind * 0.17f + y * 0.2f / height, 0.5f, 0.4f + x * 0.6f / width));
      }
    }
    Path file = folder.resolve("picture-" + kind + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private void assertNoComplaints() {
    assertEquals(List.of(), mira.complaints());
    assertEquals(List.of(), lei.complaints());
  }
}
