package io.parley.admin;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import io.parley.api.admin.AddAppRequest;
import io.parley.api.admin.CreateTokenRequest;
import io.parley.api.admin.DisableAccountRequest;
import io.parley.api.admin.OverviewRequest;
import io.parley.api.admin.ResetPasswordRequest;
import io.parley.api.admin.SetRightsRequest;
import io.parley.api.session.ConfirmPasswordRequest;
import io.parley.api.session.ListSessionsRequest;
import io.parley.api.session.LogoutRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.SignedClient;
import io.parley.harness.TestClock;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// In which sessions the admin right is in force, for how long, and what it asks for again.
class AdminPowerTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String PHONE = "13812345678";
  private static final long CONFIRM = 2006;
  private static final long DORMANT = 2008;
  private static final String PROGRAM = "0123456789abcdef0123456789abcdef";

  private final TestClock clock = new TestClock();

  @RegisterExtension
  private final TestWorld world =
      new TestWorld(
          Map.of(
              "signed.apps",
              SignedClient.SHOP,
              "signed.clock_skew_s",
              "0",
              "security.service_tokens",
              "[{name: conf, token: \"" + PROGRAM + "\", rights: [admin]}]"),
          clock);

  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");

  @BeforeEach
  void start() {
    world.account("root", "Root", "--phone", PHONE);
    world.command("account", "grant", "root", "admin", "mail");
  }

  private GrpcPerson root() {
    return GrpcPerson.login(server, "root", "secret1");
  }

  private GrpcPerson holding(String token) {
    return GrpcPerson.withToken(server, token, 0);
  }

  private static Object overview(GrpcPerson who) {
    return who.admin().overview(OverviewRequest.getDefaultInstance());
  }

  @Test
  void sessionsOfOtherContracts_haveNoRights_thoughTheirTokensAreGoodEverywhere() throws Exception {
    HttpResponse<String> phone =
        post("/android/login/", "{\"phone\":\"%s\",\"password\":\"secret1\"}".formatted(PHONE));
    String cookie = phone.headers().firstValue("set-cookie").orElseThrow().split("[=;]")[1];
    String entry =
        text(
            post("/login", "{\"username\":\"root\",\"password\":\"" + md5("secret1") + "\"}"),
            "/result/token");
    String signed;
    try (SignedClient shop = new SignedClient(server.url(), "shop", "code")) {
      signed =
          text(
              shop.post(
                  "user.service.login",
                  "{\"username\":\"root\",\"passwd\":\"%s\"}"
                      .formatted(md5(md5("secret1@java110.com")))),
              "/token");
    }
    for (String token : List.of(cookie, entry, signed)) {
      try (GrpcPerson root = holding(token)) {
        root.sessions().listSessions(ListSessionsRequest.getDefaultInstance());
        assertEquals(
            DORMANT,
            assertFails(Status.Code.PERMISSION_DENIED, () -> overview(root)).getBusinessCode());
        // Showing the password again proves who it is, not how the session was opened.
        confirm(root, "secret1");
        assertFails(Status.Code.PERMISSION_DENIED, () -> overview(root));
        HttpResponse<String> export = get("/v1/admin/exports/audit", "Bearer " + token);
        assertEquals(403, export.statusCode(), export.body());
      }
    }
    try (GrpcPerson root = root()) {
      overview(root);
    }
  }

  @Test
  void adminRight_endsHoursAfterTheLogin_alsoOnASocketThatWasOpenAllTheTime() throws Exception {
    try (GrpcPerson root = root();
        LivePerson live = new LivePerson(server, root.token(), "browser")) {
      clock.advance(Duration.ofHours(12).minusMillis(1));
      overview(root);
      assertTrue(live.call("admin.AdminService/Overview", "{}").has("data"));
      clock.advance(Duration.ofMillis(1));
      assertEquals(
          DORMANT,
          assertFails(Status.Code.PERMISSION_DENIED, () -> overview(root)).getBusinessCode());
      var refused = live.call("admin.AdminService/Overview", "{}").path("error");
      assertEquals(Long.toString(DORMANT), refused.path("business_code").asText());
      assertTrue(refused.path("message").asText().startsWith("security.admin_session_hours"));
      // It is an ordinary session from now on, until a login.
      confirm(root, "secret1");
      assertFails(Status.Code.PERMISSION_DENIED, () -> overview(root));
      root.sessions().listSessions(ListSessionsRequest.getDefaultInstance());
    }
    try (GrpcPerson root = root()) {
      overview(root);
    }
  }

  /// Each as somebody would find it in a console that was left open.
  private List<Callable<?>> dangerous(GrpcPerson who) {
    return List.of(
        () ->
            who.admin()
                .disableAccount(
                    DisableAccountRequest.newBuilder().setId(ann.id()).setReason("x").build()),
        () ->
            who.admin()
                .setRights(SetRightsRequest.newBuilder().setId(ann.id()).addRights("mail").build()),
        () -> who.admin().resetPassword(ResetPasswordRequest.newBuilder().setId(ann.id()).build()),
        () -> who.admin().addApp(AddAppRequest.newBuilder().setId("shop2").build()),
        () ->
            who.admin()
                .createToken(
                    CreateTokenRequest.newBuilder().setName("t").addRights("mail").build()));
  }

  @Test
  void dangerousActs_askForThePasswordAgain_andOneShowingIsEnoughForAll() throws Exception {
    try (GrpcPerson root = root()) {
      clock.advance(Duration.ofMinutes(15));
      overview(root);
      for (Callable<?> act : dangerous(root)) {
        assertEquals(CONFIRM, assertFails(Status.Code.FAILED_PRECONDITION, act).getBusinessCode());
      }
      HttpResponse<String> export = get("/v1/admin/exports/audit", "Bearer " + root.token());
      assertEquals(400, export.statusCode(), export.body());
      assertTrue(export.body().contains(Long.toString(CONFIRM)), export.body());
      assertFails(Status.Code.INVALID_ARGUMENT, () -> confirm(root, "wrong"));
      assertFails(Status.Code.FAILED_PRECONDITION, () -> dangerous(root).getFirst().call());
      assertEquals(
          clock.millis() / 1000 + 15 * 60, confirm(root, "secret1").getFreshUntil().getSeconds());
      for (Callable<?> act : dangerous(root)) {
        act.call();
      }
      assertEquals(200, get("/v1/admin/exports/audit", "Bearer " + root.token()).statusCode());
      clock.advance(Duration.ofMinutes(15));
      assertFails(Status.Code.FAILED_PRECONDITION, () -> dangerous(root).getFirst().call());
    }
  }

  @Test
  void confirmation_isOfOneSession_andDiesWithIt() throws Exception {
    try (GrpcPerson root = root();
        GrpcPerson other = root()) {
      clock.advance(Duration.ofMinutes(20));
      confirm(root, "secret1");
      assertFails(Status.Code.FAILED_PRECONDITION, () -> dangerous(other).get(1).call());
      dangerous(root).get(1).call();
      root.sessions().logout(LogoutRequest.getDefaultInstance());
      assertFails(Status.Code.UNAUTHENTICATED, () -> dangerous(root).get(1).call());
      assertFails(Status.Code.UNAUTHENTICATED, () -> confirm(root, "secret1"));
    }
  }

  @Test
  void confirming_isThrottledAsLoginsAre_andNobodyElseIsAskedToConfirm() {
    try (GrpcPerson root = root()) {
      clock.advance(Duration.ofMinutes(20));
      for (int i = 0; i < 5; i++) {
        int guess = i;
        assertFails(Status.Code.INVALID_ARGUMENT, () -> confirm(root, "wrong " + guess));
      }
      assertFails(Status.Code.RESOURCE_EXHAUSTED, () -> confirm(root, "secret1"));
      for (Callable<?> act : dangerous(ann)) {
        assertEquals(2004, assertFails(Status.Code.PERMISSION_DENIED, act).getBusinessCode());
      }
    }
  }

  @Test
  void programsAndTheCommandLine_haveNoPasswordToShow() throws Exception {
    clock.advance(Duration.ofHours(20));
    try (GrpcPerson program = holding(PROGRAM)) {
      for (Callable<?> act : dangerous(program)) {
        act.call();
      }
    }
    world.command("account", "grant", "ann", "mail");
  }

  private static io.parley.api.session.ConfirmPasswordResponse confirm(
      GrpcPerson who, String password) {
    return who.sessions()
        .confirmPassword(ConfirmPasswordRequest.newBuilder().setPassword(password).build());
  }

  private static String text(HttpResponse<String> answer, String pointer) throws Exception {
    return new ObjectMapper().readTree(answer.body()).at(pointer).asText();
  }

  private static String md5(String text) throws Exception {
    byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private HttpResponse<String> get(String path, String authorization) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("authorization", authorization)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("content-type", "application/json");
    return HTTP.send(
        request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
