package io.parley.web;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Groups in real browsers: who gets in, what their owners and admins do, invitations.
class GroupBrowserTest extends TwoAcquaintances {
  @Test
  void group_isFound_andJoinedOnRequest() {
    String name = "Hill walkers " + mira.name();
    miras.visit("people/new-group");
    miras.type("new-group-name", name);
    miras.type("new-group-intro", "Every second Sunday");
    miras.choose("policy", "JOIN_APPROVAL");
    mira.click("make-group");
    miras.awaitText("group-title", name);
    mira.click("announce");
    miras.answer("On Sunday we walk up the river.");
    miras.awaitPart("announcement", "up the river");
    leis.visit("people/discover");
    leis.type("group-search", "hill walkers " + mira.name());
    leis.clickIn("found-group", mira.name(), "join");
    leis.answer("I walk too");
    mira.reload();
    miras.awaitPart("join-requests", "I walk too");
    miras.clickIn("join-request", lei.name(), "accept");
    miras.awaitRow("member", lei.name());
    leis.visit("people/groups");
    leis.clickIn("group", mira.name(), "*");
    leis.awaitPart("announcement", "up the river");
    leis.awaitRow("member", mira.name());
    assertNoComplaints();
  }

  @Test
  void member_isMadeAdmin_andMemberAgain() throws IOException {
    openGroupOfBoth();
    miras.choosing("member", lei.name(), "member-menu", "promote");
    leis.awaitRole("ROLE_ADMIN");
    miras.checkLooks("group");
    lei.screenshot("social-group-zh");
    miras.choosing("member", lei.name(), "member-menu", "demote");
    leis.awaitRole("ROLE_MEMBER");
    assertNoComplaints();
  }

  @Test
  void mutedMember_mayNotSpeak_untilUnmuted() {
    openGroupOfBoth();
    miras.choosing("member", lei.name(), "member-menu", "mute");
    mira.click("choice-3600");
    miras.answer("");
    miras.awaitPart("members", "Muted until");
    lei.click("open-chat");
    lei.say("May I speak?");
    lei.until("the refusal", () -> !lei.all("[data-state=failed]").isEmpty());
    miras.choosing("member", lei.name(), "member-menu", "unmute");
    lei.say("And now?");
    lei.awaitText("And now?");
    mira.click("mute-all");
    mira.until(
        "the mute for all",
        () -> mira.find("mute-all").isSelected() && mira.all("[data-testid=toast]").size() == 1);
    assertNoComplaints();
  }

  @Test
  void member_leaves() {
    openGroupOfBoth();
    lei.click("leave");
    leis.answer("");
    leis.visit("people/groups");
    leis.awaitNoRow("group", mira.name());
    miras.awaitNoRow("member", lei.name());
    assertNoComplaints();
  }

  @Test
  void group_getsANewFace_andFriendsAreBroughtInWithoutAsking() throws IOException {
    mira.account().befriend(lei.account());
    miras.visit("people/group/" + makeGroup("Walkers " + mira.name()));
    mira.click("edit-group");
    miras.pickFile("group-picture", Pictures.shaded(folder, 200, 200, 5));
    mira.click("crop-yes");
    mira.until("the picture", () -> !mira.all(".picture-field .avatar img").isEmpty());
    miras.type("group-edit-name", "Climbers " + mira.name());
    mira.click("save-group");
    miras.awaitText("group-title", "Climbers " + mira.name());
    mira.click("invite-friends");
    miras.clickIn("picker", lei.name(), "pick");
    mira.click("bring-in");
    miras.awaitRow("member", lei.name());
    leis.visit("people/groups");
    leis.awaitRow("group", "Climbers");
    assertNoComplaints();
  }

  @Test
  void group_isHandedOver_andDissolvedByItsNewOwner() {
    openGroupOfBoth();
    miras.choosing("member", lei.name(), "member-menu", "transfer");
    miras.answer("");
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
  void invitation_waitsUntilItIsAccepted() throws IOException {
    mira.account().befriend(lei.account());
    leis.askFirst();
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
    assertNoComplaints();
  }

  @Test
  void invitation_isDeclined_orTakenBack() {
    mira.account().befriend(lei.account());
    leis.askFirst();
    leis.visit("people/requests");
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

  /// Makes a group of Mira's with 李雷 in it; both look at it then.
  private void openGroupOfBoth() {
    long group = makeGroup("Walkers " + mira.name());
    var unused = lei.account().joinGroup(group);
    for (SocialSteps each : new SocialSteps[] {miras, leis}) {
      each.visit("people/group/" + group);
      each.awaitRow("member", lei.name());
    }
  }

  private long makeGroup(String name) {
    return mira.account().createGroup(name);
  }

  private void invite(String name) {
    miras.visit("people/new-group");
    miras.type("new-group-name", name);
    miras.clickIn("picker", lei.name(), "pick");
    mira.click("make-group");
    miras.awaitText("group-title", name);
    miras.awaitRow("invited-person", lei.name());
  }
}
