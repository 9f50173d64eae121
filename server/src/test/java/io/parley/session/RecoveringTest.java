package io.parley.session;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.parley.account.Authenticator;
import io.parley.api.email.BeginEmailRequest;
import io.parley.api.email.ConfirmEmailRequest;
import io.parley.api.email.EmailServiceGrpc;
import io.parley.api.recovery.BeginRecoveryRequest;
import io.parley.api.recovery.BeginRecoveryResponse;
import io.parley.api.recovery.CompleteRecoveryRequest;
import io.parley.api.recovery.RecoveryServiceGrpc;
import io.parley.api.session.ListSessionsRequest;
import io.parley.api.totp.BeginTotpRequest;
import io.parley.api.totp.ConfirmTotpRequest;
import io.parley.api.totp.TotpServiceGrpc;
import io.parley.harness.GrpcPerson;
import io.parley.harness.Outbox;
import io.parley.harness.TestClock;
import io.parley.harness.TestWorld;
import io.parley.security.Attempt;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Another password by a link that was mailed to the account's verified address.
class RecoveringTest {
  private static final String HOME = "ann@example.com";
  private static final String FRESH = "another horse 8";
  private static final int NEEDED = 2007;

  private final TestClock clock = new TestClock();

  @RegisterExtension
  private final TestWorld world =
      new TestWorld(Map.of("server.public_url", "https://chat.example.com"), clock);

  private final Outbox outbox = new Outbox(world.dir());
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson nobody = world.joinedBy(GrpcPerson.anonymous(world.server()));
  private int mails;

  @BeforeEach
  void verify() {
    take(ann, HOME);
  }

  private void take(GrpcPerson who, String address) {
    var emails = who.with(EmailServiceGrpc.newBlockingStub(who.channel()));
    var unusedBegun = emails.beginEmail(BeginEmailRequest.newBuilder().setEmail(address).build());
    mails = address.equals(HOME) ? mails + 1 : mails;
    String code =
        outbox.mails().stream()
            .filter(mail -> mail.to().equals(address))
            .toList()
            .getLast()
            .part("(\\d{4} \\d{4})");
    var unused = emails.confirmEmail(ConfirmEmailRequest.newBuilder().setCode(code).build());
  }

  private BeginRecoveryResponse ask(String name) {
    return RecoveryServiceGrpc.newBlockingStub(nobody.channel())
        .beginRecovery(
            BeginRecoveryRequest.newBuilder().setName(name).setLanguage("zh-CN").build());
  }

  /// The token of the link that comes.
  private String token(String name) {
    var unused = ask(name);
    mails++;
    return outbox.await(mails, HOME).part("https://chat.example.com/#recover:([0-9a-f]{32})\\s");
  }

  private String complete(String token, String password, String code) {
    return RecoveryServiceGrpc.newBlockingStub(nobody.channel())
        .completeRecovery(
            CompleteRecoveryRequest.newBuilder()
                .setToken(token)
                .setPassword(password)
                .setTotpCode(code)
                .setLanguage("en")
                .build())
        .getName();
  }

  private boolean isIn(GrpcPerson who) {
    try {
      return who.sessions().listSessions(ListSessionsRequest.getDefaultInstance()).getSessionCount()
          > 0;
    } catch (StatusRuntimeException e) {
      assertEquals(Code.UNAUTHENTICATED, e.getStatus().getCode());
      return false;
    }
  }

  @Test
  void link_setsThePasswordOnce_andEndsEverySession() {
    GrpcPerson second = world.joinedBy(GrpcPerson.login(world.server(), "ann", "secret1"));
    String token = token("ann");
    assertTrue(outbox.await(mails, HOME).subject().contains("密码"));
    assertTrue(isIn(ann));
    assertEquals(HOME, complete(token, FRESH, ""));
    assertFalse(isIn(ann));
    assertFalse(isIn(second));
    assertFails(
        Code.UNAUTHENTICATED, () -> GrpcPerson.login(world.server(), "ann", "secret1").token());
    assertTrue(isIn(world.joinedBy(GrpcPerson.login(world.server(), "ann", FRESH))));
    assertFails(Code.NOT_FOUND, () -> complete(token, "yet another 9", ""));
    mails++;
    assertTrue(outbox.await(mails, HOME).subject().contains("set anew"));
  }

  @Test
  void asking_isAnsweredAlike_whoeverThereIs_andMailsVerifiedAddressesOnly() {
    world.register("bob");
    world.account("carl", "Carl", "--email", "carl@example.com");
    List<String> names = List.of("bob", "carl@example.com", "no such", "Ann", HOME);
    for (String name : names) {
      assertEquals(BeginRecoveryResponse.getDefaultInstance(), ask(name), name);
    }
    mails += 2;
    var unused = outbox.await(mails, HOME);
    assertEquals(mails, outbox.mails().size(), () -> outbox.mails().toString());
  }

