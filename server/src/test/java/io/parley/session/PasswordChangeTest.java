package io.parley.session;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import io.parley.api.user.UserGetRequest;
import io.parley.config.Config;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestClock;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Choosing a password: what it may be, and who may.
class PasswordChangeTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String OLD = "a long enough one";

  private final TestClock clock = new TestClock();
  @RegisterExtension private final TestWorld world = new TestWorld(Map.of(), clock);
  private TestServer server = world.server();

  private GrpcPerson ann() {
    return GrpcPerson.register(server, "ann");
  }

  private void restart(Map<String, String> keys) {
    server = world.restart(keys);
  }

  @Test
  void shortlyAfterTheLogin_theCurrentOneMayBeMissing_andTheAnswerSaysSo() throws Exception {
    try (GrpcPerson ann = ann()) {
      HttpResponse<String> answer = change(ann, "", OLD);
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals("current-missing", answer.headers().firstValue("parley-password").orElse(""));
      HttpResponse<String> shown = change(ann, OLD, "another long one");
      assertEquals(200, shown.statusCode(), shown.body());
      assertTrue(shown.headers().firstValue("parley-password").isEmpty());
    }
  }

  @Test
  void later_aSessionAloneDoesNotChangeIt_andAWrongCurrentOneEndsNothing() {
    try (GrpcPerson ann = ann()) {
      clock.advance(Duration.ofMinutes(6));
      assertFails(Status.Code.FAILED_PRECONDITION, () -> update(ann, "", OLD));
      assertFails(Status.Code.INVALID_ARGUMENT, () -> update(ann, "wrong", OLD));
      assertFails(Status.Code.INVALID_ARGUMENT, () -> update(ann, "x".repeat(200), OLD));
      assertEquals(
          ann.id(),
          ann.users()
              .getUser(UserGetRequest.newBuilder().setId(ann.id()).build())
              .getUser()
              .getId());
      update(ann, "secret1", OLD);
      GrpcPerson.login(server, "ann", OLD).close();
    }
  }

  @Test
  void guessingTheCurrentOne_isThrottledAsLoginsAre() {
    try (GrpcPerson ann = ann()) {
      clock.advance(Duration.ofMinutes(6));
      for (int i = 0; i < 5; i++) {
        int guess = i;
        assertFails(Status.Code.INVALID_ARGUMENT, () -> update(ann, "wrong " + guess, OLD));
      }
      assertFails(Status.Code.RESOURCE_EXHAUSTED, () -> update(ann, "wrong again", OLD));
    }
  }

  @Test
  void shortAndCommonOnes_areRefusedByName() throws Exception {
    // As a server without settings has it.
    Config defaults = Config.load(null, Map.of(), Map.of());
    assertEquals(8, defaults.limits().passwordCharsMin());
    assertTrue(defaults.security().refuseCommonPasswords());
    restart(Map.of("limits.password_chars_min", "8", "security.refuse_common_passwords", "true"));
    for (String refused :
        new String[] {
          "seven77", "password1", "PassWord1", "12345678", "qwertyuiop", "abcd\\u0000efgh"
        }) {
      HttpResponse<String> answer = register("bob", refused);
      assertEquals(400, answer.statusCode(), refused + ": " + answer.body());
      assertTrue(answer.body().contains("password"), answer.body());
    }
    assertEquals(200, register("bob", "eight 88").statusCode());
    // The phone contract's document says 6 to 16.
    HttpResponse<String> phone = phone("13912345678", "uncom7");
    assertEquals(1, new ObjectMapper().readTree(phone.body()).get("status").asInt(), phone.body());
    HttpResponse<String> common = phone("13912345679", "123456");
    assertEquals(
        0, new ObjectMapper().readTree(common.body()).get("status").asInt(), common.body());
  }

  private static Object update(GrpcPerson who, String current, String password) {
    return who.changePassword(current, password);
  }

  private HttpResponse<String> change(GrpcPerson who, String current, String password)
      throws Exception {
    return post(
        "PUT",
        "/v1/me/password",
        "{\"current_password\":\"%s\",\"password\":\"%s\",\"password_rpt\":\"%s\"}"
            .formatted(current, password, password),
        who.token());
  }

  private HttpResponse<String> register(String name, String password) throws Exception {
    return post(
        "POST",
        "/v1/users",
        "{\"nickname\":\"%s\",\"password\":\"%s\",\"password_rpt\":\"%s\"}"
            .formatted(name, password, password),
        "");
  }

  private HttpResponse<String> phone(String phone, String password) throws Exception {
    return post(
        "POST",
        "/android/register/",
        "{\"phone\":\"%s\",\"password\":\"%s\"}".formatted(phone, password),
        "");
  }

  private HttpResponse<String> post(String method, String path, String body, String token)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("content-type", "application/json")
            .header("authorization", "bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
