package io.parley.session;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import io.parley.api.common.CommonResponse;
import io.parley.api.profile.GetProfileRequest;
import io.parley.api.profile.ProfileServiceGrpc;
import io.parley.api.session.ListSessionsRequest;
import io.parley.api.session.LogoutRequest;
import io.parley.api.user.UserLoginRequest;
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
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A password that an operator set is good for choosing another, in every contract.
class ResetPasswordTest {
  /// With HTTP/2 a refusal that comes before the body is taken may be heard as a broken stream.
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PHONE = "13812345678";
  private static final String EXPIRED = "2005";

  private final TestClock clock = new TestClock();

  @RegisterExtension
  private final TestWorld world =
      new TestWorld(Map.of("signed.apps", SignedClient.SHOP, "signed.clock_skew_s", "0"), clock);

  private TestServer server = world.server();

  @BeforeEach
  void start() {
    world.account("ann", "Ann", "--phone", PHONE);
  }

  private void reset(String... more) {
    String[] words = new String[5 + more.length];
    System.arraycopy(
        new String[] {"account", "passwd", "ann", "--password", "given1"}, 0, words, 0, 5);
    System.arraycopy(more, 0, words, 5, more.length);
    world.command(words);
  }

  @Test
  void nativeSession_isServedNothingButTheWayOut() throws Exception {
    reset();
    try (GrpcPerson ann = GrpcPerson.login(server, "ann", "given1")) {
      CommonResponse refused =
          assertFails(
              Status.Code.FAILED_PRECONDITION,
              () -> ann.sessions().listSessions(ListSessionsRequest.getDefaultInstance()));
      assertEquals(EXPIRED, Long.toString(refused.getBusinessCode()));
      // What does not block takes another way through the server.
      assertFails(Status.Code.FAILED_PRECONDITION, () -> ann.text(1, "hello", ""));
      HttpResponse<String> rest = send("GET", "/v1/sessions", "", "Bearer " + ann.token());
      assertEquals(400, rest.statusCode());
      assertEquals(EXPIRED, json(rest).path("business_code").asText());
      assertEquals(
          400, send("POST", "/v1/images", "x", "Bearer " + ann.token()).statusCode(), "uploads");
      AssertionError socket =
          assertThrows(
              AssertionError.class, () -> new LivePerson(server, ann.token(), "browser").close());
      assertTrue(String.valueOf(socket.getMessage()).contains(EXPIRED), socket.getMessage());
      assertTrue(
          ann.with(ProfileServiceGrpc.newBlockingStub(ann.channel()))
              .getProfile(GetProfileRequest.getDefaultInstance())
              .getProfile()
              .getPasswordExpired());
      ann.sessions().logout(LogoutRequest.getDefaultInstance());
      assertFails(
          Status.Code.UNAUTHENTICATED,
          () -> ann.sessions().listSessions(ListSessionsRequest.getDefaultInstance()));
    }
  }

  @Test
  void owner_choosesAnotherPassword_andIsServedAtOnce() throws Exception {
    reset();
    try (GrpcPerson ann = GrpcPerson.login(server, "ann", "given1");
        GrpcPerson other = GrpcPerson.login(server, "ann", "given1")) {
      assertTrue(
          GrpcPerson.anonymous(server).users().userLogin(login("given1")).getPasswordExpired());
      assertFails(Status.Code.INVALID_ARGUMENT, () -> change(ann, "given1", "given1"));
      assertFails(Status.Code.INVALID_ARGUMENT, () -> change(ann, "", "given1"));
      assertFails(Status.Code.INVALID_ARGUMENT, () -> change(ann, "wrong", "chosen1"));
      assertFails(
          Status.Code.FAILED_PRECONDITION,
          () -> ann.sessions().listSessions(ListSessionsRequest.getDefaultInstance()));
      change(ann, "given1", "chosen1");
      assertEquals(
          1,
          ann.sessions().listSessions(ListSessionsRequest.getDefaultInstance()).getSessionCount());
      assertFails(
          Status.Code.UNAUTHENTICATED,
          () -> other.sessions().listSessions(ListSessionsRequest.getDefaultInstance()));
      new LivePerson(server, ann.token(), "browser").close();
      assertFalse(
          GrpcPerson.anonymous(server).users().userLogin(login("chosen1")).getPasswordExpired());
      // An ordinary change may keep what it was.
      change(ann, "chosen1", "chosen1");
    }
  }

