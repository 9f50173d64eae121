package io.parley.feed.post;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.parley.api.common.IsEnable;
import io.parley.api.common.ReviewStatus;
import io.parley.api.feed.Feed;
import io.parley.api.feed.FeedOwnRequest;
import io.parley.api.feedplus.DecideRequest;
import io.parley.api.feedplus.ListReportsRequest;
import io.parley.api.feedplus.QueueKind;
import io.parley.api.feedplus.RankingRequest;
import io.parley.api.feedplus.ReportFeedRequest;
import io.parley.api.feedplus.ReviewQueueRequest;
import io.parley.api.feedplus.ReviewQueueResponse;
import io.parley.api.feedplus.SetEnabledRequest;
import io.parley.harness.FeedPerson;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Moderators and what they decide, where `feed.review` is manual.
class FeedReviewTest {
  @TempDir private Path dir;
  private TestServer server;
  private FeedPerson ann;
  private FeedPerson bob;
  private FeedPerson mod;

  @BeforeEach
  void start() {
    assertEquals(0, run("account", "create", "--nickname", "mod", "--password", "secret1"));
    assertEquals(0, run("account", "grant", "mod", "admin"));
    start("manual");
  }

  private void start(String review) {
    server = TestServer.start(dir, Map.of("feed.review", review));
    mod = new FeedPerson(GrpcPerson.login(server, "mod", "secret1"));
    ann = FeedPerson.register(server, "ann " + review);
    bob = FeedPerson.register(server, "bob " + review);
  }

  private int run(String... args) {
    return TestServer.command(dir, args);
  }

  @AfterEach
  void stop() {
    List.of(ann, bob, mod).forEach(FeedPerson::close);
    server.close();
  }

  @Test
  void post_untilItPasses_isSeenByItsAuthorAndAdminsOnly() throws Exception {
    bob.follows(ann);
    Feed feed = ann.post("wait for me");
    assertEquals(ReviewStatus.ReviewTo, feed.getReviewStatus());
    assertEquals(feed, ann.get(feed.getId()));
    assertEquals(feed.getId(), mod.get(feed.getId()).getId());
    assertFails(Status.Code.NOT_FOUND, () -> bob.get(feed.getId()));
    assertFails(Status.Code.NOT_FOUND, () -> bob.like(feed.getId()));
    assertEquals(List.of(), bob.find("wait for me"));
    assertEquals(List.of(), bob.follow());
    try (LivePerson live = new LivePerson(server, bob.person().token(), "phone")) {
      Feed passed = decide(mod, feed.getId(), ReviewStatus.ReviewPass, "fine");
      assertEquals("fine", passed.getRemark());
      assertEquals(mod.get(feed.getId()).getOperator(), passed.getOperator());
      assertTrue(passed.getOperator() > 0);
      assertEquals("posted", live.next().at("/data/kind").asText());
    }
    assertEquals(List.of("wait for me"), bob.find("wait for me"));
    assertEquals(List.of("wait for me"), bob.follow());
    assertEquals(ReviewStatus.ReviewPass, bob.get(feed.getId()).getReviewStatus());
  }

  @Test
  void post_thatFailed_waitsAgainOnceItIsEdited() {
    long id = ann.post("bad").getId();
    decide(mod, id, ReviewStatus.ReviewFail, "rude");
    assertFails(Status.Code.NOT_FOUND, () -> bob.get(id));
    assertEquals("rude", ann.get(id).getRemark());
    assertEquals(
        List.of("bad"),
        ann.own(FeedOwnRequest.newBuilder().setReviewStatus(ReviewStatus.ReviewFail)));
    ann.edit(id, "better");
    assertEquals(List.of("better"), queue(QueueKind.Waiting));
    decide(mod, id, ReviewStatus.ReviewPass, "");
    assertEquals("better", bob.get(id).getContent());
    ann.edit(id, "worse");
    assertFails(Status.Code.NOT_FOUND, () -> bob.get(id));
  }

  @Test
  void edit_whereReviewIsAuto_passesUnlessItHadFailed() {
    stop();
    start("auto");
    long id = ann.post("good").getId();
    ann.edit(id, "still good");
    assertEquals("still good", bob.get(id).getContent());
    decide(mod, id, ReviewStatus.ReviewFail, "no");
    ann.edit(id, "sneaked past");
    assertEquals(ReviewStatus.ReviewTo, ann.get(id).getReviewStatus());
    assertFails(Status.Code.NOT_FOUND, () -> bob.get(id));
  }

  @Test
  void queue_isInPagesOldestFirst() {
    for (int i = 0; i < 5; i++) {
      ann.post("waits " + i);
    }
    var first =
        mod.person().moderation().reviewQueue(ReviewQueueRequest.newBuilder().setNum(3).build());
    assertEquals("waits 0", first.getQueued(0).getFeed().getContent());
    var rest =
        mod.person()
            .moderation()
            .reviewQueue(ReviewQueueRequest.newBuilder().setCursor(first.getNextCursor()).build());
    assertEquals(List.of("waits 3", "waits 4"), texts(rest));
    assertEquals("", rest.getNextCursor());
  }

