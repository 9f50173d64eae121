package io.parley.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The runner itself: what must fail does, and says where.
class PlayerTest {
  private static final String LOGIN =
      """
      # what a person does first
      run account create --nickname ann --password secret1
        < created account ${id:\\d+}

      grpc user.UserService/UserLogin
        > {"nickname":"ann","password":"secret1"}
        < OK
        < {"token":"${token:[0-9a-f]{32}}"}

      http GET /v1/users/${id}
        > Authorization: Bearer ${token}
        < 200
        < content-type: application/json; charset=utf-8
        < {"user":{"id":"${id}","nickname":"ann","gender":"Unknown","avatar_url":"","extra":"",
           "handle":"ann",
           "created_at":"${created:.*}","updated_at":"${created}"}}
      """;

  @TempDir Path dir;

  @Test
  void play_whatIsTrue_passesAndIsCounted() {
    Exchanges exchanges = new Exchanges();
    Player.play(transcript(LOGIN), dir, exchanges);
    Map<String, Pattern> items =
        Map.of(
            "login", Pattern.compile("^grpc user.UserService/UserLogin -> OK"),
            "user", Pattern.compile("^http GET /v1/users/\\d+ -> 200 .*\"ann\""),
            "logout", Pattern.compile("^http POST /v1/logout -> 200"));
    assertEquals(List.of("logout"), Coverage.missing(items, exchanges));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"nickname\":\"ann\",\"gender\"|\"nickname\":\"bob\",\"gender\"|10|$.user.nickname",
        "\"extra\":\"\",||10|unexpected [extra]",
        "\"extra\":\"\",|\"extra\":\"\",\"more\":1,|10|missing [more]",
        "< 200|< 404|10|status 404",
        "{32}|{31}|5|$.token",
        "< OK|< UNAUTHENTICATED|5|UNAUTHENTICATED",
        "\"password\":\"secret1\"}|\"password\":\"secret2\"}|5|UNAUTHENTICATED",
        "charset=utf-8|charset=latin|10|content-type",
        "--nickname ann|--nickname|2|exit code 0",
        "< created|< destroyed|2|destroyed",
        "Bearer ${token}|Bearer ${tok}|10|${tok}",
        "http GET|https GET|10|no step",
      })
  void play_whatIsNot_failsAndSaysWhere(String right, String wrong, int line, String why) {
    String text = LOGIN.replace(right, wrong == null ? "" : wrong);
    AssertionError failure =
        assertThrows(
            AssertionError.class, () -> Player.play(transcript(text), dir, new Exchanges()));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith("test/login.txt:" + line + ": "), message);
    assertTrue(message.contains(why), message);
  }

  @Test
  void play_aMessageThatDoesNotCome_fails() {
    Inbox inbox = new Inbox();
    inbox.add("b");
    inbox.add("a");
    assertEquals("a", inbox.expect(new Scope(), "~a"));
    assertThrows(Mismatch.class, () -> inbox.expect(new Scope(), "a"));
    assertEquals("b", inbox.expect(new Scope(), "${_:[bc]}"));
  }

  @Test
  void scope_expandsAndCaptures() {
    Scope scope = new Scope();
    scope.put("who", "world");
    assertEquals("hello world aaa", scope.expand("hello ${who} ${repeat:a,3}"));
    assertEquals("7d793037a0760186574b0282f2f435e7", scope.expand("${md5:${who}}"));
    assertTrue(scope.matches("x${n:\\d{2}}y${any}", "x12y-\n-"));
    assertEquals("12", scope.expand("${n}"));
    assertThrows(Mismatch.class, () -> scope.expand("${nobody}"));
    assertThrows(Mismatch.class, () -> scope.expand("${open"));
  }

  @Test
  void json_bareAndQuotedPlaceholders_keepTheirType() {
    Scope scope = new Scope();
    JsonMatch.check(scope, "{\"a\":${n:\\d+},\"b\":[\"x${_:.}\"],\"c\":${any}}", json("7"));
    assertEquals("7", scope.expand("${n}"));
    assertThrows(
        Mismatch.class,
        () -> JsonMatch.check(scope, "{\"a\":\"${n}\",\"b\":${any},\"c\":{}}", json("7")));
    assertThrows(
        Mismatch.class,
        () -> JsonMatch.check(scope, "{\"a\":${n},\"b\":${any},\"c\":{}}", json("\"7\"")));
    assertThrows(Mismatch.class, () -> JsonMatch.check(scope, "[1,2]", "[1,2,3]"));
    assertThrows(Mismatch.class, () -> JsonMatch.check(scope, "[1]", "[1] trailing"));
  }

  private static String json(String a) {
    return "{\"c\":{},\"b\":[\"xy\"],\"a\":" + a + "}";
  }

  private static Transcript transcript(String text) {
    return Transcript.parse("test/login.txt", text.lines().toList());
  }
}
