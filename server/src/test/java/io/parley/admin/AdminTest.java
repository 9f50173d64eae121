package io.parley.admin;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.parley.account.Scheme;
import io.parley.api.admin.AddAppRequest;
import io.parley.api.admin.AdminServiceGrpc;
import io.parley.api.admin.CreateTokenRequest;
import io.parley.api.admin.CreateTokenResponse;
import io.parley.api.admin.DisableAccountRequest;
import io.parley.api.admin.DissolveGroupRequest;
import io.parley.api.admin.EnableAccountRequest;
import io.parley.api.admin.EndSessionsRequest;
import io.parley.api.admin.GetAccountRequest;
import io.parley.api.admin.GetAccountResponse;
import io.parley.api.admin.GetGroupRequest;
import io.parley.api.admin.ListAppsRequest;
import io.parley.api.admin.ListGroupMembersRequest;
import io.parley.api.admin.ListLimitsRequest;
import io.parley.api.admin.ListReportsRequest;
import io.parley.api.admin.ListTokensRequest;
import io.parley.api.admin.OverviewRequest;
import io.parley.api.admin.OverviewResponse;
import io.parley.api.admin.RemoveAppRequest;
import io.parley.api.admin.RemoveMemberRequest;
import io.parley.api.admin.ResetPasswordRequest;
import io.parley.api.admin.ResolveReportRequest;
import io.parley.api.admin.RevokeTokenRequest;
import io.parley.api.admin.SearchAccountsRequest;
import io.parley.api.admin.SearchGroupsRequest;
import io.parley.api.admin.SetAppEnabledRequest;
import io.parley.api.admin.SetRightsRequest;
import io.parley.api.report.ReportKind;
import io.parley.api.report.ReportRequest;
import io.parley.api.session.ListSessionsRequest;
import io.parley.api.user.UserQueryRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.SignedClient;
import io.parley.harness.TestGateway;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What operators see and do over the native API.
class AdminTest {
  @RegisterExtension
  private final TestWorld world =
      new TestWorld(
          Map.of(
              "security.service_tokens",
              "[{name: conf, token: \"0123456789abcdef0123456789abcdef\", rights: [admin]}]"));

  private final TestServer server = world.server();
  private final GrpcPerson root = world.operator("root user", "admin");
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson bob = world.register("bob");

  @Test
  void everyMethod_isForAdminsOnly() throws Exception {
    int methods = 0;
    try (LivePerson live = new LivePerson(server, ann.token(), "browser")) {
      for (var method : AdminServiceGrpc.getServiceDescriptor().getMethods()) {
        var refused = live.call(method.getFullMethodName(), "{}").path("error");
        assertEquals("2004", refused.path("business_code").asText(), method.getFullMethodName());
        assertEquals("needs the admin right", refused.path("message").asText());
        methods++;
      }
    }
    assertEquals(32, methods);
  }

  @Test
  void overview_tellsHowTheServerIs() {
    for (int i = 0; i < 3; i++) {
      ann.text(bob.id(), "hello", "");
    }
    OverviewResponse overview = overview();
    assertEquals(3, overview.getTotals().getAccounts());
    assertEquals(3, overview.getTotals().getMessages());
    assertEquals(1, overview.getTotals().getConversations());
    assertTrue(overview.getNow().getRequests() > 0, "requests are counted");
    assertTrue(overview.getNow().getMessages() > 0, "messages are counted");
    assertTrue(overview.getNow().getLogins() > 0, "logins are counted");
    assertTrue(overview.getNow().getWriteP99Us() >= overview.getNow().getWriteP50Us());
    assertTrue(overview.getNow().getWriteP50Us() > 0);
    assertTrue(overview.getNow().getHeapBytes() > 1 << 20);
    assertTrue(overview.getDisk().getFreeBytes() > 0);
    assertTrue(overview.getDisk().getDataBytes() > 0);
    double before = overview.getNow().getFaults();
    for (int i = 0; i < 20; i++) {
      assertFails(Status.Code.NOT_FOUND, () -> root.admin().getAccount(account(5)));
    }
    assertTrue(overview().getNow().getFaults() > before);
    assertEquals(3, overview().getTotals().getMessages(), "counted at most every ten seconds");
  }

