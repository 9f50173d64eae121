package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.api.group.DeleteGroupRequest;
import io.parley.api.group.GetGroupRequest;
import io.parley.api.group.JoinPolicy;
import io.parley.api.group.MemberRole;
import io.parley.api.group.QuitGroupRequest;
import io.parley.api.group.UpdateGroupRequest;
import io.parley.api.membership.AnnounceRequest;
import io.parley.api.membership.AnswerJoinRequestRequest;
import io.parley.api.membership.SetJoinPolicyRequest;
import io.parley.api.social.RefuseFriendRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/// What becomes of a group, as whoever has its chat open is told of it.
class GroupLifeBrowserTest extends TwoAcquaintances {
  @Test
  void memberTakenOut_isToldInPlaceOfTheComposer_andWritesAgainOnceBack() throws IOException {
    long group = groupOfBoth("Hikers " + mira.name());
    openChat(lei, leis, group);
    lei.say("I was here");
    lei.awaitText("I was here");
    lei.find("composer").sendKeys("half a thought");
    takeLeiOut(group);
    leis.awaitText("chat-ended", "你已被移出该群。");
    leis.awaitGone("composer");
    lei.awaitText("I was here");
    leis.checkLooks("taken-out");
    lei.reload();
    leis.awaitText("chat-ended", "你已被移出该群。");
    leis.awaitText("chat-name", "Hikers " + mira.name());
    var unused = lei.account().joinGroup(group);
    leis.awaitGone("chat-ended");
    assertEquals("half a thought", lei.find("composer").getDomProperty("value"));
    lei.driver().findElement(By.cssSelector("[data-testid=composer]")).clear();
    lei.say("Back again");
    lei.awaitText("Back again");
    assertNoComplaints();
  }

  @Test
  void whoLeaves_isToldSo_inEveryTab() {
    long group = groupOfBoth("Leavers " + mira.name());
    openChat(lei, leis, group);
    var unused =
        lei.account().groups().quitGroup(QuitGroupRequest.newBuilder().setId(group).build());
    leis.awaitText("chat-ended", "你已退出该群。");
    assertNoComplaints();
  }

  @Test
  void dissolvedGroup_keepsItsName_andIsDeletedFromTheList() throws IOException {
    String name = "Short-lived " + mira.name();
    long group = groupOfBoth(name);
    openChat(lei, leis, group);
    var unused =
        mira.account().groups().deleteGroup(DeleteGroupRequest.newBuilder().setId(group).build());
    leis.awaitText("chat-ended", "该群已解散。");
    leis.awaitText("chat-name", name);
    lei.reload();
    leis.awaitText("chat-ended", "该群已解散。");
    leis.awaitText("chat-name", name);
    leis.checkLooks("dissolved");
    new ChatSteps(lei).arrange("group:" + group, "delete-chat");
    leis.awaitGone("conversation");
    leis.awaitGone("chat");
    lei.reload();
    lei.until("the list", () -> lei.textOf("me").equals(lei.name()));
    leis.awaitGone("conversation");
    assertNoComplaints();
  }

  @Test
  void moderatorsRecall_isNotBlamedOnTheSender_liveAndAfterAReload() throws IOException {
    long group = groupOfBoth("Moderated " + mira.name());
    openChat(lei, leis, group);
    openChat(mira, miras, group);
    lei.say("Something rude");
    mira.awaitText("Something rude");
    mira.recall(1);
    mira.awaitRecalled(1);
    lei.awaitRecalled(1);
    String told = "管理员 " + mira.name() + " 移除了一条消息";
    assertEquals(List.of(told), recalledTexts(lei));
    assertEquals(List.of("You removed this message"), recalledTexts(mira));
    leis.awaitText("preview", told);
    lei.reload();
    lei.awaitRecalled(1);
    lei.until("who removed it", () -> recalledTexts(lei).equals(List.of(told)));
    leis.checkLooks("moderated");
    assertNoComplaints();
  }

  @Test
  void whatBecomesOfAGroup_isSaidInIt_andOnlyAnAnnouncementIsUnread() throws IOException {
    long group = groupOfBoth("Rowers " + mira.name());
    new ChatSteps(mira).text("group:" + group, "Welcome");
    openChat(lei, leis, group);
    lei.awaitText("Welcome");
    rename(group, "Kayaks");
    var unused = mira.account().setRole(group, lei.account(), MemberRole.ROLE_ADMIN);
    List<String> lines = List.of(mira.name() + " 将群名修改为“Kayaks”", mira.name() + " 将 你 设为管理员");
    lei.until("both lines", () -> lineTexts(lei).equals(lines));
    lei.backToList();
    rename(group, "Rowers");
    leis.awaitText("preview", mira.name() + " 将群名修改为“Rowers”");
    leis.awaitGone("unread");
    announce(group, "We meet at the river at eight.\nBring a towel.");
    leis.awaitText("unread", "1");
    leis.visit("group:" + group);
    lei.until("the announcement", () -> lineTexts(lei).size() == 4);
    takeLeiOut(group);
    lei.until("the removal", () -> lineTexts(lei).size() == 5);
    assertEquals(mira.name() + " 将 你 移出了群聊", lineTexts(lei).getLast());
    leis.checkLooks("lines");
    assertNoComplaints();
  }

