package io.parley.report;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.parley.api.admin.GetReportRequest;
import io.parley.api.admin.GetReportResponse;
import io.parley.api.admin.ListAccountGroupsRequest;
import io.parley.api.admin.ListReportsRequest;
import io.parley.api.admin.MuteMemberRequest;
import io.parley.api.admin.PendingRequest;
import io.parley.api.admin.RecallReportedRequest;
import io.parley.api.admin.Report;
import io.parley.api.admin.ReportLine;
import io.parley.api.admin.ResolveReportRequest;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.RecallRequest;
import io.parley.api.feedplus.ReportFeedRequest;
import io.parley.api.group.Group;
import io.parley.api.group.QuitGroupRequest;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.TextMessage;
import io.parley.api.report.MyReport;
import io.parley.api.report.MyReportsRequest;
import io.parley.api.report.ReportKind;
import io.parley.api.report.ReportRequest;
import io.parley.harness.FeedPerson;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestClock;
import io.parley.harness.TestWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is kept with a report, what operators do because of it, and what its reporter hears.
class ReportsTest {
  private final TestClock clock = new TestClock();

  @RegisterExtension
  private final TestWorld world =
      new TestWorld(Map.of("limits.reports_per_account_max", "3"), clock);

  private final GrpcPerson root = world.operator("root user", "admin");
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson bob = world.register("bob");

  @Test
  void message_isKeptWithWhatWasSaidAroundIt_andStaysSo() {
    List<Long> sent = new ArrayList<>();
    IntStream.range(0, 14).forEach(i -> sent.add(ann.text(bob.id(), "line " + i, "").getId()));
    report(bob, ReportKind.REPORT_MESSAGE, sent.get(6));
    IntStream.range(5, 8).forEach(i -> recall(ann, sent.get(i)));
    GetReportResponse whole = get(open().getFirst().getId());
    assertEquals(
        IntStream.rangeClosed(1, 11).mapToObj(i -> "line " + i).toList(),
        whole.getContextList().stream().map(ReportLine::getExcerpt).toList());
    assertEquals(sent.get(6), whole.getContext(5).getMessageId());
    assertEquals(ann.id(), whole.getContext(5).getSenderId());
    assertEquals("line 6", whole.getReport().getExcerpt());
    assertEquals(0, whole.getReport().getGroupId());
    assertTrue(whole.getRecalled());
  }

  @Test
  void context_hasNothingThatItsReporterCouldNotRead() {
    long group = group(ann, bob);
    long taken = say(ann, group, "taken back before");
    say(bob, group, "x".repeat(900));
    long rude = say(ann, group, "rude");
    recall(ann, taken);
    leave(bob, group);
    say(ann, group, "after he left");
    report(bob, ReportKind.REPORT_MESSAGE, rude);
    GetReportResponse whole = get(open().getFirst().getId());
    assertEquals(
        List.of("", "x".repeat(500), "rude"),
        whole.getContextList().stream().map(ReportLine::getExcerpt).toList());
    assertEquals(group, whole.getReport().getGroupId());
    assertFalse(whole.getRecalled());
  }

  @Test
  void report_isOneWhileItIsOpen_andMayBeMadeAgainOnceItIsResolved() {
    report(bob, ReportKind.REPORT_ACCOUNT, ann.id());
    report(bob, ReportKind.REPORT_ACCOUNT, ann.id());
    assertEquals(1, open().size());
    resolve(open().getFirst().getId(), "", "");
    report(bob, ReportKind.REPORT_ACCOUNT, ann.id());
    assertEquals(1, open().size());
    assertEquals(2, mine(bob).size());
  }

  @Test
  void reports_ofOneAccountAreLimited_andRepeatingOneIsStillNoFault() {
    report(bob, ReportKind.REPORT_ACCOUNT, ann.id());
    report(bob, ReportKind.REPORT_ACCOUNT, root.id());
    report(bob, ReportKind.REPORT_GROUP, ann.createGroup("loud"));
    long another = ann.createGroup("louder");
    assertFails(
        Status.Code.RESOURCE_EXHAUSTED, () -> report(bob, ReportKind.REPORT_GROUP, another));
    report(bob, ReportKind.REPORT_ACCOUNT, ann.id());
    assertEquals(3, open().size());
  }

