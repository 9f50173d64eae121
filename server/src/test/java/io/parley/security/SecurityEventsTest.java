package io.parley.security;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.parley.account.Authenticator;
import io.parley.api.admin.CreateTokenRequest;
import io.parley.api.admin.OverviewRequest;
import io.parley.api.admin.ResetPasswordRequest;
import io.parley.api.admin.RevokeTokenRequest;
import io.parley.api.admin.SetRightsRequest;
import io.parley.api.session.ConfirmPasswordRequest;
import io.parley.api.totp.BeginTotpRequest;
import io.parley.api.totp.ConfirmTotpRequest;
import io.parley.api.totp.TotpServiceGrpc;
import io.parley.api.user.UserLoginRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.SignedClient;
import io.parley.harness.TestClock;
import io.parley.harness.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of a server's life is in the security log.
class SecurityEventsTest {
  @TempDir private Path dir;
  private final TestClock clock = new TestClock();

  @Test
  void guesses_areFewLines_withTheirNumber_andWithoutWhatWasTyped() throws Exception {
    try (Lines lines = new Lines()) {
      String metrics;
      TestServer server = TestServer.start(dir, Map.of(), clock);
      GrpcPerson ann = GrpcPerson.register(server, "ann");
      GrpcPerson nobody = GrpcPerson.anonymous(server);
      for (int i = 0; i < 1_000; i++) {
        int guess = i;
        // Some type their password where the name belongs.
        String name = i % 2 == 0 ? "ann" : "hunter2-" + i;
        UserLoginRequest login =
            UserLoginRequest.newBuilder().setNickname(name).setPassword("guess-" + guess).build();
        assertThrows(StatusRuntimeException.class, () -> nobody.users().userLogin(login));
      }
      nobody.close();
      metrics =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.managementUrl() + "/metrics")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      ann.close();
      server.close();
      assertTrue(lines.all().size() < 10, () -> lines.all().toString());
      long failed = lines.sum("login_failed", "count");
      long held = lines.sum("login_throttled", "count");
      assertEquals(1_000, failed + held);
      assertTrue(failed >= 5 && held > 0, failed + " and " + held);
      assertTrue(lines.of("login_failed").getFirst().contains("accounts=" + ann.id() + " "));
      assertTrue(metrics.contains("\nparley_security_login_failed_total " + failed), metrics);
      assertTrue(metrics.contains("\nparley_security_login_throttled_total " + held), metrics);
      String all = String.join("\n", lines.all());
      assertFalse(
          all.contains("hunter2") || all.contains("guess-") || all.contains("secret1"), all);
    }
  }

  @Test
  void partnersRequestsThatDoNotPass_areCounted_byWhereTheyComeFrom() throws Exception {
    try (Lines lines = new Lines()) {
      TestServer server = TestServer.start(dir, Map.of("signed.apps", SignedClient.SHOP));
      try (SignedClient shop = new SignedClient(server.url(), "shop", "code");
          SignedClient guesser = new SignedClient(server.url(), "shop", "c0de")) {
        String body = "{\"name\":\"ann\"}";
        for (int i = 0; i < 20; i++) {
          guesser.post("check.service.login", body);
        }
        shop.post("check.service.login", body);
      }
      server.close();
      assertEquals(20, lines.sum("partner_refused", "count"));
      assertTrue(
          lines.of("partner_refused").getFirst().contains("source=127.0.0.1 "),
          () -> lines.all().toString());
    }
  }

  @Test
  void whatChangesWhoMayDoWhat_isTold_withoutSecrets() {
    try (Lines lines = new Lines()) {
      TestServer server = TestServer.start(dir, Map.of(), clock);
      GrpcPerson root = GrpcPerson.register(server, "root user");
      GrpcPerson ann = GrpcPerson.register(server, "ann");
      assertEquals(0, TestServer.command(dir, "account", "grant", "root user", "admin"));
      assertFails(
          Status.Code.PERMISSION_DENIED,
          () -> ann.admin().overview(OverviewRequest.getDefaultInstance()));
      root.sessions()
          .confirmPassword(ConfirmPasswordRequest.newBuilder().setPassword("secret1").build());
      root.admin()
          .setRights(SetRightsRequest.newBuilder().setId(ann.id()).addRights("mail").build());
      var token =
          root.admin()
              .createToken(
                  CreateTokenRequest.newBuilder().setName("gw-1").addRights("gateway").build());
      root.admin()
          .revokeToken(RevokeTokenRequest.newBuilder().setId(token.getToken().getId()).build());
      ann.changePassword("secret1", "chosen-1");
      var totp = ann.with(TotpServiceGrpc.newBlockingStub(ann.channel()));
      String secret = totp.beginTotp(BeginTotpRequest.getDefaultInstance()).getSecret();
      String code = Authenticator.code(secret, clock.millis());
      var codes = totp.confirmTotp(ConfirmTotpRequest.newBuilder().setCode(code).build());
      String reset =
          root.admin()
              .resetPassword(
                  ResetPasswordRequest.newBuilder()
                      .setId(ann.id())
                      .setReason("her cat is called Tom")
                      .build())
              .getPassword();
      root.close();
      ann.close();
      server.close();
      assertEquals(
          List.of(
              "account.set_rights",
              "admin_confirmed",
              "account.set_rights",
              "token.create",
              "token.revoke",
              "password_changed",
              "totp_on",
              "account.reset_password"),
          lines.all().stream()
              .map(line -> line.replaceAll("event=(\\S+).*", "$1"))
              .filter(event -> !List.of("login", "refused").contains(event))
              .toList());
      assertTrue(
          lines
              .of("account.reset_password")
              .getFirst()
              .contains("operator=" + root.id() + " program=- target=account:" + ann.id()));
      assertTrue(lines.of("account.set_rights").getFirst().contains("program=command_line"));
      assertEquals(1, lines.sum("refused", "count"));
      assertTrue(lines.of("refused").getFirst().contains("accounts=" + ann.id()));
      String all = String.join("\n", lines.all());
      for (String hidden :
          List.of(
              token.getSecret(),
              "secret1",
              "chosen-1",
              secret,
              codes.getRecoveryCode(0),
              reset,
              "Tom",
              ann.token())) {
        assertFalse(all.contains(hidden), all);
      }
    }
  }
}
