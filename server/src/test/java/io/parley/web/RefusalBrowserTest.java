package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.api.membership.MuteAllRequest;
import io.parley.api.membership.MuteRequest;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// What people are told where the server refuses, or would; messages can be recalled for a second.
class RefusalBrowserTest extends TwoPeople {
  @Override
  TestServer serve(Path data) throws IOException {
    return TestServer.start(data, Map.of("limits.recall_window_s", "1"));
  }

  @Test
  void mutedMember_isToldUntilWhen_andWhyAMessageFailed_inTheirLanguage() throws IOException {
    long group = mira.account().createGroup("Quiet");
    lei.account().joinGroup(group);
    mute(group, 3600);
    lei.visit("group:" + group);
    lei.until(
        "until when", () -> lei.textOf("silenced").matches("你在本群已被禁言，.*[0-9]{2}:[0-9]{2} 解除。"));
    lei.say("我可以说话吗？");
    lei.until("why", () -> lei.pageText().contains("未发送: 你在本群已被禁言。"));
    assertEquals(List.of(), lei.barriers());
    Looks.shoot(lei, "refused");
    mute(group, 0);
    lei.backToList();
    lei.visit("group:" + group);
    lei.until("no mute", () -> lei.all("[data-testid=silenced]").isEmpty());
    lei.say("现在呢？");
    lei.awaitText("现在呢？");
    mira.account()
        .memberships()
        .muteAll(MuteAllRequest.newBuilder().setGroupId(group).setMuted(true).build());
    lei.until("closed", () -> lei.textOf("silenced").contains("群主和管理员"));
    mira.visit("group:" + group);
    mira.awaitText("现在呢？");
    assertEquals(List.of(), mira.all("[data-testid=silenced]"));
    assertNoComplaints();
  }

  @Test
  void recall_isOfferedOnlyWhileItWorks() {
    mira.startChatWith(lei);
    mira.say("soon old");
    mira.awaitAllSent();
    mira.until(
        "a menu without recall",
        () -> {
          mira.click("message-menu");
          boolean old = mira.all("[data-testid=recall]").isEmpty();
          assertTrue(old || !mira.all("[data-testid=reply]").isEmpty());
          if (!old) {
            mira.find("reply").sendKeys(Keys.ESCAPE);
          }
          return old;
        });
    mira.find("edit");
    assertNoComplaints();
  }

  private void mute(long group, long seconds) {
    mira.account()
        .memberships()
        .mute(
            MuteRequest.newBuilder()
                .setGroupId(group)
                .setUserId(lei.account().id())
                .setSeconds(seconds)
                .build());
  }
}