  @Test
  void link_isUsedByOneOfManyAtOnce() throws Exception {
    String token = token(HOME);
    List<Callable<Integer>> tries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String password = "horse number " + i;
      tries.add(
          () -> {
            try {
              return complete(token, password, "").length();
            } catch (StatusRuntimeException e) {
              assertEquals(Code.NOT_FOUND, e.getStatus().getCode(), e::toString);
              return 0;
            }
          });
    }
    int set = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each : threads.invokeAll(tries)) {
        set += each.get() > 0 ? 1 : 0;
      }
    }
    assertEquals(1, set);
  }

  @Test
  void link_isOverAfterHalfAnHour_andWithPasswordOrAddress() {
    String old = token("ann");
    clock.advance(Duration.ofMinutes(30));
    assertFails(Code.NOT_FOUND, () -> complete(old, FRESH, ""));
    String before = token("ann");
    var unused = ann.changePassword("secret1", "quite another 7");
    assertFails(Code.NOT_FOUND, () -> complete(before, FRESH, ""));
    String moved = token("ann");
    GrpcPerson again = world.joinedBy(GrpcPerson.login(world.server(), "ann", "quite another 7"));
    take(again, "new@example.com");
    assertFails(Code.NOT_FOUND, () -> complete(moved, FRESH, ""));
    assertTrue(isIn(again));
  }

  @Test
  void link_ofADisabledAccount_isGoodForNothing() {
    String token = token("ann");
    world.command("account", "disable", "ann", "--reason", "spam");
    assertFails(Code.NOT_FOUND, () -> complete(token, FRESH, ""));
    var unused = ask("ann");
    world.command("account", "enable", "ann");
    assertFails(Code.UNAUTHENTICATED, () -> GrpcPerson.login(world.server(), "ann", FRESH).token());
  }

  @Test
  void secondFactor_isAskedForStill_andAWeakPasswordCostsNoCode() {
    var totp = ann.with(TotpServiceGrpc.newBlockingStub(ann.channel()));
    String secret = totp.beginTotp(BeginTotpRequest.getDefaultInstance()).getSecret();
    var unused =
        totp.confirmTotp(
            ConfirmTotpRequest.newBuilder()
                .setCode(Authenticator.code(secret, clock.millis()))
                .build());
    clock.advance(Duration.ofSeconds(30));
    String token = token("ann");
    assertEquals(
        NEEDED,
        assertFails(Code.FAILED_PRECONDITION, () -> complete(token, FRESH, "")).getBusinessCode());
    assertFails(Code.INVALID_ARGUMENT, () -> complete(token, FRESH, "000001"));
    String code = Authenticator.code(secret, clock.millis());
    assertFails(Code.INVALID_ARGUMENT, () -> complete(token, "x", code));
    assertTrue(isIn(ann));
    assertEquals(HOME, complete(token, FRESH, code));
    assertFalse(isIn(ann));
  }

  @Test
  void links_toOneAccount_areLimited_andEachOfThemIsGood() {
    String first = token("ann");
    for (int i = 1; i < 10; i++) {
      token("ann");
    }
    for (int i = 0; i < 5; i++) {
      assertEquals(BeginRecoveryResponse.getDefaultInstance(), ask("ann"));
    }
    assertEquals(HOME, complete(first, FRESH, ""), "no stranger makes it die by asking again");
    // What was asked for before was made before that which this sends.
    mails++;
    var unused = outbox.await(mails, HOME);
    assertEquals(mails, outbox.mails().size());
  }

  @Test
  void asking_andTrying_fromOneAddress_areLimited() throws Exception {
    for (int i = 0; i < 20; i++) {
      var unused = ask("nobody " + i);
    }
    String limit = assertFails(Code.RESOURCE_EXHAUSTED, () -> ask("ann")).getMessage();
    assertTrue(limit.contains("limits.recoveries_per_hour_max"), limit);
    for (int i = 0; i < 20; i++) {
      assertFails(Code.NOT_FOUND, () -> complete("0".repeat(32), FRESH, ""));
    }
    assertFails(Code.RESOURCE_EXHAUSTED, () -> complete("0".repeat(32), FRESH, ""));
    assertEquals("recovery_asked", Attempt.RECOVERY_ASKED.word());
    assertTrue(metrics().contains("parley_security_recovery_asked_total 20"));
    clock.advance(Duration.ofHours(1));
    assertEquals(HOME, complete(token("ann"), FRESH, ""));
  }

  private String metrics() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create(world.server().managementUrl() + "/metrics");
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void token_isNotReadableInTheRecords() throws IOException {
    String token = token("ann");
    try (Stream<Path> files = Files.list(world.dir())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String stored = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(stored.contains(token), file::toString);
      }
    }
    assertEquals(HOME, complete(token, FRESH, ""));
  }
}
