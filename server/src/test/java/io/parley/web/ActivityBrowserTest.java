package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.api.feed.FeedCreateRequest;
import io.parley.api.feed.FeedLikeRequest;
import io.parley.api.feedplus.CreateCommentRequest;
import io.parley.api.group.JoinGroupRequest;
import io.parley.api.social.FollowRequest;
import io.parley.api.social.RequestFriendRequest;
import io.parley.harness.GrpcPerson;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/// What others do, as it comes into the activity lists of real browsers.
class ActivityBrowserTest extends TwoPeople {
  @Test
  void whatOthersDo_isCountedListedAndLeadsWhereItBelongs() throws IOException {
    SocialSteps miras = new SocialSteps(mira);
    mira.click("nav-activity");
    mira.find("nothing");
    Looks.shoot(mira, "activity-empty");
    mira.click("nav-chats");
    long post = post(mira.account());
    like(lei.account(), post);
    follow(lei.account(), mira);
    miras.awaitBadge("activity", 2);
    mira.click("nav-activity");
    mira.until("both are listed", () -> texts(mira).size() == 2);
    assertEquals(lei.name() + " followed you.", texts(mira).getFirst());
    assertEquals(lei.name() + " liked your post.", texts(mira).getLast());
    miras.awaitBadge("activity", 0);
    comment(lei.account(), post);
    mira.until(
        "the comment on top",
        () -> texts(mira).getFirst().equals(lei.name() + " commented on your post."));
    miras.awaitBadge("activity", 0);
    miras.checkLooks("activity");
    mira.all("[data-testid=activity-entry] a").getFirst().click();
    mira.find("post");
    assertEquals("#feed/post/" + post, mira.driver().executeScript("return location.hash"));
    assertNoComplaints();
  }

  @Test
  void requests_areAnsweredFromThePhone_andGoWithTheAnswer() throws IOException {
    lei.look(390, 844);
    ask(mira.account(), lei);
    long group = mira.account().createGroup("Walkers");
    var unused =
        mira.account()
            .groups()
            .joinGroup(
                JoinGroupRequest.newBuilder().setId(group).setUserId(lei.account().id()).build());
    SocialSteps leis = new SocialSteps(lei);
    leis.awaitBadge("activity", 2);
    lei.click("nav-activity");
    lei.until("both are listed", () -> texts(lei).size() == 2);
    assertEquals(mira.name() + "邀请你加入Walkers。", texts(lei).getFirst());
    assertEquals(List.of(), lei.barriers());
    Looks.shoot(lei, "activity-phone");
    lei.look(390, 844);
    lei.click("accept");
    lei.until("the request is gone", () -> texts(lei).size() == 1);
    lei.click("accept-invitation");
    lei.find("nothing");
    SocialSteps miras = new SocialSteps(mira);
    miras.awaitBadge("activity", 1);
    assertNoComplaints();
  }

  private static List<String> texts(Person person) {
    return person.all("[data-testid=activity-entry] .row-text > span").stream()
        .map(WebElement::getText)
        .toList();
  }

  private static long post(GrpcPerson author) {
    return author
        .feeds()
        .feedCreate(FeedCreateRequest.newBuilder().setContent("on the water").build())
        .getFeed()
        .getId();
  }

  private static void like(GrpcPerson fan, long post) {
    var unused = fan.feeds().feedLike(FeedLikeRequest.newBuilder().setId(post).build());
  }

  private static void comment(GrpcPerson author, long post) {
    var unused =
        author
            .comments()
            .createComment(
                CreateCommentRequest.newBuilder().setFeedId(post).setContent("yes").build());
  }

  private static void follow(GrpcPerson follower, Person other) {
    var unused =
        follower
            .follows()
            .follow(FollowRequest.newBuilder().setUserId(other.account().id()).build());
  }

  private static void ask(GrpcPerson account, Person other) {
    var unused =
        account
            .friends()
            .requestFriend(
                RequestFriendRequest.newBuilder().setUserId(other.account().id()).build());
  }
}