  @Test
  void reset_endsWhatIsOpen_alsoTheSessionThatWasAboutToChoose() {
    reset();
    try (GrpcPerson ann = GrpcPerson.login(server, "ann", "given1")) {
      clock.advance(Duration.ofMinutes(1));
      reset();
      assertFails(Status.Code.UNAUTHENTICATED, () -> change(ann, "given1", "chosen1"));
    }
    // A restart forgets nothing of it.
    server = world.restart(Map.of());
    try (GrpcPerson ann = GrpcPerson.login(server, "ann", "given1")) {
      assertFails(
          Status.Code.FAILED_PRECONDITION,
          () -> ann.sessions().listSessions(ListSessionsRequest.getDefaultInstance()));
    }
  }

  @Test
  void keptPassword_needsNoOther() {
    reset("--keep");
    try (GrpcPerson ann = GrpcPerson.login(server, "ann", "given1")) {
      ann.sessions().listSessions(ListSessionsRequest.getDefaultInstance());
    }
  }

  @Test
  void everyContract_logsInAndOut_andRefusesTheRestInItsOwnForm() throws Exception {
    reset();
    JsonNode entry =
        json(
            send(
                "POST",
                "/login",
                "{\"username\":\"ann\",\"password\":\"" + md5("given1") + "\"}",
                ""));
    String token = entry.path("result").path("token").asText();
    HttpResponse<String> info = send("GET", "/user/get_user_info", "", token);
    assertEquals(403, info.statusCode());
    assertEquals(100403, json(info).path("code").asInt());
    assertTrue(info.body().contains("choose another"), info.body());
    phoneRefuses();
    try (SignedClient shop = new SignedClient(server.url(), "shop", "code")) {
      HttpResponse<String> login =
          shop.post(
              "user.service.login",
              "{\"username\":\"ann\",\"passwd\":\"%s\"}".formatted(md5(md5("given1@java110.com"))));
      String jwt = "{\"token\":\"%s\"}".formatted(json(login).path("token").asText());
      assertEquals(403, shop.post("check.service.login", jwt).statusCode());
      assertEquals(200, shop.post("user.service.logout", jwt).statusCode());
    }
    assertEquals(200, send("POST", "/user/logout", "", token).statusCode());
    assertEquals(401, send("GET", "/user/get_user_info", "", token).statusCode());
  }

  private void phoneRefuses() throws Exception {
    HttpResponse<String> login =
        send(
            "POST",
            "/android/login/",
            "{\"phone\":\"%s\",\"password\":\"given1\"}".formatted(PHONE),
            "");
    assertEquals(1, json(login).path("status").asInt(), login.body());
    String cookie = login.headers().firstValue("set-cookie").orElseThrow().split("[=;]")[1];
    HttpResponse<String> contacts = send("GET", "/android/user_contacts/", "", cookie);
    assertEquals(0, json(contacts).path("status").asInt());
    assertTrue(contacts.body().contains("choose another"), contacts.body());
    HttpResponse<String> out = send("GET", "/android/out/", "", cookie);
    assertEquals(1, json(out).path("status").asInt(), out.body());
    assertEquals(
        11001, json(send("GET", "/android/user_contacts/", "", cookie)).path("status").asInt());
  }

  private static UserLoginRequest login(String password) {
    return UserLoginRequest.newBuilder().setNickname("ann").setPassword(password).build();
  }

  private static Object change(GrpcPerson who, String current, String password) {
    return who.changePassword(current, password);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body());
  }

  private static String md5(String text) throws Exception {
    byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private HttpResponse<String> send(String method, String path, String body, String authorization)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("content-type", "application/json");
    if (!authorization.isEmpty()) {
      request.header("authorization", authorization);
    }
    return HTTP.send(
        request.method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