  private OverviewResponse overview() {
    return root.admin().overview(OverviewRequest.getDefaultInstance());
  }

  @Test
  void accounts_areFoundByWhateverIsKnownOfThem() {
    world.account("carl_9", "Carl Ünder", "--phone", "13800000000", "--email", "carl@example.com");
    for (String keyword :
        List.of("carl_", "CARL_9", "138", "13800000000", "carl@", "carl ü", "ünder")) {
      var found = root.admin().searchAccounts(search(keyword).build()).getAccountList();
      assertEquals(1, found.size(), keyword);
      assertEquals("carl_9", found.getFirst().getUsername());
      assertEquals("13800000000", found.getFirst().getPhone());
      assertEquals("carl@example.com", found.getFirst().getEmail());
    }
    var byId = root.admin().searchAccounts(search(Long.toString(ann.id())).build());
    assertEquals("ann", byId.getAccount(0).getLoginNickname());
    assertEquals(0, root.admin().searchAccounts(search("%").build()).getAccountCount());
    var first = root.admin().searchAccounts(search("").setNum(3).build());
    assertEquals(List.of("Carl Ünder", "bob", "ann"), nicknames(first.getAccountList()));
    var rest = root.admin().searchAccounts(search("").setCursor(first.getNextCursor()).build());
    assertEquals(List.of("root user"), nicknames(rest.getAccountList()));
    assertEquals("", rest.getNextCursor());
    var admins = root.admin().searchAccounts(search("").setAdmin(true).build());
    assertEquals(List.of("root user"), nicknames(admins.getAccountList()));
    assertEquals(List.of("admin"), admins.getAccount(0).getRightsList());
    assertFails(
        Status.Code.INVALID_ARGUMENT,
        () -> root.admin().searchAccounts(search("").setCursor("x").build()));
    assertFails(
        Status.Code.INVALID_ARGUMENT,
        () -> root.admin().searchAccounts(search("x".repeat(129)).build()));
  }

  private static SearchAccountsRequest.Builder search(String keyword) {
    return SearchAccountsRequest.newBuilder().setKeyword(keyword);
  }

  private static List<String> nicknames(List<io.parley.api.admin.Account> accounts) {
    return accounts.stream().map(each -> each.getUser().getNickname()).toList();
  }

  private static GetAccountRequest account(long id) {
    return GetAccountRequest.newBuilder().setId(id).build();
  }

