package io.parley.feed;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.parley.api.common.IsEnable;
import io.parley.api.common.PingRequest;
import io.parley.api.common.ReviewStatus;
import io.parley.api.feed.Feed;
import io.parley.api.feed.FeedCreateRequest;
import io.parley.api.feed.FeedFollowRequest;
import io.parley.api.feed.FeedOwnRequest;
import io.parley.api.feed.FeedQueryRequest;
import io.parley.api.feed.FeedQueryResponse;
import io.parley.api.feed.FeedRecommendRequest;
import io.parley.api.feed.FeedSort;
import io.parley.api.feed.FeedType;
import io.parley.api.feedplus.DeleteCommentRequest;
import io.parley.api.feedplus.ListCommentsRequest;
import io.parley.api.feedplus.ListLikesRequest;
import io.parley.api.feedplus.ReportFeedRequest;
import io.parley.api.social.BlockRequest;
import io.parley.api.social.UnblockRequest;
import io.parley.api.social.UnfollowRequest;
import io.parley.harness.FeedPerson;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Posts, likes and comments, through the native API.
class FeedTest {
  private static final String PICTURE = "https://pictures.example/1.png";

  @RegisterExtension static final TestWorld world = new TestWorld();
  private static final TestServer server = world.server();
  private static int tests;

  private FeedPerson ann;
  private FeedPerson bob;

  @BeforeEach
  void register() {
    tests++;
    ann = FeedPerson.register(server, "ann" + tests);
    bob = FeedPerson.register(server, "bob" + tests);
  }

  @AfterEach
  void leave() {
    ann.close();
    bob.close();
  }

  @Test
  void create_answersTheWholePost() {
    Feed feed = ann.post("good morning");
    assertEquals(ann.id(), feed.getUserId());
    assertEquals(FeedType.Txt, feed.getType());
    assertEquals(IsEnable.Enable, feed.getIsEnable());
    assertEquals(ReviewStatus.ReviewPass, feed.getReviewStatus());
    assertTrue(feed.getHot() > 0);
    assertTrue(Timestamps.toMillis(feed.getCreatedAt()) > 1_700_000_000_000L);
    assertFalse(feed.hasDeletedAt());
    assertEquals(feed, ann.get(feed.getId()));
    assertEquals(feed, bob.get(feed.getId()));
  }

  @Test
  void resources_becomePicturesOrOneVideo() {
    Feed pictures = ann.post(FeedType.Image, "", PICTURE, PICTURE + "?2");
    assertEquals(2, pictures.getImageCount());
    assertEquals(PICTURE + "?2", pictures.getImage(1).getImgUrl());
    assertEquals(pictures.getId(), pictures.getImage(1).getFeedId());
    assertFalse(pictures.hasVideo());
    Feed video =
        ann.person()
            .feeds()
            .feedCreate(
                FeedCreateRequest.newBuilder()
                    .setType(FeedType.Video)
                    .addResource("https://videos.example/v.mp4")
                    .addResource(PICTURE)
                    .setWidth(640)
                    .setHeight(480)
                    .setDuration(12.5)
                    .build())
            .getFeed();
    assertEquals("https://videos.example/v.mp4", video.getVideo().getVideoUrl());
    assertEquals(PICTURE, video.getVideo().getCoverUrl());
    assertEquals(12.5, video.getVideo().getDuration());
    assertEquals(640, video.getVideo().getWidth());
    assertEquals(video, bob.get(video.getId()));
  }

