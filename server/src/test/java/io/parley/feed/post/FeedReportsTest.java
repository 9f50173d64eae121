package io.parley.feed.post;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.parley.api.common.IsEnable;
import io.parley.api.common.ReviewStatus;
import io.parley.api.feed.Feed;
import io.parley.api.feedplus.DecideRequest;
import io.parley.api.feedplus.ListFeedsOfRequest;
import io.parley.api.feedplus.ListReportsRequest;
import io.parley.api.feedplus.QueueKind;
import io.parley.api.feedplus.QueuedFeed;
import io.parley.api.feedplus.Report;
import io.parley.api.feedplus.ReportFeedRequest;
import io.parley.api.feedplus.ReviewQueueRequest;
import io.parley.api.feedplus.SetEnabledRequest;
import io.parley.harness.FeedPerson;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of reports of posts.
class FeedReportsTest {
  @TempDir private Path dir;
  private TestServer server;
  private FeedPerson ann;
  private FeedPerson bob;
  private FeedPerson cleo;
  private FeedPerson mod;

  @BeforeEach
  void start() {
    TestServer.command(dir, "account", "create", "--nickname", "mod", "--password", "secret1");
    TestServer.command(dir, "account", "grant", "mod", "admin");
    server = TestServer.start(dir);
    mod = new FeedPerson(GrpcPerson.login(server, "mod", "secret1"));
    ann = FeedPerson.register(server, "ann");
    bob = FeedPerson.register(server, "bob");
    cleo = FeedPerson.register(server, "cleo");
  }

  @AfterEach
  void stop() {
    List.of(ann, bob, cleo, mod).forEach(FeedPerson::close);
    server.close();
  }

  @Test
  void decision_takesThePostOutOfTheQueue_untilSomebodyElseReportsIt() {
    long kept = ann.post("kept").getId();
    long gone = ann.post("gone").getId();
    long off = ann.post("off").getId();
    List.of(kept, gone, off).forEach(id -> report(bob, id, "spam"));
    assertEquals(List.of("off", "gone", "kept"), queue());
    decide(kept, ReviewStatus.ReviewPass);
    assertEquals(List.of("off", "gone"), queue());
    decide(gone, ReviewStatus.ReviewFail);
    setEnabled(off, IsEnable.NotEnable);
    assertEquals(List.of(), queue());
    report(bob, kept, "still spam");
    assertEquals(List.of(), queue());
    report(cleo, kept, "spam to me as well");
    assertEquals(1, queued().getFirst().getReports());
    assertEquals(List.of("kept"), queue());
  }

  @Test
  void report_ofAPostThatWasEditedSinceTheDecision_countsAgain() {
    long id = ann.post("mild").getId();
    report(bob, id, "rude");
    decide(id, ReviewStatus.ReviewPass);
    ann.edit(id, "rude, after all");
    report(bob, id, "now it is");
    assertEquals(List.of("rude, after all"), queue());
    Report report = reports(id).getFirst();
    assertEquals("now it is", report.getReason());
    assertEquals("rude, after all", report.getExcerpt());
    assertFalse(report.hasResolvedAt());
  }

  @Test
  void decision_givesThePostItsRankBack() {
    long id = ann.post("fine").getId();
    long before = ann.get(id).getHot();
    report(bob, id, "dislike");
    report(cleo, id, "dislike");
    assertTrue(ann.get(id).getHot() < before);
    assertEquals(before, decide(id, ReviewStatus.ReviewPass).getHot());
    assertEquals(before, ann.get(id).getHot());
  }

  @Test
  void report_outlivesThePost_withWhatItSaid_untilItIsResolved() {
    long id = ann.post("threat").getId();
    report(bob, id, "a threat");
    ann.edit(id, "kittens");
    ann.delete(id);
    QueuedFeed row = queued().getFirst();
    assertTrue(row.getDeleted());
    assertEquals(id, row.getFeed().getId());
    assertEquals("threat", reports(id).getFirst().getExcerpt());
    assertFails(Status.Code.NOT_FOUND, () -> mod.get(id));
    decide(id, ReviewStatus.ReviewPass);
    assertEquals(List.of(), queue());
    assertFails(Status.Code.NOT_FOUND, () -> bob.get(id));
    assertFails(Status.Code.NOT_FOUND, () -> ann.get(id));
    assertEquals(List.of(), bob.find("kittens"));
    assertFails(Status.Code.NOT_FOUND, () -> decide(id, ReviewStatus.ReviewFail));
  }

  @Test
  void deletion_byAnAdmin_resolvesTheReports() {
    long id = ann.post("x".repeat(600)).getId();
    report(bob, id, "long");
    assertEquals(500, reports(id).getFirst().getExcerpt().length());
    mod.delete(id);
    assertEquals(List.of(), queue());
  }

  @Test
  void author_isToldOfADecision_andFindsWhatWasSaid() throws Exception {
    long id = ann.post("loud").getId();
    try (LivePerson live = new LivePerson(server, ann.person().token(), "phone")) {
      decide(id, ReviewStatus.ReviewFail);
      var push = live.next();
      assertEquals("push.feed", push.path("cmd").asText());
      assertEquals("judged", push.at("/data/kind").asText());
      assertEquals(Long.toString(id), push.at("/data/id").asText());
    }
    assertEquals("because", ann.get(id).getRemark());
  }

  @Test
  void feedsOf_areAllOfAnAccount_forAdmins() {
    long id = ann.post("one").getId();
    decide(id, ReviewStatus.ReviewFail);
    ann.post("two");
    ann.delete(ann.post("three").getId());
    bob.post("not hers");
    var first = ListFeedsOfRequest.newBuilder().setUserId(ann.id()).setNum(1).build();
    var page = mod.person().moderation().listFeedsOf(first);
    assertEquals("two", page.getFeed(0).getContent());
    var rest = first.toBuilder().setCursor(page.getNextCursor()).build();
    assertEquals("one", mod.person().moderation().listFeedsOf(rest).getFeed(0).getContent());
    assertFails(Status.Code.PERMISSION_DENIED, () -> bob.person().moderation().listFeedsOf(first));
  }

  private List<String> queue() {
    return queued().stream().map(each -> each.getFeed().getContent()).toList();
  }

  private List<QueuedFeed> queued() {
    return mod.person()
        .moderation()
        .reviewQueue(ReviewQueueRequest.newBuilder().setKind(QueueKind.Reported).build())
        .getQueuedList();
  }

  private List<Report> reports(long id) {
    return mod.person()
        .moderation()
        .listReports(ListReportsRequest.newBuilder().setFeedId(id).build())
        .getReportList();
  }

  private Feed decide(long id, ReviewStatus status) {
    return mod.person()
        .moderation()
        .decide(
            DecideRequest.newBuilder()
                .setFeedId(id)
                .setReviewStatus(status)
                .setRemark("because")
                .build())
        .getFeed();
  }

  private void setEnabled(long id, IsEnable enable) {
    var unused =
        mod.person()
            .moderation()
            .setEnabled(SetEnabledRequest.newBuilder().setFeedId(id).setIsEnable(enable).build());
  }

  private static void report(FeedPerson who, long id, String reason) {
    var unused =
        who.person()
            .comments()
            .reportFeed(ReportFeedRequest.newBuilder().setFeedId(id).setReason(reason).build());
  }
}