  @Test
  void disabling_closesTheLiveSocketAndForbidsToLogIn() throws Exception {
    try (LivePerson live = new LivePerson(server, ann.token(), "browser")) {
      GetAccountResponse before = root.admin().getAccount(account(ann.id()));
      assertEquals(1, before.getSockets());
      assertEquals(1, before.getSessionCount());
      disable(ann.id(), "spam");
      assertEquals("push.closing", live.next().path("cmd").asText());
      assertEquals("closed", live.next().path("cmd").asText());
    }
    assertFails(
        Status.Code.UNAUTHENTICATED,
        () -> ann.sessions().listSessions(ListSessionsRequest.getDefaultInstance()));
    assertFails(Status.Code.UNAUTHENTICATED, () -> GrpcPerson.login(server, "ann", "secret1"));
    assertEquals(
        List.of("ann"),
        nicknames(
            root.admin().searchAccounts(search("").setDisabled(true).build()).getAccountList()));
    root.admin().enableAccount(EnableAccountRequest.newBuilder().setId(ann.id()).build());
    GrpcPerson.login(server, "ann", "secret1").close();
    assertFails(Status.Code.INVALID_ARGUMENT, () -> disable(ann.id(), " "));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> disable(ann.id(), "x".repeat(501)));
    assertFails(Status.Code.NOT_FOUND, () -> disable(5, "nobody"));
  }

  private Object disable(long id, String reason) {
    return root.admin()
        .disableAccount(DisableAccountRequest.newBuilder().setId(id).setReason(reason).build());
  }

  @Test
  void sessions_endOneByOneOrAll() throws Exception {
    GrpcPerson second = GrpcPerson.login(server, "ann", "secret1");
    long session = root.admin().getAccount(account(ann.id())).getSession(0).getId();
    assertEquals(1, endSessions(ann.id(), session));
    assertFails(
        Status.Code.UNAUTHENTICATED,
        () -> second.sessions().listSessions(ListSessionsRequest.getDefaultInstance()));
    ann.sessions().listSessions(ListSessionsRequest.getDefaultInstance());
    assertEquals(1, endSessions(ann.id(), 0));
    assertFails(
        Status.Code.UNAUTHENTICATED,
        () -> ann.sessions().listSessions(ListSessionsRequest.getDefaultInstance()));
    assertFails(Status.Code.NOT_FOUND, () -> endSessions(ann.id(), session));
    second.close();
  }

  private long endSessions(long id, long session) {
    return root.admin()
        .endSessions(EndSessionsRequest.newBuilder().setId(id).setSessionId(session).build())
        .getEnded();
  }

  @Test
  void password_isResetToOneThatNobodyCouldGuess() throws Exception {
    ResetPasswordRequest request = ResetPasswordRequest.newBuilder().setId(ann.id()).build();
    String first = root.admin().resetPassword(request).getPassword();
    String second = root.admin().resetPassword(request).getPassword();
    assertNotEquals(first, second);
    assertTrue(second.matches("[a-zA-Z2-9]{20}"), "of twenty letters and digits");
    assertFails(Status.Code.UNAUTHENTICATED, () -> GrpcPerson.login(server, "ann", first));
    assertFails(
        Status.Code.UNAUTHENTICATED,
        () -> ann.sessions().listSessions(ListSessionsRequest.getDefaultInstance()));
    GrpcPerson.login(server, "ann", second).close();
    assertFalse(root.auditTexts().contains(second), "the log must not hold the password");
  }

  @Test
  void lastAdmin_stays() {
    assertFails(Status.Code.FAILED_PRECONDITION, () -> setRights(root.id(), "mail"));
    assertFails(Status.Code.FAILED_PRECONDITION, () -> disable(root.id(), "goodbye"));
    assertEquals(
        List.of("admin"), root.admin().getAccount(account(root.id())).getAccount().getRightsList());
    setRights(ann.id(), "ADMIN", "mail");
    setRights(root.id());
    assertFails(Status.Code.PERMISSION_DENIED, this::overview);
    assertFails(
        Status.Code.INVALID_ARGUMENT,
        () ->
            ann.admin()
                .setRights(
                    SetRightsRequest.newBuilder().setId(bob.id()).addRights("king").build()));
    assertEquals(
        List.of("admin", "mail"),
        ann.admin().getAccount(account(ann.id())).getAccount().getRightsList());
  }

  private Object setRights(long id, String... rights) {
    return root.admin()
        .setRights(SetRightsRequest.newBuilder().setId(id).addAllRights(List.of(rights)).build());
  }

  @Test
  void groups_areSeenAndDissolvedByAdminsOutsideThem() throws Exception {
    long id = group(ann, "Rowing");
    bob.joinGroup(id);
    for (String keyword : List.of("row", Long.toString(id))) {
      var found =
          root.admin().searchGroups(SearchGroupsRequest.newBuilder().setKeyword(keyword).build());
      assertEquals(2, found.getGroup(0).getMemberCount(), keyword);
    }
    var seen = root.admin().getGroup(GetGroupRequest.newBuilder().setId(id).build());
    assertEquals("ann", seen.getOwner().getNickname());
    var members = ListGroupMembersRequest.newBuilder().setGroupId(id).build();
    assertEquals(
        List.of(ann.id(), bob.id()),
        root.admin().listGroupMembers(members).getMemberList().stream()
            .map(member -> member.getUser().getId())
            .toList());
    try (LivePerson live = new LivePerson(server, bob.token(), "browser")) {
      RemoveMemberRequest.Builder remove = RemoveMemberRequest.newBuilder().setGroupId(id);
      root.admin().removeMember(remove.setUserId(bob.id()).setReason("rude").build());
      // The change and the line that says so, in any order; nobody is told who did it.
      String both = live.next() + "" + live.next();
      assertTrue(both.contains("\"kind\":\"left\""), both);
      assertTrue(both.contains("\"event\":\"SYSTEM_EVENT_REMOVED\""), both);
      assertTrue(both.contains("\"sender_id\":\"" + bob.id() + "\""), both);
      assertFails(Status.Code.NOT_FOUND, () -> root.admin().removeMember(remove.build()));
      assertFails(
          Status.Code.FAILED_PRECONDITION,
          () -> root.admin().removeMember(remove.setUserId(ann.id()).build()));
    }
    DissolveGroupRequest.Builder dissolve = DissolveGroupRequest.newBuilder().setId(id);
    assertFails(Status.Code.INVALID_ARGUMENT, () -> root.admin().dissolveGroup(dissolve.build()));
    root.admin().dissolveGroup(dissolve.setReason("illegal").build());
    assertFails(Status.Code.NOT_FOUND, () -> root.admin().dissolveGroup(dissolve.build()));
    assertFails(
        Status.Code.NOT_FOUND,
        () -> root.admin().getGroup(GetGroupRequest.newBuilder().setId(id).build()));
  }

  private static long group(GrpcPerson owner, String name) {
    return owner.createGroup(name);
  }

  @Test
  void reports_areOfWhatTheReporterCanSee() {
    long message = ann.text(bob.id(), "something rude", "").getId();
    long group = group(ann, "Loud");
    report(bob, ReportKind.REPORT_ACCOUNT, ann.id(), "spam");
    report(bob, ReportKind.REPORT_MESSAGE, message, "rude");
    report(bob, ReportKind.REPORT_MESSAGE, message, "said again, counted once");
    report(bob, ReportKind.REPORT_GROUP, group, "loud");
    assertFails(
        Status.Code.NOT_FOUND, () -> report(root, ReportKind.REPORT_MESSAGE, message, "not mine"));
    assertFails(
        Status.Code.INVALID_ARGUMENT, () -> report(ann, ReportKind.REPORT_MESSAGE, message, "own"));
    assertFails(
        Status.Code.INVALID_ARGUMENT, () -> report(bob, ReportKind.REPORT_ACCOUNT, bob.id(), "me"));
    assertFails(Status.Code.NOT_FOUND, () -> report(bob, ReportKind.REPORT_ACCOUNT, 5, "nobody"));
    assertFails(
        Status.Code.INVALID_ARGUMENT, () -> report(bob, ReportKind.REPORT_GROUP, group, ""));
    var open = root.admin().listReports(ListReportsRequest.getDefaultInstance()).getReportList();
    assertEquals(List.of("loud", "rude", "spam"), open.stream().map(r -> r.getReason()).toList());
    assertEquals("something rude", open.get(1).getExcerpt());
    assertEquals(ann.id(), open.get(1).getSubjectId());
    ResolveReportRequest resolve =
        ResolveReportRequest.newBuilder().setId(open.get(1).getId()).setRemark("warned").build();
    root.admin().resolveReport(resolve);
    assertFails(Status.Code.FAILED_PRECONDITION, () -> root.admin().resolveReport(resolve));
    assertEquals(
        2, root.admin().listReports(ListReportsRequest.getDefaultInstance()).getReportCount());
    var all = root.admin().listReports(ListReportsRequest.newBuilder().setAll(true).build());
    assertEquals("warned", all.getReport(1).getRemark());
    assertEquals(root.id(), all.getReport(1).getResolvedBy());
  }

  private static Object report(GrpcPerson who, ReportKind kind, long target, String reason) {
    return who.reports()
        .report(
            ReportRequest.newBuilder().setKind(kind).setTargetId(target).setReason(reason).build());
  }

  @Test
  void apps_callAsSoonAsTheyAreAddedAndNoLongerThanTheyMay() throws Exception {
    AddAppRequest add = AddAppRequest.newBuilder().setId("shop").setPasswordSalt("@shop").build();
    String code = root.admin().addApp(add).getSecurityCode();
    assertTrue(code.matches("[0-9a-f]{48}"));
    assertFails(Status.Code.ALREADY_EXISTS, () -> root.admin().addApp(add));
    SignedClient shop = new SignedClient(server.url(), "shop", code);
    // A salt that came with the app counts for passwords that are set from now on.
    world.account("dora", "Dora");
    assertEquals(200, logIn(shop));
    root.admin().setAppEnabled(SetAppEnabledRequest.newBuilder().setId("shop").build());
    assertEquals(401, logIn(shop));
    var listed = root.admin().listApps(ListAppsRequest.getDefaultInstance());
    assertFalse(listed.getApp(0).getEnabled());
    assertFalse(listed.toString().contains(code));
    SetAppEnabledRequest enable =
        SetAppEnabledRequest.newBuilder().setId("shop").setEnabled(true).build();
    root.admin().setAppEnabled(enable);
    assertEquals(200, logIn(shop));
    root.admin().removeApp(RemoveAppRequest.newBuilder().setId("shop").build());
    assertEquals(401, logIn(shop));
    assertFails(Status.Code.NOT_FOUND, () -> root.admin().setAppEnabled(enable));
  }

  /// The status of dora's login with the salt `@shop`.
  private static int logIn(SignedClient shop) {
    String digest = new Scheme.Signed("@shop").wire("secret1");
    return shop.post(
            "user.service.login",
            """
            {"username":"dora","passwd":"%s"}\
            """
                .formatted(digest))
        .statusCode();
  }

  @Test
  void token_diesEverywhereWhenItIsRevoked() throws Exception {
    CreateTokenRequest create =
        CreateTokenRequest.newBuilder().setName("gw-1").addRights("gateway").build();
    CreateTokenResponse made = root.admin().createToken(create);
    assertFails(Status.Code.ALREADY_EXISTS, () -> root.admin().createToken(create));
    assertFails(
        Status.Code.ALREADY_EXISTS,
        () ->
            root.admin()
                .createToken(
                    CreateTokenRequest.newBuilder().setName("conf").addRights("mail").build()));
    try (TestGateway gateway = TestGateway.bound(server, "gw-1", made.getSecret());
        GrpcPerson program = GrpcPerson.withToken(server, made.getSecret(), 0)) {
      assertFails(
          Status.Code.PERMISSION_DENIED,
          () -> program.users().queryUser(UserQueryRequest.getDefaultInstance()));
      var tokens = root.admin().listTokens(ListTokensRequest.getDefaultInstance());
      assertEquals("conf", tokens.getToken(0).getName());
      assertEquals(0, tokens.getToken(0).getId());
      assertEquals(root.id(), tokens.getToken(1).getCreatedBy());
      assertTrue(tokens.getToken(1).hasLastUsedAt());
      root.admin()
          .revokeToken(RevokeTokenRequest.newBuilder().setId(made.getToken().getId()).build());
      assertFails(
          Status.Code.UNAUTHENTICATED,
          () -> program.users().queryUser(UserQueryRequest.getDefaultInstance()));
      assertEquals(Status.Code.UNAUTHENTICATED, gateway.ended().getCode());
    }
    assertFails(
        Status.Code.NOT_FOUND,
        () ->
            root.admin()
                .revokeToken(
                    RevokeTokenRequest.newBuilder().setId(made.getToken().getId()).build()));
  }

  @Test
  void program_withTheAdminRight_mayDoTheSame() {
    try (GrpcPerson program = GrpcPerson.withToken(server, "0123456789abcdef0123456789abcdef", 0)) {
      assertEquals(
          3,
          program.admin().overview(OverviewRequest.getDefaultInstance()).getTotals().getAccounts());
      program
          .admin()
          .disableAccount(
              DisableAccountRequest.newBuilder().setId(bob.id()).setReason("by a program").build());
    }
    assertTrue(root.admin().getAccount(account(bob.id())).getAccount().getDisabled());
  }

  @Test
  void limits_areThoseInForceAsParleyYamlDescribesThem() {
    var limits = root.admin().listLimits(ListLimitsRequest.getDefaultInstance());
    var body = limits.getLimit(0);
    assertEquals("body_bytes_max", body.getKey());
    assertEquals(1_048_576, body.getValue());
    assertEquals(1_048_576, body.getDefaultValue());
    assertEquals("bytes", body.getUnit());
    assertEquals("JSON or form body", body.getText());
    assertEquals(io.parley.base.Limits.class.getRecordComponents().length, limits.getLimitCount());
    assertTrue(limits.getThrottled());
    assertEquals(0, limits.getNamesWaiting());
    for (int i = 0; i < 6; i++) {
      assertFails(
          i < 5 ? Status.Code.UNAUTHENTICATED : Status.Code.RESOURCE_EXHAUSTED,
          () -> GrpcPerson.login(server, "bob", "wrong pw"));
    }
    assertEquals(
        1, root.admin().listLimits(ListLimitsRequest.getDefaultInstance()).getNamesWaiting());
  }
}