  @Test
  void create_whatCannotBe_isRefusedByName() {
    assertRefused("content: ", FeedType.Txt, " \n");
    assertRefused("content: over limits.post_code_points_max", FeedType.Txt, "x".repeat(10_001));
    assertRefused("content: ", FeedType.Txt, "a\0b");
    assertRefused("resource: ", FeedType.Txt, "x", PICTURE);
    assertRefused("resource: ", FeedType.Image, "x");
    String[] ten = new String[10];
    java.util.Arrays.fill(ten, PICTURE);
    assertRefused("resource: more than limits.post_images_max", FeedType.Image, "x", ten);
    assertRefused("resource: ", FeedType.Image, "x", "javascript:alert(1)");
    assertRefused("resource: ", FeedType.Image, "x", "data:image/png;base64,AAAA");
    assertRefused("resource: ", FeedType.Image, "x", "https://");
    assertRefused("resource: ", FeedType.Image, "x", "/media/../../etc/passwd");
    assertRefused("resource: is not a picture", FeedType.Image, "x", media("mp4"));
    assertRefused("resource: is a picture", FeedType.Video, "x", server.url() + media("png"));
    assertFails(Status.Code.PERMISSION_DENIED, () -> ann.post(FeedType.Image, "x", media("png")));
    assertRefused("resource: longer", FeedType.Image, "x", PICTURE + "x".repeat(2048));
    assertRefused("resource: ", FeedType.Video, "x");
    assertRefused("resource: ", FeedType.Video, "x", PICTURE, PICTURE, PICTURE);
    assertEquals(
        1001,
        assertFails(
                Status.Code.INVALID_ARGUMENT,
                () ->
                    ann.person()
                        .feeds()
                        .feedCreate(FeedCreateRequest.newBuilder().setTypeValue(7).build()))
            .getErrorCode());
    assertEquals(10_000, ann.post("好".repeat(10_000)).getContent().length());
  }

  private static String media(String extension) {
    return "/media/" + "0".repeat(64) + "." + extension;
  }

  private void assertRefused(String why, FeedType type, String text, String... resources) {
    String told =
        assertFails(Status.Code.INVALID_ARGUMENT, () -> ann.post(type, text, resources))
            .getMessage();
    assertTrue(told.startsWith(why), told);
  }

