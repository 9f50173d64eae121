package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;

/// A page of another origin calls the server from Chromium: by REST, by gRPC-Web, by upload.
class ElsewhereBrowserTest {
  /// What a page would have of a library: one gRPC-Web call, and what came back.
  private static final String PAGE =
      """
      <!doctype html><meta charset="utf-8"><title>Elsewhere</title>
      <script>
        const empty = new Uint8Array(5);
        const grpcWeb = (server, method, token, body = empty) => fetch(server + method, {
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/grpc-web+proto',
            'x-grpc-web': '1',
            'x-user-agent': 'elsewhere/1',
            'grpc-timeout': '20S',
            ...token && {authorization: 'bearer ' + token},
          },
        });
        const text = bytes => new TextDecoder().decode(bytes);
      </script>
      """;

  @TempDir private static Path folder;
  private static HttpServer elsewhere;
  private static TestServer server;
  private static GrpcPerson ann;
  private static GrpcPerson bob;
  private static ChromeDriver browser;

  @BeforeAll
  static void start() throws Exception {
    elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.createContext(
        "/",
        exchange -> {
          byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("content-type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    elsewhere.start();
    server = TestServer.start(folder, Map.of("server.allowed_origins", origin("127.0.0.1")));
    ann = GrpcPerson.register(server, "Ann");
    bob = GrpcPerson.register(server, "Bob");
    browser = Browsers.take("en");
    browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(20));
  }

  @AfterAll
  static void stop() {
    Browsers.giveBack(browser);
    ann.close();
    bob.close();
    server.close();
    elsewhere.stop(0);
  }

  @BeforeEach
  void open() {
    browser.get(origin("127.0.0.1") + "/");
  }

  private static String origin(String host) {
    return "http://" + host + ":" + elsewhere.getAddress().getPort();
  }

  /// Runs the body of an async function of `server` and `token`; what it throws is the answer too.
  private static String run(String script, String token) {
    return String.valueOf(
        browser.executeAsyncScript(
            "const [server, token, other, done] = arguments;"
                + "(async () => {"
                + script
                + "})().then(done, e => done(String(e)));",
            server.url(),
            token,
            String.valueOf(ann.id())));
  }

  @Test
  void rest_answersAndRefusalsAreRead() {
    assertEquals(
        "200 Bob",
        run(
            """
            const answer = await fetch(server + '/v1/me', {headers: {authorization: 'bearer ' + token}});
            return answer.status + ' ' + (await answer.json()).profile.nickname;
            """,
            bob.token()));
    assertEquals(
        "401 1000",
        run(
            """
            const answer = await fetch(server + '/v1/me', {headers: {authorization: 'bearer no'}});
            return answer.status + ' ' + (await answer.json()).error_code;
            """,
            ""));
  }

  @Test
  void grpcWeb_unary_isAnswered_andAnErrorHasItsDetails() {
    assertEquals(
        "200 true true",
        run(
            """
            const answer = await grpcWeb(server, '/profile.ProfileService/GetProfile', token);
            const all = text(await answer.arrayBuffer());
            return answer.status + ' ' + all.includes('Bob') + ' ' + /grpc-status:\\s*0/i.test(all);
            """,
            bob.token()));
    String refused =
        run(
            """
            const answer = await grpcWeb(server, '/profile.ProfileService/GetProfile', '');
            const details = atob(answer.headers.get('grpc-status-details-bin'));
            return answer.headers.get('grpc-status') + ' ' + details.includes('common.CommonResponse');
            """,
            "");
    assertEquals("16 true", refused);
  }

  @Test
  void grpcWeb_stream_bringsWhatIsSentMeanwhile() {
    assertEquals(
        "pushed",
        run(
            """
            const opened = grpcWeb(server, '/conversation.ConversationService/Subscribe', token);
            // The answer's head comes with the first push, so it is sent until there is one.
            let answer;
            while (!answer) {
              const sent = await fetch(server + '/v1/users/' + other + '/messages/text', {
                method: 'POST',
                headers: {authorization: 'bearer ' + token, 'content-type': 'application/json'},
                body: JSON.stringify({text: {content: 'from elsewhere'}}),
              });
              if (!sent.ok) return 'not sent: ' + await sent.text();
              answer = await Promise.race([opened, new Promise(go => setTimeout(go, 100))]);
            }
            const reader = answer.body.getReader();
            let all = '';
            while (!all.includes('from elsewhere')) {
              const {value, done} = await reader.read();
              if (done) return 'ended: ' + all;
              all += text(value);
            }
            await reader.cancel();
            return 'pushed';
            """,
            bob.token()));
  }

  @Test
  void upload_isStored_andShownToThePage() {
    String stored =
        run(
            """
            const canvas = Object.assign(document.createElement('canvas'), {width: 20, height: 10});
            canvas.getContext('2d').fillRect(0, 0, 20, 10);
            const picture = await new Promise(done => canvas.toBlob(done, 'image/png'));
            const answer = await fetch(server + '/v1/images', {
              method: 'POST', body: picture, headers: {authorization: 'bearer ' + token},
            });
            const stored = await answer.json();
            const read = await fetch(stored.url);
            return answer.status + ' ' + stored.width + 'x' + stored.height + ' ' + read.status;
            """,
            bob.token());
    assertEquals("200 20x10 200", stored);
  }

  @Test
  void cookies_doNotGoAlong() {
    String refused =
        run("return (await fetch(server + '/v1/me', {credentials: 'include'})).status;", "");
    assertTrue(refused.contains("TypeError"), refused);
  }

  @Test
  void pageThatIsNotAllowed_readsNothing() {
    browser.get(origin("localhost") + "/");
    String rest =
        run(
            "return (await fetch(server + '/v1/me', {headers: {authorization: 'bearer ' +"
                + " token}})).status;",
            bob.token());
    assertTrue(rest.contains("TypeError"), rest);
    String unary =
        run(
            "return (await grpcWeb(server, '/profile.ProfileService/GetProfile', token)).status;",
            bob.token());
    assertTrue(unary.contains("TypeError"), unary);
  }
}
