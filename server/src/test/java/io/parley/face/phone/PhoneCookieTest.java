package io.parley.face.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The one cookie that Parley sets.
class PhoneCookieTest {
  private static final String BODY = "{\"phone\":\"13800138000\",\"password\":\"secret-word-1\"}";

  /// What a request that is incomplete in this way is told once it is known who asks.
  private static final int NO_AVATAR = 6002;

  private static final int LOG_IN_FIRST = 11001;

  @TempDir private Path dir;

  @Test
  void cookie_isSecure_whereBrowsersComeByHttps() throws Exception {
    assertTrue(attributes("https://chat.example.com").contains("secure"));
  }

  /// Over plain http a browser would drop a cookie that is Secure.
  @Test
  void cookie_isNotSecure_whereBrowsersComeByHttp() throws Exception {
    assertTrue(!attributes("http://chat.example.com").contains("secure"));
  }

  @Test
  void cookie_isForThisHostOnly_andForNoScript() throws Exception {
    List<String> attributes = attributes("https://chat.example.com");
    assertTrue(attributes.containsAll(List.of("httponly", "samesite=lax", "path=/")));
    assertTrue(attributes.stream().noneMatch(each -> each.startsWith("domain")), "" + attributes);
    assertEquals(1, attributes.stream().filter(each -> each.startsWith("max-age=")).count());
  }

  /// A link or form of another site is nobody, however it comes by the cookie.
  @Test
  void cookie_ofARequestThatAnotherSiteMade_doesNotCount() throws Exception {
    try (TestServer server = TestServer.start(dir);
        HttpClient client = HttpClient.newHttpClient()) {
      String cookie = sent(server, client).split(";")[0];
      assertEquals(NO_AVATAR, status(server, client, cookie, "same-origin"));
      assertEquals(NO_AVATAR, status(server, client, cookie, "none"));
      assertEquals(LOG_IN_FIRST, status(server, client, cookie, "cross-site"));
      assertEquals(LOG_IN_FIRST, status(server, client, "sessionid=" + "0".repeat(32), "none"));
    }
  }

  private static int status(TestServer server, HttpClient client, String cookie, String site)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(server, "complete_account/"))
            .header("Cookie", cookie)
            .header("Sec-Fetch-Site", site)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"avatar\":\"\",\"username\":\"wu\",\"desc\":\"\",\"sex\":0}"))
            .build();
    String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return Integer.parseInt(body.replaceFirst("^\\{\"status\":(\\d+).*", "$1"));
  }

  private List<String> attributes(String publicUrl) throws Exception {
    try (TestServer server = TestServer.start(dir, Map.of("server.public_url", publicUrl));
        HttpClient client = HttpClient.newHttpClient()) {
      return Stream.of(sent(server, client).split(";"))
          .skip(1)
          .map(each -> each.strip().toLowerCase(Locale.ROOT))
          .toList();
    }
  }

  private static String sent(TestServer server, HttpClient client) throws Exception {
    HttpRequest register =
        HttpRequest.newBuilder(uri(server, "register/"))
            .POST(HttpRequest.BodyPublishers.ofString(BODY))
            .build();
    HttpResponse<String> answer = client.send(register, HttpResponse.BodyHandlers.ofString());
    return answer.headers().firstValue("set-cookie").orElseThrow();
  }

  private static URI uri(TestServer server, String what) {
    return URI.create("http://127.0.0.1:" + server.port() + "/android/" + what);
  }
}