  @Test
  void upload_isShownByWhoeverUploadedItOnly() throws Exception {
    BufferedImage image = new BufferedImage(3, tests, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, "png", png));
    HttpRequest upload =
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/images"))
            .header("authorization", "bearer " + ann.person().token())
            .POST(HttpRequest.BodyPublishers.ofByteArray(png.toByteArray()))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String body = http.send(upload, HttpResponse.BodyHandlers.ofString()).body();
      String url = new ObjectMapper().readTree(body).get("url").asText();
      assertEquals(url, ann.post(FeedType.Image, "", url).getImage(0).getImgUrl());
      assertFails(Status.Code.PERMISSION_DENIED, () -> bob.post(FeedType.Image, "", url));
    }
  }

  @Test
  void lists_overASocket_endWhereTheFrameIsFull() throws Exception {
    for (int i = 0; i < 5; i++) {
      ann.post(i + "长".repeat(9_999));
    }
    bob.follows(ann);
    List<String> read = new ArrayList<>();
    String cursor = "";
    try (LivePerson live = new LivePerson(server, bob.person().token(), "phone")) {
      do {
        JsonNode page =
            live.call("feed.FeedService/FeedFollow", "{\"cursor\":\"" + cursor + "\"}").get("data");
        assertEquals(page.get("feed").size() == 2, !page.get("next_cursor").asText().isEmpty());
        page.get("feed").forEach(feed -> read.add(feed.get("content").asText().substring(0, 1)));
        cursor = page.get("next_cursor").asText();
      } while (!cursor.isEmpty());
    }
    assertEquals(List.of("4", "3", "2", "1", "0"), read);
  }

  @Test
  void edit_byItsAuthorOnly_replacesEverything() {
    Feed feed = ann.post(FeedType.Image, "before", PICTURE);
    bob.like(feed.getId());
    ann.edit(feed.getId(), "after");
    Feed now = bob.get(feed.getId());
    assertEquals("after", now.getContent());
    assertEquals(FeedType.Txt, now.getType());
    assertEquals(0, now.getImageCount());
    assertEquals(1, now.getLikeCount());
    assertEquals(List.of("after"), bob.query(keyword("after").setNum(1)));
    assertEquals(
        1003,
        assertFails(
                Status.Code.PERMISSION_DENIED,
                () -> {
                  bob.edit(feed.getId(), "mine");
                  return 0;
                })
            .getErrorCode());
  }

  @Test
  void delete_byItsAuthorOnly_endsItForEverybody() {
    Feed feed = ann.post("to be gone " + tests);
    assertFails(Status.Code.PERMISSION_DENIED, () -> bob.delete(feed.getId()));
    ann.delete(feed.getId());
    for (FeedPerson each : List.of(ann, bob)) {
      assertFails(Status.Code.NOT_FOUND, () -> each.get(feed.getId()));
      assertFails(Status.Code.NOT_FOUND, () -> each.like(feed.getId()));
      assertFails(Status.Code.NOT_FOUND, () -> each.comment(feed.getId(), "late"));
      assertEquals(List.of(), each.find("to be gone " + tests));
    }
    assertFails(Status.Code.NOT_FOUND, () -> ann.delete(feed.getId()));
    assertEquals(List.of(), ann.own(FeedOwnRequest.newBuilder()));
  }

  @Test
  void likes_countOnceForEachAccount() {
    long id = ann.post("like me").getId();
    bob.like(id);
    bob.like(id);
    ann.like(id);
    assertEquals(2, ann.get(id).getLikeCount());
    assertTrue(bob.get(id).getLiked());
    bob.unlike(id);
    bob.unlike(id);
    assertEquals(1, bob.get(id).getLikeCount());
    assertFalse(bob.get(id).getLiked());
    var likes =
        bob.person().comments().listLikes(ListLikesRequest.newBuilder().setFeedId(id).build());
    assertEquals(1, likes.getLikeCount());
    assertEquals(ann.id(), likes.getLike(0).getUserId());
    assertEquals(id, likes.getLike(0).getFeedId());
    assertEquals("", likes.getNextCursor());
  }

  @Test
  void counts_ofManyAtOnce_areExact() {
    long id = ann.post("crowd").getId();
    List<FeedPerson> crowd = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      crowd.add(FeedPerson.register(server, "crowd" + tests + "x" + i));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (FeedPerson each : crowd) {
        for (int twice = 0; twice < 2; twice++) {
          threads.execute(() -> each.like(id));
          threads.execute(() -> each.comment(id, "hear hear"));
        }
        threads.execute(() -> each.unlike(id));
        threads.execute(() -> each.like(id));
      }
    }
    crowd.getFirst().unlike(id);
    for (FeedPerson each : crowd.subList(1, 8)) {
      each.like(id);
      each.close();
    }
    crowd.getFirst().close();
    Feed now = ann.get(id);
    assertEquals(7, now.getLikeCount());
    assertEquals(16, now.getCommentCount());
    assertHotter(7 + 2 * 16 + 3 * 8, now.getHot() - ann.post("now").getHot());
  }

  @Test
  void hot_movesByActsOnly() {
    Feed feed = ann.post("quiet");
    assertEquals(feed.getHot(), bob.get(feed.getId()).getHot());
    bob.like(feed.getId());
    assertEquals(feed.getHot(), bob.get(feed.getId()).getHot(), "one point is no tenfold");
    long comment = bob.comment(feed.getId(), "well").getId();
    long with = bob.get(feed.getId()).getHot();
    assertHotter(1 + 2 + 3, with - feed.getHot());
    bob.person().comments().deleteComment(byId(comment));
    bob.unlike(feed.getId());
    assertEquals(feed.getHot(), bob.get(feed.getId()).getHot());
    report(bob, feed.getId(), "spam");
    report(bob, feed.getId(), "spam, really");
    assertHotter(5, feed.getHot() - bob.get(feed.getId()).getHot());
    assertFails(Status.Code.INVALID_ARGUMENT, () -> report(ann, feed.getId(), "myself"));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> report(bob, feed.getId(), "x".repeat(501)));
  }

  /// A second of youth is worth 22.
  private static void assertHotter(int points, long by) {
    assertEquals(1e6 * Math.log10(points), (double) by, 500, points + " points");
  }

  private static Object report(FeedPerson who, long id, String reason) {
    return who.person()
        .comments()
        .reportFeed(ReportFeedRequest.newBuilder().setFeedId(id).setReason(reason).build());
  }

  private static DeleteCommentRequest byId(long comment) {
    return DeleteCommentRequest.newBuilder().setId(comment).build();
  }

  @Test
  void comments_areReadLatestFirstInPages() {
    long id = ann.post("talk").getId();
    long first = bob.comment(id, "one").getId();
    assertEquals(first, ann.comment(id, "two", first).getReplyTo());
    bob.comment(id, "three");
    assertEquals(List.of("three", "two", "one"), bob.comments(id));
    ListCommentsRequest.Builder page = ListCommentsRequest.newBuilder().setFeedId(id).setNum(2);
    var top = bob.person().comments().listComments(page.build());
    ann.comment(id, "four");
    var rest = bob.person().comments().listComments(page.setCursor(top.getNextCursor()).build());
    assertEquals("one", rest.getComment(0).getContent());
    assertEquals(1, rest.getCommentCount());
    assertEquals("", rest.getNextCursor());
    assertEquals(4, ann.get(id).getCommentCount());
    long other = ann.post("other").getId();
    assertFails(
        Status.Code.INVALID_ARGUMENT,
        () -> bob.person().comments().listComments(page.setFeedId(other).build()));
  }

  @Test
  void comments_whatCannotBe_isRefused() {
    long id = ann.post("talk").getId();
    long elsewhere = ann.comment(ann.post("elsewhere").getId(), "there").getId();
    assertFails(Status.Code.INVALID_ARGUMENT, () -> bob.comment(id, " "));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> bob.comment(id, "x".repeat(2001)));
    assertFails(Status.Code.NOT_FOUND, () -> bob.comment(id, "re", elsewhere));
    assertFails(Status.Code.NOT_FOUND, () -> bob.comment(id + 1, "nothing"));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> bob.comment(0, "nothing"));
    assertEquals(0, ann.get(id).getCommentCount());
  }

  @Test
  void comments_areDeletedByTheirAuthorOrThePostsAuthor() {
    long id = ann.post("talk").getId();
    long bobs = bob.comment(id, "bob's").getId();
    long anns = ann.comment(id, "ann's").getId();
    assertFails(
        Status.Code.PERMISSION_DENIED, () -> bob.person().comments().deleteComment(byId(anns)));
    ann.person().comments().deleteComment(byId(bobs));
    assertFails(Status.Code.NOT_FOUND, () -> bob.person().comments().deleteComment(byId(bobs)));
    assertEquals(List.of("ann's"), bob.comments(id));
    assertEquals(1, bob.get(id).getCommentCount());
  }

  @Test
  void blocked_eitherWay_seesNothingOfTheOther() {
    long id = ann.post("not for bob " + tests).getId();
    bob.follows(ann);
    bob.comment(id, "while I can");
    ann.person().friends().block(BlockRequest.newBuilder().setUserId(bob.id()).build());
    for (int round = 0; round < 2; round++) {
      assertFails(Status.Code.NOT_FOUND, () -> bob.get(id));
      assertFails(Status.Code.NOT_FOUND, () -> bob.like(id));
      assertFails(Status.Code.NOT_FOUND, () -> bob.comment(id, "x"));
      assertFails(Status.Code.NOT_FOUND, () -> bob.comments(id));
      assertFails(Status.Code.NOT_FOUND, () -> report(bob, id, "x"));
      assertEquals(List.of(), bob.find("not for bob " + tests));
      assertFalse(bob.query(FeedQueryRequest.newBuilder()).contains("not for bob " + tests));
      assertEquals(List.of(), bob.follow());
      assertEquals(List.of(), ann.comments(id), "what the other said is hidden, too");
      ann.person().friends().unblock(UnblockRequest.newBuilder().setUserId(bob.id()).build());
      bob.person().friends().block(BlockRequest.newBuilder().setUserId(ann.id()).build());
    }
    bob.person().friends().unblock(UnblockRequest.newBuilder().setUserId(ann.id()).build());
    assertEquals(List.of("not for bob " + tests), bob.find("not for bob " + tests));
  }

  @Test
  void own_goesByLastIdKeywordAndState() {
    for (String text : List.of("Tee trinken", "喝茶", "drink TEA", "water")) {
      ann.post(text);
    }
    bob.post("tea of bob");
    assertEquals(
        List.of("water", "drink TEA", "喝茶", "Tee trinken"), ann.own(FeedOwnRequest.newBuilder()));
    assertEquals(List.of("drink TEA"), ann.own(FeedOwnRequest.newBuilder().setKeyword("tea")));
    assertEquals(List.of("喝茶"), ann.own(FeedOwnRequest.newBuilder().setKeyword("茶")));
    assertEquals(List.of(), ann.own(FeedOwnRequest.newBuilder().setKeyword("t_a")));
    assertEquals(
        List.of(), ann.own(FeedOwnRequest.newBuilder().setReviewStatus(ReviewStatus.ReviewFail)));
    var page = ann.person().feeds().feedOwn(FeedOwnRequest.newBuilder().setNum(3).build());
    assertEquals(3, page.getFeedCount());
    assertEquals(4, page.getPager().getTotalRows());
    assertEquals(3, page.getPager().getPageZie());
    assertEquals(
        List.of("Tee trinken"),
        ann.own(FeedOwnRequest.newBuilder().setLastId(page.getFeed(2).getId())));
    assertEquals(
        List.of("Tee trinken"),
        ann.own(FeedOwnRequest.newBuilder().setCursor(page.getNextCursor())));
  }

  @Test
  void query_findsWordsOfAnyLanguageAndLength() {
    String mark = "q" + tests + "z";
    ann.post(mark + " 今天天气很好，我们去爬山吧");
    ann.post(mark + " Straße nach München 100%_sure");
    ann.post(mark + " plain ascii");
    assertEquals(1, found(mark, "天气"));
    assertEquals(1, found(mark, "天气很好"));
    assertEquals(1, found(mark, "山"));
    assertEquals(1, found(mark, "STRASSE"));
    assertEquals(1, found(mark, "münchen"));
    assertEquals(1, found(mark, "100%_"));
    assertEquals(1, found(mark, "%_"));
    assertEquals(0, found(mark, "p%n"));
    assertEquals(0, found(mark, "plain_ascii"));
    assertEquals(0, found(mark, "' OR 1=1 --"));
    assertEquals(3, found(mark, mark));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> bob.find("x".repeat(200)));
  }

  private long found(String mark, String word) {
    return bob.query(keyword(word).setNum(100)).stream()
        .filter(text -> text.startsWith(mark))
        .count();
  }

  private static FeedQueryRequest.Builder keyword(String word) {
    return FeedQueryRequest.newBuilder().setKeyword(word);
  }

  @Test
  void query_pagesByLastIdOrCursor() {
    String mark = "page" + tests;
    for (int i = 0; i < 7; i++) {
      ann.post(mark + " " + i);
    }
    List<String> byId = new ArrayList<>();
    List<String> byCursor = new ArrayList<>();
    long lastId = 0;
    String cursor = "";
    for (int page = 0; page < 3; page++) {
      FeedQueryResponse one =
          bob.person().feeds().feedQuery(keyword(mark).setNum(3).setLastId(lastId).build());
      byId.addAll(FeedPerson.texts(one.getFeedList()));
      lastId = one.getFeed(one.getFeedCount() - 1).getId();
      FeedQueryResponse two =
          bob.person().feeds().feedQuery(keyword(mark).setNum(3).setCursor(cursor).build());
      byCursor.addAll(FeedPerson.texts(two.getFeedList()));
      cursor = two.getNextCursor();
      ann.post("in between");
    }
    assertEquals(7, byId.size());
    assertEquals(mark + " 6", byId.getFirst());
    assertEquals(byId, byCursor);
    assertEquals("", cursor);
  }

  @Test
  void query_byHeat_putsWhatIsLikedFirst() {
    String mark = "heat" + tests;
    ann.post(mark + " cold");
    long hot = ann.post(mark + " hot").getId();
    ann.post(mark + " new");
    bob.like(hot);
    bob.comment(hot, "yes");
    assertEquals(
        List.of(mark + " hot", mark + " new", mark + " cold"),
        bob.query(keyword(mark).setSort(FeedSort.Hottest)));
    assertTrue(bob.query(FeedQueryRequest.newBuilder().setSort(FeedSort.Hottest)).size() >= 3);
  }

  @Test
  void follow_showsFollowedAccountsAndEndsWithUnfollowing() {
    ann.post("one");
    bob.follows(ann);
    assertEquals(List.of("one"), bob.follow());
    ann.post("two");
    assertEquals(List.of("two", "one"), bob.follow());
    bob.person().follows().unfollow(UnfollowRequest.newBuilder().setUserId(ann.id()).build());
    assertEquals(List.of(), bob.follow());
    assertEquals(List.of(), ann.follow());
  }

  @Test
  void cursors_ofOthersOrOtherLists_areRefused() {
    bob.follows(ann);
    ann.post("one");
    ann.post("two");
    var feeds = bob.person().feeds();
    String follow =
        feeds.feedFollow(FeedFollowRequest.newBuilder().setNum(1).build()).getNextCursor();
    assertFalse(follow.isEmpty());
    String broken = (follow.startsWith("A") ? "B" : "A") + follow.substring(1);
    for (String cursor : List.of(broken, "x", "!", follow + "AAAA", "A".repeat(5000))) {
      String told =
          assertFails(
                  Status.Code.INVALID_ARGUMENT,
                  () -> feeds.feedFollow(FeedFollowRequest.newBuilder().setCursor(cursor).build()))
              .getMessage();
      assertTrue(told.startsWith("cursor: "), told);
    }
    FeedFollowRequest stolen = FeedFollowRequest.newBuilder().setCursor(follow).build();
    assertFails(Status.Code.INVALID_ARGUMENT, () -> ann.person().feeds().feedFollow(stolen));
    assertFails(
        Status.Code.INVALID_ARGUMENT,
        () -> feeds.feedRecommend(FeedRecommendRequest.newBuilder().setCursor(follow).build()));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> bob.query(keyword("").setCursor(follow)));
    assertEquals(1, feeds.feedFollow(stolen).getFeedCount());
  }

  @Test
  void nobody_mayOnlyPing() {
    try (GrpcPerson nobody = GrpcPerson.anonymous(server)) {
      assertEquals("pong", nobody.feeds().ping(PingRequest.getDefaultInstance()).getContent());
      FeedPerson stranger = new FeedPerson(nobody);
      long id = ann.post("x").getId();
      assertFails(Status.Code.UNAUTHENTICATED, () -> stranger.post("x"));
      assertFails(Status.Code.UNAUTHENTICATED, () -> stranger.get(id));
      assertFails(Status.Code.UNAUTHENTICATED, () -> stranger.like(id));
      assertFails(Status.Code.UNAUTHENTICATED, () -> stranger.find("x"));
      assertFails(Status.Code.UNAUTHENTICATED, stranger::follow);
    }
  }

  @Test
  void acts_arePushedToTheAuthorAndPostsToFollowers() throws Exception {
    bob.follows(ann);
    try (LivePerson live = new LivePerson(server, bob.person().token(), "phone")) {
      long id = ann.post("live").getId();
      assertPush(live.nextBut("push.activity"), "posted", id, ann.id());
    }
    long id = ann.post("acted on").getId();
    try (LivePerson live = new LivePerson(server, ann.person().token(), "phone")) {
      ann.like(id);
      bob.like(id);
      assertPush(live.nextBut("push.activity"), "liked", id, bob.id());
      long comment = bob.comment(id, "c").getId();
      assertPush(live.nextBut("push.activity"), "commented", id, bob.id());
      bob.comment(id, "again", comment);
      assertPush(live.nextBut("push.activity"), "commented", id, bob.id());
    }
  }

  private static void assertPush(JsonNode frame, String kind, long id, long actor) {
    assertEquals("push.feed", frame.get("cmd").asText(), frame.toString());
    assertEquals(kind, frame.at("/data/kind").asText());
    assertEquals(Long.toString(id), frame.at("/data/id").asText());
    assertEquals(Long.toString(actor), frame.at("/data/user_id").asText());
  }
}