  @Test
  void reports_areQueuedByTheirNumber() {
    long one = passed("one report");
    long two = passed("two reports");
    report(bob, one, "a");
    report(bob, two, "b");
    report(mod, two, "c");
    assertEquals(List.of("two reports", "one report"), queue(QueueKind.Reported));
    var reports =
        mod.person()
            .moderation()
            .listReports(ListReportsRequest.newBuilder().setFeedId(two).setNum(1).build());
    assertEquals(1, reports.getReportCount());
    var more =
        mod.person()
            .moderation()
            .listReports(
                ListReportsRequest.newBuilder()
                    .setFeedId(two)
                    .setCursor(reports.getNextCursor())
                    .build());
    assertEquals(bob.id(), more.getReport(0).getUserId());
    assertEquals("b", more.getReport(0).getReason());
  }

  @Test
  void disabled_isSeenByItsAuthorOnlyUntilItIsEnabled() {
    long id = passed("switch");
    Feed off = setEnabled(mod, id, IsEnable.NotEnable);
    assertEquals(IsEnable.NotEnable, off.getIsEnable());
    assertFails(Status.Code.NOT_FOUND, () -> bob.get(id));
    assertEquals("legal", ann.get(id).getRemark());
    setEnabled(mod, id, IsEnable.Enable);
    assertEquals("switch", bob.get(id).getContent());
  }

  @Test
  void admins_deleteAnybodysPostsAndComments() {
    long id = passed("to go");
    bob.comment(id, "mine");
    mod.delete(id);
    assertFails(Status.Code.NOT_FOUND, () -> ann.get(id));
    assertFails(Status.Code.NOT_FOUND, () -> mod.get(id));
  }

  @Test
  void ranking_isShownAsItIsDocumented() {
    var ranking = mod.person().moderation().ranking(RankingRequest.getDefaultInstance());
    assertEquals(
        List.of(1L, 2L, 3L, -5L),
        List.of(
            ranking.getLike(), ranking.getComment(), ranking.getReplier(), ranking.getReport()));
    assertEquals(45_000, ranking.getSecondsPerTenfold());
    assertEquals(1_000_000, ranking.getUnit());
  }

  @Test
  void others_mayNotModerate() {
    long id = ann.post("mine").getId();
    List<Callable<?>> calls =
        List.of(
            () -> decide(ann, id, ReviewStatus.ReviewPass, ""),
            () -> setEnabled(ann, id, IsEnable.Enable),
            () -> ann.person().moderation().reviewQueue(ReviewQueueRequest.getDefaultInstance()),
            () -> ann.person().moderation().ranking(RankingRequest.getDefaultInstance()),
            () ->
                ann.person()
                    .moderation()
                    .listReports(ListReportsRequest.newBuilder().setFeedId(id).build()));
    for (Callable<?> call : calls) {
      assertEquals(1003, assertFails(Status.Code.PERMISSION_DENIED, call).getErrorCode());
    }
    assertFails(Status.Code.INVALID_ARGUMENT, () -> decide(mod, id, ReviewStatus.ReviewTo, ""));
    assertFails(
        Status.Code.INVALID_ARGUMENT,
        () -> decide(mod, id, ReviewStatus.ReviewFail, "x".repeat(501)));
    assertFails(Status.Code.NOT_FOUND, () -> decide(mod, 5, ReviewStatus.ReviewPass, ""));
    assertFalse(ann.get(id).getOperator() > 0);
  }

  private long passed(String text) {
    long id = ann.post(text).getId();
    decide(mod, id, ReviewStatus.ReviewPass, "");
    return id;
  }

  private static Feed decide(FeedPerson who, long id, ReviewStatus status, String remark) {
    return who.person()
        .moderation()
        .decide(
            DecideRequest.newBuilder()
                .setFeedId(id)
                .setReviewStatus(status)
                .setRemark(remark)
                .build())
        .getFeed();
  }

  private static Feed setEnabled(FeedPerson who, long id, IsEnable enable) {
    return who.person()
        .moderation()
        .setEnabled(
            SetEnabledRequest.newBuilder()
                .setFeedId(id)
                .setIsEnable(enable)
                .setRemark("legal")
                .build())
        .getFeed();
  }

  private static void report(FeedPerson who, long id, String reason) {
    var unused =
        who.person()
            .comments()
            .reportFeed(ReportFeedRequest.newBuilder().setFeedId(id).setReason(reason).build());
  }

  private List<String> queue(QueueKind kind) {
    return texts(
        mod.person()
            .moderation()
            .reviewQueue(ReviewQueueRequest.newBuilder().setKind(kind).build()));
  }

  private static List<String> texts(ReviewQueueResponse queue) {
    return queue.getQueuedList().stream().map(each -> each.getFeed().getContent()).toList();
  }
}
