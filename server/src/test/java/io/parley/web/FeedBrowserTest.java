package io.parley.web;

import io.parley.api.feed.FeedCreateRequest;
import io.parley.api.social.FollowRequest;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The feed in real browsers: 李雷 follows Mira.
class FeedBrowserTest extends TwoPeople {
  private static final String TEXT = "Up on the hill: https://hills.example/map";

  private SocialSteps miras;
  private SocialSteps leis;

  @BeforeEach
  void follow() {
    miras = new SocialSteps(mira);
    leis = new SocialSteps(lei);
    var unused =
        lei.account()
            .follows()
            .follow(FollowRequest.newBuilder().setUserId(mira.account().id()).build());
  }

  @Test
  void post_isSeenByFollowers_withItsPictures_andWhy() throws IOException {
    leis.visit("feed/following");
    leis.awaitSeen("nothing");
    miras.visit("feed");
    miras.type("post-field", TEXT);
    miras.pickFile(
        "attach",
        Pictures.shaded(folder, 640, 400, 1),
        Pictures.shaded(folder, 300, 500, 2),
        Pictures.shaded(folder, 400, 400, 3));
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
    assertNoComplaints();
  }

  @Test
  void post_isLiked_andTalkedAbout() throws IOException {
    post(TEXT);
    miras.visit("feed/mine");
    miras.awaitPart("post-text", "Up on the hill");
    leis.visit("feed/following");
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
    assertNoComplaints();
  }

  @Test
  void post_isReported_recommended_andFound() {
    post(TEXT);
    leis.visit("feed/following");
    leis.choosing("post", "Up on the hill", "post-menu", "report");
    leis.answer("It is an advertisement");
    leis.awaitPart("toast", "感谢");
    leis.visit("feed/recommended");
    leis.awaitSeen("post");
    leis.visit("feed/search");
    leis.type("post-search", "up on the " + "hill");
    leis.awaitPart("post-text", "Up on the hill");
    assertNoComplaints();
  }

  @Test
  void video_isPosted_andShownWithItsCover() throws IOException {
    leis.visit("feed/following");
    leis.awaitSeen("nothing");
    miras.visit("feed");
    miras.pickFilm("attach");
    miras.awaitAttached(1);
    mira.click("post-button");
    miras.awaitVideo();
    lei.click("refresh");
    leis.awaitVideo();
    mira.screenshot("social-video");
    assertNoComplaints();
  }

  @Test
  void post_isRewritten_andTakenAway() {
    post(TEXT);
    miras.visit("feed/mine");
    miras.choosing("post", "Up on the hill", "post-menu", "edit-post");
    miras.answer("Down in the valley");
    miras.awaitText("post-text", "Down in the valley");
    leis.visit("feed/following");
    leis.awaitText("post-text", "Down in the valley");
    miras.choosing("post", "Down in the valley", "post-menu", "delete-post");
    miras.answer("");
    miras.awaitGone("post-text");
    assertNoComplaints();
  }

  @Test
  void manyPosts_areReadPageByPage_eachOnce_newestFirst() {
    leis.visit("feed/following");
    leis.awaitSeen("nothing");
    IntStream.range(0, 45).forEach(i -> post("post " + i));
    lei.click("new-posts");
    leis.awaitInOrder(IntStream.range(0, 45).mapToObj(i -> "post " + (44 - i)).toList());
    assertNoComplaints();
  }

  private void post(String text) {
    var unused =
        mira.account().feeds().feedCreate(FeedCreateRequest.newBuilder().setContent(text).build());
  }
}
