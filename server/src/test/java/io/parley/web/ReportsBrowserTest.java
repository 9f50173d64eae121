package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.api.common.ReviewStatus;
import io.parley.api.feed.FeedCreateRequest;
import io.parley.api.feedplus.DecideRequest;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.TextMessage;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Reports in real browsers, from the menu of a message to the operator's answer: 李雷 is reported,
/// Mira reports, Rita is at the console.
class ReportsBrowserTest extends TwoPeople {
  private long group() {
    long group = lei.account().createGroup("Loud");
    mira.account().joinGroup(group);
    for (String text : List.of("before", "rude words", "after")) {
      var unused =
          lei.account()
              .messages()
              .sendGroupTextMessage(
                  SendGroupTextMessageRequest.newBuilder()
                      .setToGroupId(group)
                      .setText(TextMessage.newBuilder().setContent(text))
                      .build());
    }
    return group;
  }

  private void send(String reason, String more) {
    mira.click("reason-" + reason);
    mira.find("report-more").sendKeys(more);
    mira.click("report-send");
    SocialSteps miras = new SocialSteps(mira);
    miras.awaitPart("toast", "Thank you.");
  }

  @Test
  void messagePersonAndGroup_areReported_andActedOn_andMiraHearsOfIt() throws IOException {
    SocialSteps miras = new SocialSteps(mira);
    long group = group();
    mira.visit("group:" + group);
    mira.awaitText("after");
    new ChatSteps(mira).choose(2, "report-message");
    mira.find("report-dialog");
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "report-dialog");
    send("harassment", "in front of all");
    miras.visit("people/group/" + group);
    mira.click("report-group");
    send("spam", "");
    miras.visit("people/user/" + lei.account().id());
    mira.click("report-person");
    mira.click("report-block");
    send("other", "all of the above");
    miras.awaitRelation("blocking");
    GrpcPerson account = GrpcPerson.register(server, "Rita-" + mira.name(), Person.PASSWORD);
    assertEquals(0, TestServer.command(data(), "account", "grant", "Rita-" + mira.name(), "admin"));
    try (Person rita = Person.sitDown("Rita-" + mira.name(), server.url(), "en")) {
      ConsoleSteps console = new ConsoleSteps(rita, server.url());
      console.enter(account.token());
      rita.until("three wait", () -> rita.textOf("waiting-reports").equals("3"));
      actOnTheMessage(rita, console);
      console.openAccount(lei.name());
      rita.until("posts of it", () -> rita.textOf("groups-of").contains("Loud"));
      assertTrue(rita.textOf("reports-received").contains("in front of all"));
      assertEquals(List.of(), rita.barriers());
      Looks.shoot(rita, "admin-account-activity");
      assertEquals(List.of(), rita.complaints());
    }
    account.close();
    miras.visit("me/reports");
    miras.awaitPart("my-reports", "We spoke to him.");
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "my-reports");
    assertNoComplaints();
  }

  private void actOnTheMessage(Person rita, ConsoleSteps console) throws IOException {
    console.open("reports");
    String look = "[data-kind=message] [data-testid=to-report]";
    rita.until("the message", () -> !rita.all(look).isEmpty());
    rita.all(look).getFirst().click();
    rita.until("what was said around it", () -> rita.textOf("context").contains("rude words"));
    assertTrue(rita.textOf("context").contains("before"), rita.textOf("context"));
    assertEquals(List.of(), rita.barriers());
    Looks.shoot(rita, "admin-report");
    rita.click("recall");
    console.confirm("against the rules");
    rita.find("recalled");
    rita.click("mute");
    console.confirm("");
    console.awaitTold(lei.name() + " (@" + lei.name() + ") is muted in the group.");
    rita.click("resolve");
    rita.find("ask-answer").sendKeys("We spoke to him.");
    console.confirm("warned");
    rita.find("resolution");
    rita.until("two wait", () -> rita.textOf("waiting-reports").equals("2"));
  }

  @Test
  void author_seesWhatAModeratorSaid_andThatAChangedPostIsLookedAtAgain() throws IOException {
    SocialSteps miras = new SocialSteps(mira);
    long post =
        mira.account()
            .feeds()
            .feedCreate(FeedCreateRequest.newBuilder().setContent("A rude post").build())
            .getFeed()
            .getId();
    miras.visit("feed/mine");
    miras.awaitText("post-text", "A rude post");
    String name = "Mod-" + mira.name();
    GrpcPerson account = GrpcPerson.register(server, name, Person.PASSWORD);
    assertEquals(0, TestServer.command(data(), "account", "grant", name, "admin"));
    var unused =
        account
            .moderation()
            .decide(
                DecideRequest.newBuilder()
                    .setFeedId(post)
                    .setReviewStatus(ReviewStatus.ReviewFail)
                    .setRemark("Please be kind.")
                    .build());
    account.close();
    miras.awaitPart("verdict", "Please be kind.");
    Looks.shoot(mira, "feed-verdict");
    miras.choosing("post", "A rude post", "post-menu", "edit-post");
    miras.answer("A kind post");
    miras.awaitPart("verdict", "You changed this post");
    assertNoComplaints();
  }
}
