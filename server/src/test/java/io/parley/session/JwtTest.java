package io.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class JwtTest {
  private static final String HEADER = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9";

  /// The document's tokens: of its login and of its check.
  private static final String LOGIN =
      HEADER
          + ".eyJpc3MiOiJqYXZhMTEwIiwianRpIjoiNmUzZGNjMzM3YmE4NGRmMTgxNzcwNDVjOTIzOTljOTAifQ"
          + ".oUotKsoy1TXBS37isSvwKTQ9c_tTxZS48TA554QdbEU";
  private static final String CHECK =
      HEADER
          + ".eyJpc3MiOiJqYXZhMTEwIiwianRpIjoiOGU1ZGY4NjBhYTUyNDgyNzk3MjBjZDFjNzg3ZDk4OTkifQ"
          + ".PGwR_YjIDwn8sQFKr7CDmUk87MYt1lgi1s7a5OrE_Jg";

  private final Jwt jwt = jwt("@java110_JWT");

  @Test
  void documentsTokens_areThoseOfTheDevelopmentKey() {
    assertEquals("6e3dcc337ba84df18177045c92399c90", jwt.jti(LOGIN));
    assertEquals("8e5df860aa5248279720cd1c787d9899", jwt.jti(CHECK));
    assertEquals(LOGIN, jwt.issue("6e3dcc337ba84df18177045c92399c90"));
    assertNull(jwt("another key").jti(LOGIN));
  }

  @Test
  void anythingElse_isNoToken() {
    String claims = LOGIN.split("\\.")[1];
    String mac = LOGIN.split("\\.")[2];
    for (String other :
        List.of(
            "",
            ".",
            "..",
            "...",
            LOGIN + ".",
            LOGIN + "=",
            " " + LOGIN,
            LOGIN.substring(0, LOGIN.length() - 1),
            HEADER + "." + claims + ".",
            HEADER + "." + claims + "." + CHECK.split("\\.")[2],
            encode("{\"typ\":\"JWT\",\"alg\":\"none\"}") + "." + claims + ".",
            encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + claims + "." + mac,
            HEADER + "." + encode("{\"iss\":\"java110\",\"jti\":\"6E3D\"}") + "." + mac,
            HEADER + ".%%%." + mac,
            "6e3dcc337ba84df18177045c92399c90")) {
      assertNull(jwt.jti(other), other);
    }
  }

  private static Jwt jwt(String key) {
    return new Jwt(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