  @Test
  void whoAsksToComeIn_seesThatItWaits_andWhoLeadsTheGroupIsToldAtOnce() throws IOException {
    long group = mira.account().createGroup("On request " + mira.name());
    ask(group, JoinPolicy.JOIN_APPROVAL);
    leis.visit("people/group/" + group);
    lei.click("join");
    leis.answer("Please");
    leis.awaitSeen("asked");
    miras.awaitBadge("people", 1);
    miras.visit("people/requests");
    miras.awaitRow("asked-group", "On request");
    miras.checkLooks("asked-group");
    leis.checkLooks("asked");
    lei.click("take-back");
    leis.awaitSeen("join");
    miras.awaitBadge("people", 0);
    lei.click("join");
    leis.answer("Please, please");
    miras.awaitBadge("people", 1);
    var unused =
        mira.account()
            .memberships()
            .answerJoinRequest(
                AnswerJoinRequestRequest.newBuilder()
                    .setGroupId(group)
                    .setUserId(lei.account().id())
                    .setAccept(true)
                    .build());
    miras.awaitBadge("people", 0);
    leis.awaitRole("ROLE_MEMBER");
    assertNoComplaints();
  }

  @Test
  void whoJoinsByNumber_whereOneMustAsk_isLedToTheGroup() {
    long group = mira.account().createGroup("By number " + mira.name());
    ask(group, JoinPolicy.JOIN_APPROVAL);
    lei.click("new-chat");
    lei.click("tab-join");
    leis.type("join-id", Long.toString(group));
    lei.click("join-group");
    leis.awaitSeen("asked");
    leis.visit("group:" + group);
    leis.awaitSeen("outside");
    leis.awaitGone("composer");
    assertNoComplaints();
  }

  @Test
  void answeredFriendRequest_isGoneFromTheBadge_alsoWhereItWasNotAnswered() {
    miras.lookUp(lei);
    mira.click("befriend");
    miras.answer("Hello");
    leis.awaitBadge("people", 1);
    var unused =
        lei.account()
            .friends()
            .refuseFriend(RefuseFriendRequest.newBuilder().setUserId(mira.account().id()).build());
    leis.awaitBadge("people", 0);
    assertNoComplaints();
  }

  @Test
  void announcement_isMarkedInTheList_shownInTheChat_andStaysAwayOncePutAway() throws IOException {
    long group = groupOfBoth("Announcing " + mira.name());
    lei.until("the group", () -> !lei.all("[data-testid=conversation]").isEmpty());
    announce(group, "Rehearsal moves to Thursday.");
    leis.awaitSeen("announced");
    openChat(lei, leis, group);
    leis.awaitText("announced-text", "Rehearsal moves to Thursday.");
    leis.awaitGone("announced");
    leis.checkLooks("announced");
    lei.click("announcement-away");
    leis.awaitGone("announcement-bar");
    lei.reload();
    leis.awaitSeen("composer");
    leis.awaitGone("announcement-bar");
    announce(group, "No rehearsal at all.");
    leis.awaitText("announced-text", "No rehearsal at all.");
    assertNoComplaints();
  }

  @Test
  void announcementOfAGroupOnRequest_isNotToldOutside() {
    long group = mira.account().createGroup("Discreet " + mira.name());
    announce(group, "The key is under the mat.");
    ask(group, JoinPolicy.JOIN_APPROVAL);
    var seen =
        lei.account()
            .groups()
            .getGroup(GetGroupRequest.newBuilder().setId(group).build())
            .getGroup();
    assertEquals("", seen.getAnnouncement());
    assertEquals("The key is under the mat.", mira.account().group(group).getAnnouncement());
  }

  private long groupOfBoth(String name) {
    long group = mira.account().createGroup(name);
    var unused = lei.account().joinGroup(group);
    return group;
  }

  private static void openChat(Person person, SocialSteps steps, long group) {
    steps.visit("group:" + group);
    person.find("composer");
  }

  private void takeLeiOut(long group) {
    var unused =
        mira.account()
            .groups()
            .quitGroup(
                QuitGroupRequest.newBuilder().setId(group).setUserId(lei.account().id()).build());
  }

  private void rename(long group, String name) {
    var unused =
        mira.account()
            .groups()
            .updateGroup(UpdateGroupRequest.newBuilder().setId(group).setName(name).build());
  }

  private void announce(long group, String text) {
    var unused =
        mira.account()
            .memberships()
            .announce(AnnounceRequest.newBuilder().setGroupId(group).setAnnouncement(text).build());
  }

  private void ask(long group, JoinPolicy policy) {
    var unused =
        mira.account()
            .memberships()
            .setJoinPolicy(
                SetJoinPolicyRequest.newBuilder().setGroupId(group).setJoinPolicy(policy).build());
  }

  private static List<String> lineTexts(Person person) {
    return person.read("[data-testid=line]", "each.innerText.trim()");
  }

  private static List<String> recalledTexts(Person person) {
    return person.read("[data-state=recalled]", "each.innerText.trim()");
  }
}
