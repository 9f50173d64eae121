package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.api.feed.FeedCreateRequest;
import io.parley.api.profile.UpdateProfileRequest;
import io.parley.api.social.FollowRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/// Friends, follows, blocks and finding people, in real browsers.
class PeopleBrowserTest extends TwoAcquaintances {
  @Test
  void request_isSeen_andAccepted_onBothSides() {
    miras.lookUp(lei);
    miras.awaitRelation("stranger");
    mira.click("befriend");
    miras.answer("Hello, it is me");
    miras.awaitRelation("requested");
    leis.awaitBadge("people", 1);
    leis.visit("people/requests");
    leis.awaitRow("request", mira.name());
    leis.awaitPart("incoming", "Hello, it is me");
    leis.clickIn("request", mira.name(), "accept");
    leis.awaitNoRow("request", mira.name());
    leis.awaitBadge("people", 0);
    leis.awaitRow("friend", mira.name());
    miras.awaitRelation("friend");
    miras.awaitRow("friend", lei.name());
    assertNoComplaints();
  }

  @Test
  void friend_isRenamed_andFoundByTheNewName() throws IOException {
    mira.account().befriend(lei.account());
    miras.lookUp(lei);
    mira.click("remark");
    miras.answer("Old Lei");
    miras.awaitText("profile-name", "Old Lei");
    miras.awaitRow("friend", "Old Lei");
    miras.type("friend-search", "nobody by that name");
    miras.awaitNoRow("friend", "Old Lei");
    miras.type("friend-search", "old");
    miras.awaitRow("friend", "Old Lei");
    miras.checkLooks("profile");
    mira.reload();
    miras.awaitText("profile-name", "Old Lei");
    assertNoComplaints();
  }

  @Test
  void friendWithANewName_isShownUnderIt_withoutAReload() {
    mira.account().befriend(lei.account());
    var unused = mira.account().text(lei.account().id(), "Still Mira", "");
    lei.openChatWith(mira);
    leis.awaitText("chat-name", mira.name());
    rename(mira, "Mirabelle");
    leis.awaitText("chat-name", "Mirabelle");
    assertNoComplaints();
  }

  @Test
  void neighbourInAGroup_hasItsNewName_withItsNextMessage() {
    long group = mira.account().createGroup("Neighbours");
    var unused = lei.account().joinGroup(group);
    var unusedFirst = mira.account().groupText(group, "under the old name");
    new ChatSteps(lei).openKey("group:" + group);
    lei.awaitText("under the old name");
    awaitSender(mira.name());
    rename(mira, "Mirabelle");
    var unusedSecond = mira.account().groupText(group, "under the new one");
    lei.awaitText("under the new one");
    awaitSender("Mirabelle");
    assertNoComplaints();
  }

  private void awaitSender(String name) {
    lei.until(
        "who said it: " + name,
        () -> lei.driver().findElement(By.cssSelector(".sender")).getText().equals(name));
  }

  private static void rename(Person person, String name) {
    var unused =
        person
            .account()
            .profiles()
            .updateProfile(UpdateProfileRequest.newBuilder().setNickname(name).build());
  }

  @Test
  void profile_leadsToTheChat() {
    mira.account().befriend(lei.account());
    miras.lookUp(lei);
    mira.click("message");
    mira.say("We are friends");
    lei.openChatWith(mira);
    lei.awaitText("We are friends");
    assertNoComplaints();
  }

  @Test
  void follow_isListed_onBothSides_andBringsThePostsOfBefore() {
    var unused =
        lei.account()
            .feeds()
            .feedCreate(FeedCreateRequest.newBuilder().setContent("Written before").build());
    miras.visit("feed/following");
    miras.awaitSeen("nothing");
    miras.lookUp(lei);
    mira.click("follow");
    mira.until("follows", () -> "true".equals(mira.find("follow").getDomAttribute("aria-pressed")));
    miras.visit("people/following");
    miras.awaitRow("person", lei.name());
    leis.visit("people/followers");
    leis.awaitRow("person", mira.name());
    miras.visit("feed/following");
    miras.awaitPart("post-text", "Written before");
    miras.visit("feed/recommended");
    miras.awaitPart("post-text", "Written before");
    assertNoComplaints();
  }

  @Test
  void blockedFriend_isNoFriendAnyMore_andTheBlockIsTakenBack() {
    mira.account().befriend(lei.account());
    var unused =
        mira.account()
            .follows()
            .follow(FollowRequest.newBuilder().setUserId(lei.account().id()).build());
    miras.visit("people");
    miras.awaitRow("friend", lei.name());
    leis.lookUp(mira);
    lei.click("block");
    leis.answer("");
    leis.awaitRelation("blocking");
    miras.awaitNoRow("friend", lei.name());
    leis.visit("people/blocked");
    leis.clickIn("person", mira.name(), "undo");
    leis.awaitNoRow("person", mira.name());
    assertNoComplaints();
  }

  @Test
  void accountThatTakesNoRequests_saysSo() {
    leis.letFriends("FRIEND_CLOSED");
    miras.lookUp(lei);
    mira.click("befriend");
    miras.answer("Friends?");
    miras.awaitText("toast", "This account takes no requests.");
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
    try (Person kim = Person.arrive("Kim-" + mira.name(), server, server.url(), "en")) {
      SocialSteps kims = new SocialSteps(kim);
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
}
