package io.parley.session;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.parley.account.Authenticator;
import io.parley.api.admin.GetAccountRequest;
import io.parley.api.admin.OverviewRequest;
import io.parley.api.admin.RemoveTotpRequest;
import io.parley.api.session.ConfirmPasswordRequest;
import io.parley.api.session.ListSessionsRequest;
import io.parley.api.totp.BeginTotpRequest;
import io.parley.api.totp.BeginTotpResponse;
import io.parley.api.totp.ConfirmTotpRequest;
import io.parley.api.totp.DisableTotpRequest;
import io.parley.api.totp.RegenerateRecoveryCodesRequest;
import io.parley.api.totp.TotpServiceGrpc;
import io.parley.api.totp.TotpStatusRequest;
import io.parley.api.user.UserLoginRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestClock;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Logging in with a code besides the password.
class SecondFactorTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String PHONE = "13812345678";
  private static final String PASSWORD = "secret1";
  private static final long WRONG_LOGIN = 2002;
  private static final long CONFIRM = 2006;
  private static final long NEEDED = 2007;
  private static final long DORMANT = 2008;
  private static final long WRONG_CODE = 2009;

  private final TestClock clock = new TestClock();
  @RegisterExtension private final TestWorld world = new TestWorld(Map.of(), clock);
  private final Path dir = world.dir();
  private TestServer server = world.server();
  private GrpcPerson ann;
  private String secret = "";
  private List<String> recovery = List.of();

  @BeforeEach
  void start() {
    world.account("ann", "Ann", "--phone", PHONE);
    ann = world.joinedBy(GrpcPerson.login(server, "ann", PASSWORD));
  }

  private void restart(Map<String, String> keys) {
    server = world.restart(keys);
  }

  private static TotpServiceGrpc.TotpServiceBlockingStub totp(GrpcPerson who) {
    return who.with(TotpServiceGrpc.newBlockingStub(who.channel()));
  }

  private BeginTotpResponse begin(GrpcPerson who) {
    return totp(who).beginTotp(BeginTotpRequest.getDefaultInstance());
  }

  private List<String> confirm(GrpcPerson who, String code) {
    return totp(who)
        .confirmTotp(ConfirmTotpRequest.newBuilder().setCode(code).build())
        .getRecoveryCodeList();
  }

  private void turnOn() {
    secret = begin(ann).getSecret();
    recovery = confirm(ann, code());
    next();
  }

  /// What the app shows now.
  private String code() {
    return Authenticator.code(secret, clock.millis());
  }

  /// The app shows another code.
  private void next() {
    clock.advance(Duration.ofSeconds(30));
  }

  /// None of the three that would be taken now.
  private String wrongCode() {
    return Authenticator.code(secret, clock.millis() + 3_600_000);
  }

  private String login(String password, String code) {
    try (GrpcPerson nobody = GrpcPerson.anonymous(server)) {
      return nobody
          .users()
          .userLogin(
              UserLoginRequest.newBuilder()
                  .setNickname("ann")
                  .setPassword(password)
                  .setTotpCode(code)
                  .build())
          .getToken();
    }
  }

  private long refusal(String password, String code) {
    StatusRuntimeException failure =
        org.junit.jupiter.api.Assertions.assertThrows(
            StatusRuntimeException.class, () -> login(password, code));
    return GrpcPerson.detail(failure).getBusinessCode();
  }

  private int left() {
    return totp(ann).totpStatus(TotpStatusRequest.getDefaultInstance()).getRecoveryCodesLeft();
  }

  @Test
  void secret_isInForceOnceACodeOfItWasShown() {
    BeginTotpResponse begun = begin(ann);
    assertTrue(begun.getSecret().matches("[A-Z2-7]{32}"), begun.getSecret());
    assertEquals(
        "otpauth://totp/Parley%3Aann?secret="
            + begun.getSecret()
            + "&issuer=Parley&algorithm=SHA1&digits=6&period=30",
        begun.getOtpauthUri());
    assertFalse(login(PASSWORD, "").isEmpty(), "not yet");
    secret = begun.getSecret();
    assertFails(Status.Code.INVALID_ARGUMENT, () -> confirm(ann, wrongCode()));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> confirm(ann, "x".repeat(10_000)));
    assertFails(Status.Code.FAILED_PRECONDITION, () -> disable(ann, code()));
    // Who begins again has another secret.
    secret = begin(ann).getSecret();
    recovery = confirm(ann, code());
    assertEquals(10, new HashSet<>(recovery).size());
    recovery.forEach(each -> assertTrue(each.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"), each));
    assertEquals(10, left());
    assertFails(Status.Code.FAILED_PRECONDITION, () -> begin(ann));
    assertFails(Status.Code.FAILED_PRECONDITION, () -> confirm(ann, code()));
  }

  @Test
  void login_asksForTheCodeOnlyOfWhoKnowsThePassword_andTakesEachCodeOnce() {
    turnOn();
    assertEquals(WRONG_LOGIN, refusal("wrong", ""));
    assertEquals(WRONG_LOGIN, refusal("wrong", code()));
    assertEquals(NEEDED, refusal(PASSWORD, ""));
    assertEquals(WRONG_CODE, refusal(PASSWORD, wrongCode()));
    String used = code();
    assertFalse(login(PASSWORD, used).isEmpty());
    assertEquals(WRONG_CODE, refusal(PASSWORD, used));
    next();
    assertEquals(WRONG_CODE, refusal(PASSWORD, used), "also while its time lasts");
    // Spaces, as apps show them.
    String now = code();
    assertFalse(login(PASSWORD, now.substring(0, 3) + " " + now.substring(3)).isEmpty());
    restart(Map.of());
    assertEquals(WRONG_CODE, refusal(PASSWORD, now), "a restart forgets no code");
  }

  @Test
  void recoveryCode_worksOnce_howeverItIsTyped() {
    turnOn();
    assertFalse(login(PASSWORD, recovery.get(0)).isEmpty());
    assertEquals(WRONG_CODE, refusal(PASSWORD, recovery.get(0)));
    assertFalse(
        login(PASSWORD, recovery.get(1).toUpperCase(java.util.Locale.ROOT).replace('-', ' '))
            .isEmpty());
    assertEquals(8, left());
    List<String> fresh =
        totp(ann)
            .regenerateRecoveryCodes(RegenerateRecoveryCodesRequest.getDefaultInstance())
            .getRecoveryCodeList();
    assertEquals(WRONG_CODE, refusal(PASSWORD, recovery.get(2)));
    assertFalse(login(PASSWORD, fresh.get(0)).isEmpty());
  }

  /// How many of these succeeded, all begun at once.
  private static int won(List<Callable<?>> tries) throws InterruptedException {
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(tries.size())) {
      tries.forEach(each -> running.add(threads.submit(each)));
    }
    int won = 0;
    for (Future<?> each : running) {
      try {
        each.get();
        won++;
      } catch (ExecutionException lost) {
        assertTrue(lost.getCause() instanceof StatusRuntimeException, String.valueOf(lost));
      }
    }
    return won;
  }

  @Test
  void oneCode_atOnceFromManyThreads_letsOneIn() throws Exception {
    turnOn();
    for (String code : List.of(code(), recovery.getFirst())) {
      Callable<?> attempt = () -> login(PASSWORD, code);
      assertEquals(1, won(List.of(attempt, attempt, attempt, attempt)));
    }
  }

  @Test
  void sixtyGuessesAtOnce_areFiveTries_andTheRightPasswordDoesNotMakeUpForThem() throws Exception {
    turnOn();
    List<Callable<?>> guesses = new ArrayList<>();
    List<Long> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      // Distinct, so that none is taken for the same login.
      String guess = "x" + i;
      guesses.add(
          () -> {
            long code = refusal(PASSWORD, guess);
            synchronized (answers) {
              answers.add(code);
            }
            return code;
          });
    }
    won(guesses);
    assertEquals(5, answers.stream().filter(each -> each == WRONG_CODE).count(), answers::toString);
    assertEquals(55, answers.stream().filter(each -> each == 2201).count(), answers::toString);
    assertEquals(2201, refusal(PASSWORD, code()));
    clock.advance(Duration.ofMinutes(2));
    assertEquals(NEEDED, refusal(PASSWORD, ""), "the password alone");
    clock.advance(Duration.ofMinutes(2));
    assertEquals(WRONG_CODE, refusal(PASSWORD, wrongCode()));
    assertEquals(2201, refusal(PASSWORD, code()), "the failures before still count");
  }

  @Test
  void twentyWrongCodesInARow_closeCodesForAnHour_butNotRecoveryCodes() {
    turnOn();
    for (int i = 0; i < 20; i++) {
      clock.advance(Duration.ofMinutes(20));
      assertEquals(WRONG_CODE, refusal(PASSWORD, wrongCode()));
    }
    clock.advance(Duration.ofMinutes(20));
    assertEquals(2201, refusal(PASSWORD, code()));
    clock.advance(Duration.ofMinutes(2));
    assertFalse(login(PASSWORD, recovery.getFirst()).isEmpty());
    clock.advance(Duration.ofMinutes(38));
    assertFalse(login(PASSWORD, code()).isEmpty());
  }

  @Test
  void contractsWithoutAField_refuseItAsAWrongPassword_andTheirTokensGoOn() throws Exception {
    String cookie = phoneLogin().headers().firstValue("set-cookie").orElseThrow().split("[=;]")[1];
    turnOn();
    assertEquals(10000, new ObjectMapper().readTree(phoneLogin().body()).path("status").asInt());
    assertEquals(
        3002,
        new ObjectMapper()
            .readTree(
                post(
                        "/login",
                        "{\"username\":\"ann\",\"password\":\"%s\"}"
                            .formatted(new io.parley.account.Scheme.Entry().wire(PASSWORD)))
                    .body())
            .path("code")
            .asInt());
    try (GrpcPerson phone = GrpcPerson.withToken(server, cookie, 0)) {
      phone.sessions().listSessions(ListSessionsRequest.getDefaultInstance());
    }
  }

  @Test
  void turningOff_wantsTheSessionProvenAndACode() {
    turnOn();
    clock.advance(Duration.ofMinutes(15));
    assertEquals(
        CONFIRM,
        assertFails(Status.Code.FAILED_PRECONDITION, () -> disable(ann, code())).getBusinessCode());
    assertEquals(
        NEEDED,
        assertFails(Status.Code.FAILED_PRECONDITION, () -> prove(ann, "")).getBusinessCode());
    assertFails(Status.Code.INVALID_ARGUMENT, () -> prove(ann, wrongCode()));
    prove(ann, code());
    assertFails(Status.Code.INVALID_ARGUMENT, () -> disable(ann, code()));
    next();
    disable(ann, code());
    assertFalse(login(PASSWORD, "").isEmpty());
    assertFails(Status.Code.FAILED_PRECONDITION, () -> disable(ann, code()));
    assertEquals(0, left());
  }

  private static Object disable(GrpcPerson who, String code) {
    return totp(who).disableTotp(DisableTotpRequest.newBuilder().setTotpCode(code).build());
  }

  private static Object prove(GrpcPerson who, String code) {
    return who.sessions()
        .confirmPassword(
            ConfirmPasswordRequest.newBuilder().setPassword(PASSWORD).setTotpCode(code).build());
  }

  private static Object overview(GrpcPerson who) {
    return who.admin().overview(OverviewRequest.getDefaultInstance());
  }

  @Test
  void adminOfAnAccountWithASecondFactor_hasShownIt() {
    world.command("account", "grant", "ann", "admin");
    try (GrpcPerson before = GrpcPerson.login(server, "ann", PASSWORD)) {
      overview(before);
      turnOn();
      overview(ann);
      assertEquals(
          DORMANT,
          assertFails(Status.Code.PERMISSION_DENIED, () -> overview(before)).getBusinessCode());
      assertFails(
          Status.Code.FAILED_PRECONDITION,
          () ->
              totp(before)
                  .regenerateRecoveryCodes(RegenerateRecoveryCodesRequest.getDefaultInstance()));
      prove(before, code());
      overview(before);
    }
  }

  @Test
  void adminsOfAServerThatWantsIt_haveNoPowerWithoutOne() {
    world.command("account", "grant", "ann", "admin");
    restart(Map.of("security.totp_for_admins", "true"));
    try (GrpcPerson root = GrpcPerson.login(server, "ann", PASSWORD)) {
      var refused = assertFails(Status.Code.PERMISSION_DENIED, () -> overview(root));
      assertEquals(DORMANT, refused.getBusinessCode());
      assertTrue(refused.getMessage().startsWith("security.totp_for_admins"));
      secret = begin(root).getSecret();
      confirm(root, code());
      overview(root);
    }
  }

  @Test
  void adminAndCommandLine_takeItFromSomebodyWhoLostIt() {
    turnOn();
    world.command("account", "totp-off", "ann");
    assertFalse(login(PASSWORD, "").isEmpty());
    assertEquals(1, TestServer.command(dir, "account", "totp-off", "ann"));
    turnOn();
    GrpcPerson root = GrpcPerson.register(server, "root user");
    world.command("account", "grant", "root user", "admin");

    long account = Long.parseLong(annId());
    assertTrue(
        root.admin().getAccount(GetAccountRequest.newBuilder().setId(account).build()).getTotp());
    RemoveTotpRequest remove =
        RemoveTotpRequest.newBuilder().setId(account).setReason("lost phone").build();
    root.admin().removeTotp(remove);
    assertFails(Status.Code.FAILED_PRECONDITION, () -> root.admin().removeTotp(remove));
    assertTrue(root.auditTexts().contains("lost phone"));
    assertFalse(login(PASSWORD, "").isEmpty());
    root.close();
  }

  private String annId() {
    return Long.toString(
        ann.with(io.parley.api.profile.ProfileServiceGrpc.newBlockingStub(ann.channel()))
            .getProfile(io.parley.api.profile.GetProfileRequest.getDefaultInstance())
            .getProfile()
            .getId());
  }

  @Test
  void secretAndRecoveryCodes_areNotReadableInTheRecords() throws IOException {
    turnOn();
    byte[] raw = Authenticator.decode(secret);
    String bytes = new String(raw, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String stored = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(stored.contains(secret) || stored.contains(bytes), "the secret is in " + file);
        for (String code : recovery) {
          assertFalse(
              stored.contains(code) || stored.contains(code.replace("-", "")),
              "a recovery code is in " + file);
        }
      }
    }
  }

  private HttpResponse<String> phoneLogin() throws Exception {
    return post(
        "/android/login/", "{\"phone\":\"%s\",\"password\":\"%s\"}".formatted(PHONE, PASSWORD));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