  @Test
  void reporter_hearsWhatBecameOfIt_butNotTheRemark() {
    report(bob, ReportKind.REPORT_ACCOUNT, ann.id());
    assertFalse(mine(bob).getFirst().hasResolvedAt());
    long id = open().getFirst().getId();
    resolve(id, "warned once already", "We talked to them.");
    MyReport mine = mine(bob).getFirst();
    assertTrue(mine.hasResolvedAt());
    assertEquals("We talked to them.", mine.getAnswer());
    assertFalse(mine.toString().contains("warned"), mine.toString());
    assertEquals(List.of(), mine(ann));
    Report resolved = get(id).getReport();
    assertEquals("warned once already", resolved.getRemark());
    assertEquals("We talked to them.", resolved.getAnswer());
    assertFails(Status.Code.FAILED_PRECONDITION, () -> resolve(id, "", "another"));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> resolve(id, "", "x".repeat(501)));
  }

  @Test
  void operator_takesAReportedMessageBack_forAll() throws Exception {
    long group = group(ann, bob);
    long message = say(ann, group, "rude");
    report(bob, ReportKind.REPORT_MESSAGE, message);
    long id = open().getFirst().getId();
    try (LivePerson live = new LivePerson(world.server(), bob.token(), "phone")) {
      recallReported(id);
      var push = live.next();
      assertEquals("push.recall", push.path("cmd").asText());
      assertEquals(Long.toString(message), push.at("/data/id").asText());
      assertEquals(Long.toString(root.id()), push.at("/data/user_id").asText());
      recallReported(id);
      assertEquals(0, live.waiting());
    }
    var kept =
        bob.conversations()
            .history(HistoryRequest.newBuilder().setConversationId(group).build())
            .getMessage(0);
    assertTrue(kept.getRecalled());
    assertEquals(root.id(), kept.getRecalledBy());
    assertTrue(get(id).getRecalled());
    assertEquals("rude", get(id).getReport().getExcerpt());
    String acts = root.auditTexts();
    assertEquals(1, acts.split("message.recall", -1).length - 1, acts);
  }

  @Test
  void recall_isOfReportedMessages_andAsksForThePassword() {
    report(bob, ReportKind.REPORT_ACCOUNT, ann.id());
    long account = open().getFirst().getId();
    assertFails(Status.Code.FAILED_PRECONDITION, () -> recallReported(account));
    assertFails(Status.Code.NOT_FOUND, () -> recallReported(5));
    report(bob, ReportKind.REPORT_MESSAGE, ann.text(bob.id(), "rude", "").getId());
    long message = open().getFirst().getId();
    clock.advance(Duration.ofHours(1));
    assertEquals(
        2006,
        assertFails(Status.Code.FAILED_PRECONDITION, () -> recallReported(message))
            .getBusinessCode());
    assertFalse(get(message).getRecalled());
  }

  @Test
  void operator_mutesAMember_whateverItsRole() {
    long group = group(ann, bob);
    mute(group, ann, 60);
    assertFails(Status.Code.PERMISSION_DENIED, () -> say(ann, group, "still here"));
    mute(group, ann, 0);
    say(ann, group, "again");
    assertFails(Status.Code.NOT_FOUND, () -> mute(group, root, 60));
    assertFails(Status.Code.NOT_FOUND, () -> mute(5, ann, 60));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> mute(group, ann, 31_622_401));
    assertTrue(root.auditTexts().contains("group.mute_member"));
  }

  @Test
  void lists_areOfAnAccount_andWhatWaitsIsCounted() {
    assertEquals(List.of(0L, 0L, 0L), pending());
    report(bob, ReportKind.REPORT_ACCOUNT, ann.id());
    report(ann, ReportKind.REPORT_ACCOUNT, bob.id());
    var feed = new FeedPerson(ann).post("spam");
    var unused =
        bob.comments()
            .reportFeed(
                ReportFeedRequest.newBuilder().setFeedId(feed.getId()).setReason("spam").build());
    assertEquals(List.of(2L, 0L, 1L), pending());
    assertEquals(List.of(ann.id()), subjects(list().setReporterId(bob.id())));
    assertEquals(List.of(bob.id()), subjects(list().setSubjectId(bob.id())));
    long group = group(ann, bob);
    assertEquals(
        List.of(group),
        root
            .admin()
            .listAccountGroups(ListAccountGroupsRequest.newBuilder().setId(bob.id()).build())
            .getGroupList()
            .stream()
            .map(Group::getId)
            .toList());
  }

  @Test
  void twoOperators_resolveAReportOnce() throws Exception {
    report(bob, ReportKind.REPORT_ACCOUNT, ann.id());
    long id = open().getFirst().getId();
    List<Callable<Object>> tries =
        IntStream.range(0, 8)
            .<Callable<Object>>mapToObj(i -> () -> resolve(id, "by " + i, ""))
            .toList();
    try (var pool = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      long done =
          pool.invokeAll(tries).stream()
              .filter(each -> each.state() == java.util.concurrent.Future.State.SUCCESS)
              .count();
      assertEquals(1, done);
    }
    assertEquals(1, root.auditTexts().split("report.resolve", -1).length - 1);
  }

  private static Object report(GrpcPerson who, ReportKind kind, long target) {
    return who.reports()
        .report(
            ReportRequest.newBuilder().setKind(kind).setTargetId(target).setReason("why").build());
  }

  private static ListReportsRequest.Builder list() {
    return ListReportsRequest.newBuilder().setAll(true);
  }

  private List<Report> open() {
    return root.admin().listReports(ListReportsRequest.getDefaultInstance()).getReportList();
  }

  private List<Long> subjects(ListReportsRequest.Builder request) {
    return root.admin().listReports(request.build()).getReportList().stream()
        .map(Report::getSubjectId)
        .toList();
  }

  private static List<MyReport> mine(GrpcPerson who) {
    return who.reports().myReports(MyReportsRequest.getDefaultInstance()).getReportList();
  }

  private GetReportResponse get(long id) {
    return root.admin().getReport(GetReportRequest.newBuilder().setId(id).build());
  }

  private Object resolve(long id, String remark, String answer) {
    return root.admin()
        .resolveReport(
            ResolveReportRequest.newBuilder()
                .setId(id)
                .setRemark(remark)
                .setAnswer(answer)
                .build());
  }

  private Object recallReported(long id) {
    return root.admin()
        .recallReported(RecallReportedRequest.newBuilder().setId(id).setReason("rules").build());
  }

  private Object mute(long group, GrpcPerson member, long seconds) {
    return root.admin()
        .muteMember(
            MuteMemberRequest.newBuilder()
                .setGroupId(group)
                .setUserId(member.id())
                .setSeconds(seconds)
                .build());
  }

  private List<Long> pending() {
    var waits = root.admin().pending(PendingRequest.getDefaultInstance());
    return List.of(waits.getReports(), waits.getWaitingFeeds(), waits.getReportedFeeds());
  }

  private static long group(GrpcPerson owner, GrpcPerson member) {
    long group = owner.createGroup("group");
    member.joinGroup(group);
    return group;
  }

  private static long say(GrpcPerson who, long group, String text) {
    return who.messages()
        .sendGroupTextMessage(
            SendGroupTextMessageRequest.newBuilder()
                .setToGroupId(group)
                .setText(TextMessage.newBuilder().setContent(text))
                .build())
        .getId();
  }

  private static void recall(GrpcPerson who, long message) {
    var unused = who.conversations().recall(RecallRequest.newBuilder().setId(message).build());
  }

  private static void leave(GrpcPerson who, long group) {
    var unused = who.groups().quitGroup(QuitGroupRequest.newBuilder().setId(group).build());
  }
}
