package io.parley.face.signed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.command.Cli;
import io.parley.harness.GrpcPerson;
import io.parley.harness.SignedClient;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The partner API over HTTP, as `signed-http.md` and its rulings have it.
class SignedTest {
  private static final String REGISTER = "user.service.register";
  private static final String LOGIN = "user.service.login";
  private static final String LOGOUT = "user.service.logout";
  private static final String CHECK = "check.service.login";
  private static final String ADMIN = "d57167e07915c9428b1c3aae57003807";
  private static final String DEAD = "认证失败，不是有效的token";

  @TempDir static Path dir;
  private static TestServer server;
  private static SignedClient partner;

  @BeforeAll
  static void start() {
    app("--id", "8000418003", "--code", "WEBURFPKIFJUHNCJUEIKMKJUJHULSMNCHDY89KMC");
    app("--id", "salted", "--code", "c", "--salt", "@other");
    app("--id", "checker", "--code", "c", "--service", CHECK, "--service", LOGIN);
    app("--id", "elsewhere", "--code", "c", "--allow-ip", "10.0.0.0/8");
    app("--id", "denied", "--code", "c", "--deny-ip", "127.0.0.0/8", "--deny-ip", "::1");
    app("--id", "open", "--unsigned");
    server = TestServer.start(dir);
    partner = client("8000418003", "WEBURFPKIFJUHNCJUEIKMKJUJHULSMNCHDY89KMC");
  }

  @AfterAll
  static void stop() {
    partner.close();
    server.close();
  }

  @Test
  void document_registerLoginCheckLogout() {
    HttpResponse<String> registered =
        partner.post(
            REGISTER,
            """
            {
                 "name": "张三",
                 "email": "928255095@qq.com",
                 "password": "ERCBHDUYFJDNDHDJDNDJDHDUDHDJDDKDK",
                 "sex": "0",
                 "tel": "17797173943"
            }
            """);
    String id = match("\\{\"responseTime\":\"\\d{14}\",\"userId\":\"(30\\d{15,19})\"}", registered);
    for (String name : List.of("张三", "928255095@qq.com", "17797173943")) {
      HttpResponse<String> in = login(partner, name, "ERCBHDUYFJDNDHDJDNDJDHDUDHDJDDKDK");
      String token =
          match(
              "\\{\"userName\":\"张三\",\"userId\":\""
                  + id
                  + "\",\"token\":\"(eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9\\.[\\w-]+\\.[\\w-]+)\"}",
              in);
      assertEquals("application/json; charset=utf-8", type(in));
      assertAnswer(200, "{\"userId\":\"" + id + "\"}", token(CHECK, token));
      assertText(200, "退出登录成功", token(LOGOUT, token));
      assertText(401, DEAD, token(CHECK, token));
      assertText(401, DEAD, token(LOGOUT, token));
    }
  }

  @Test
  void registering_aTakenName_isRefusedNamingIt() {
    register("taken", "taken@x.com", "13800000001");
    assertText(
        400, "业务处理异常：name（用户名称）已存在", post(REGISTER, fields("TAKEN", "a1@x.com", "13800000002")));
    assertText(
        400, "业务处理异常：email（邮箱地址）已存在", post(REGISTER, fields("free", "Taken@x.com", "13800000002")));
    assertText(
        400, "业务处理异常：tel（手机号）已存在", post(REGISTER, fields("free", "a1@x.com", "13800000001")));
    assertText(
        400, "业务处理异常：tel（手机号）已存在", post(REGISTER, fields("free", "a1@x.com", "13800000001")));
    register("free", "a1@x.com", "13800000002");
  }

  @Test
  void registering_wrongFields_areRefusedNamingThem() {
    Map<String, String> good = fields("wrong", "wrong@x.com", "13800000009");
    for (String field : List.of("name", "email", "password", "tel")) {
      assertRefusedWith(good, field, null, "未包含" + field + "节点，请检查");
      assertRefusedWith(good, field, "null", "未包含" + field + "节点，请检查");
      assertRefusedWith(good, field, "\"\"", field + "不能为空");
      assertRefusedWith(good, field, "\" \"", field + "不能为空");
      for (String other : List.of("1", "true", "[\"x\"]", "{\"x\":1}", "1.5")) {
        assertRefusedWith(good, field, other, field + "必须是字符串");
      }
    }
    assertRefusedWith(good, "name", quoted("x".repeat(51)), "name长度不能超过50");
    assertRefusedWith(good, "name", "\"a\\u0000b\"", "name不能包含控制字符");
    assertRefusedWith(good, "name", "\"a\\ud800b\"", "name不能包含控制字符");
    assertRefusedWith(good, "email", quoted("x".repeat(25) + "@qq.com"), "email长度不能超过30");
    for (String wrong : List.of("x", "x@", "@x.com", "x@x", "x@x.", "a b@x.com", "a@b@x.com")) {
      assertRefusedWith(good, "email", quoted(wrong), "email格式不正确");
    }
    assertRefusedWith(good, "password", quoted("x".repeat(129)), "password长度不能超过128");
    for (String wrong : List.of("1380000000", "138000000000", "1380000000a", "１３８００００００００")) {
      assertRefusedWith(good, "tel", quoted(wrong), "tel必须是11位手机号");
    }
    assertRefusedWith(good, "tel", quoted("1".repeat(65)), "tel长度不能超过64");
    assertRefusedWith(good, "sex", "\"2\"", "sex只能为0或1");
    assertRefusedWith(good, "sex", "\"\"", "sex只能为0或1");
    assertRefusedWith(good, "sex", "0", "sex必须是字符串");
    assertRefusedWith(good, "sex", "\"01\"", "sex长度不能超过1");
    assertEquals(200, post(REGISTER, good).statusCode(), "none of them left anything behind");
  }

  @Test
  void registering_atTheLimits_succeeds() {
    Map<String, String> fields = fields("长".repeat(50), "x".repeat(24) + "@qq.cn", "13800000010");
    fields.put("password", quoted("p".repeat(128)));
    fields.put("sex", "null");
    fields.put("unknown", "[1]");
    assertEquals(200, post(REGISTER, fields).statusCode());
    assertEquals(200, login(partner, "长".repeat(50), "p".repeat(128)).statusCode());
  }

  @Test
  void bodies_thatAreNoJsonObject_areRefused() {
    String broken = "业务处理异常：请求报文不是合法的JSON";
    String other = "业务处理异常：请求报文必须是JSON对象";
    for (String body : List.of("", "null", "[]", "1", "\"x\"")) {
      assertText(400, other, partner.post(CHECK, body));
    }
    for (String body :
        List.of(
            "{",
            "{\"token\":\"a\"} x",
            "{\"token\":\"a\",\"token\":\"b\"}",
            "{'token':'a'}",
            "[".repeat(100_000),
            "{\"a\":" + "1".repeat(100_000) + "}")) {
      assertText(400, broken, partner.post(CHECK, body));
    }
    byte[] latin = "{\"token\":\"ü\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertText(400, broken, partner.post(CHECK, latin));
    byte[] utf16 = "{\"token\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
    assertText(400, broken, partner.post(CHECK, utf16));
  }

  @Test
  void body_overTheLimit_isRefused() {
    byte[] body = ("{\"token\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/" + CHECK))
            .version(HttpClient.Version.HTTP_1_1)
            .POST(BodyPublishers.ofByteArray(body));
    partner.headers(body).forEach(request::header);
    HttpResponse<String> answer = partner.send(request);
    assertText(413, "业务处理异常：请求报文不能超过1048576字节", answer);
  }

  @Test
  void body_withoutEnd_isRefusedBeforeItsEnd() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      String head =
          "POST /api/" + CHECK + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(US_ASCII);
      for (int i = 0; i < 17; i++) {
        socket.getOutputStream().write(chunk);
      }
      String answer = new String(socket.getInputStream().readNBytes(12), US_ASCII);
      assertEquals("HTTP/1.1 413", answer);
    }
  }

  @Test
  void login_wrongNameAndWrongPassword_areOneAnswer() {
    register("ann", "ann@x.com", "13800000003");
    assertText(401, "用户或密码错误", login(partner, "ann", "wrong"));
    assertText(401, "用户或密码错误", login(partner, "nobody", ADMIN));
    assertText(400, "业务处理异常：未包含username节点，请检查", partner.post(LOGIN, "{\"passwd\":\"x\"}"));
    assertText(400, "业务处理异常：未包含passwd节点，请检查", partner.post(LOGIN, "{\"username\":\"x\"}"));
    assertText(400, "业务处理异常：username长度不能超过64", login(partner, "x".repeat(65), "x"));
    assertText(400, "业务处理异常：passwd长度不能超过128", login(partner, "ann", "x".repeat(129)));
    assertEquals(200, login(partner, "ann", ADMIN.toUpperCase(java.util.Locale.ROOT)).statusCode());
  }

  @Test
  void login_tooOftenWrong_mustWait() {
    register("guessed", "guessed@x.com", "13800000004");
    for (int i = 0; i < 6; i++) {
      login(partner, "guessed", "wrong");
    }
    HttpResponse<String> answer = login(partner, "guessed", ADMIN);
    assertText(429, "业务处理异常：操作过于频繁，请稍后再试", answer);
    assertTrue(answer.headers().firstValueAsLong("retry-after").orElse(0) >= 1);
  }

  @Test
  void passwordDigest_isOfTheAppsOwnSalt() {
    register("salty", "salty@x.com", "13800000005");
    try (SignedClient other = client("salted", "c")) {
      String digest = new io.parley.account.Scheme.Signed("@other").wire("admin");
      assertText(401, "用户或密码错误", login(other, "salty", digest));
      assertText(401, "用户或密码错误", login(other, "salty", ADMIN));
      GrpcPerson.register(server, "plainspoken").close();
      String theirs = new io.parley.account.Scheme.Signed("@other").wire("secret1");
      assertEquals(200, login(other, "plainspoken", theirs).statusCode());
    }
  }

  @Test
  void token_isGoodInEveryContract() {
    register("everywhere", "everywhere@x.com", "13800000006");
    String jwt = loggedIn("everywhere");
    long id;
    try (GrpcPerson self = GrpcPerson.withToken(server, jwt, 0);
        GrpcPerson other = GrpcPerson.register(server, "native")) {
      id = self.text(other.id(), "from a partner's user", "").getConversationId();
      assertTrue(id > 0);
      assertAnswer(200, "{\"userId\":\"30" + other.id() + "\"}", token(CHECK, other.token()));
      assertText(200, "退出登录成功", token(LOGOUT, other.token()));
      assertText(401, DEAD, token(CHECK, other.token()));
    }
    String jti = new String(java.util.Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), UTF_8);
    Matcher key = Pattern.compile("\"jti\":\"(\\w+)\"").matcher(jti);
    assertTrue(key.find());
    assertText(401, DEAD, token(CHECK, key.group(1)));
  }

  @Test
  void tokens_thatAreNone() {
    for (String wrong :
        List.of(
            "abc",
            "x".repeat(1024),
            "a.b.c",
            "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9"
                + ".eyJpc3MiOiJqYXZhMTEwIiwianRpIjoiOGU1ZGY4NjBhYTUyNDgyNzk3MjBjZDFjNzg3ZDk4OTkifQ"
                + ".PGwR_YjIDwn8sQFKr7CDmUk87MYt1lgi1s7a5OrE_Jg")) {
      assertText(401, DEAD, token(CHECK, wrong));
      assertText(401, DEAD, token(LOGOUT, wrong));
    }
    assertText(400, "业务处理异常：未包含token节点，请检查", partner.post(CHECK, "{}"));
    assertText(400, "业务处理异常：token长度不能超过1024", token(CHECK, "x".repeat(1025)));
  }

  @Test
  void headers_areCheckedInOrder() {
    byte[] body = "{}".getBytes(UTF_8);
    Map<String, String> headers = partner.headers(body);
    String auth = "鉴权失败：";
    assertText(401, auth + "APP_ID 为空或不正确", send(Map.of(), body));
    assertText(401, auth + "APP_ID 为空或不正确", send(with(headers, "app_id", "8"), body));
    assertText(401, auth + "TRANSACTION_ID 不能为空", send(without(headers, "transaction_id"), body));
    assertText(
        400,
        "业务处理异常：transaction_id长度不能超过30",
        send(with(headers, "transaction_id", "1".repeat(31)), body));
    assertText(401, auth + "签名失败", send(without(headers, "sign"), body));
    assertText(401, auth + "签名失败", send(with(headers, "sign", "0".repeat(32)), body));
    assertText(401, auth + "签名失败", send(headers, "{ }".getBytes(UTF_8)));
    for (String wrong : List.of("", "2018-11-25 23:06:34", "20181325230634")) {
      String sign =
          io.parley.partner.Signature.of(
              headers.getOrDefault("transaction_id", ""),
              wrong,
              "8000418003",
              body,
              "WEBURFPKIFJUHNCJUEIKMKJUJHULSMNCHDY89KMC");
      assertText(
          401,
          auth + "requestTime 格式不对，遵循yyyyMMddHHmmss格式",
          send(with(with(headers, "req_time", wrong), "sign", sign), body));
    }
    Map<String, String> vector = new LinkedHashMap<>();
    vector.put("app_id", "8000418003");
    vector.put("transaction_id", "100000000020181125230634000001");
    vector.put("req_time", "20181125230634");
    vector.put("sign", "85b41fa66749b8703cedd8f198e3c32a");
    assertText(
        401, auth + "requestTime 超出允许范围", send(vector, "{\"token\":\"abc\"}".getBytes(UTF_8)));
    // None of them has spent the transaction id.
    assertText(400, "业务处理异常：未包含token节点，请检查", send(headers, body));
    assertText(401, auth + "TRANSACTION_ID 重复", send(headers, body));
  }

  @Test
  void headers_underTheirOtherNamesAndInCapitals() {
    byte[] body = "{}".getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    partner.headers(body).forEach((name, value) -> headers.put(name.replace('_', '-'), value));
    assertEquals(400, send(headers, body).statusCode());
    Map<String, String> capitals = new LinkedHashMap<>();
    partner
        .headers(body)
        .forEach((name, value) -> capitals.put(name.toUpperCase(java.util.Locale.ROOT), value));
    assertEquals(400, send(capitals, body).statusCode());
  }

  @Test
  void header_givenTwice_countsIfBothSayTheSame() {
    byte[] body = "{}".getBytes(UTF_8);
    Map<String, String> same = partner.headers(body);
    same.put("app-id", "8000418003");
    assertEquals(400, send(same, body).statusCode());
    Map<String, String> other = partner.headers(body);
    other.put("app-id", "open");
    assertText(401, "鉴权失败：APP_ID 为空或不正确", send(other, body));
    Map<String, String> twice = partner.headers(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/" + CHECK));
    twice.forEach(request::header);
    request.header("sign", "0".repeat(32));
    assertText(401, "鉴权失败：签名失败", partner.send(request.POST(BodyPublishers.ofByteArray(body))));
  }

  @Test
  void apps_mayDoWhatTheyWereGiven() {
    try (SignedClient checker = client("checker", "c");
        SignedClient elsewhere = client("elsewhere", "c");
        SignedClient denied = client("denied", "c");
        SignedClient open = client("open", "")) {
      assertText(401, "鉴权失败：AppId 没有权限访问 serviceCode = " + LOGOUT, checker.post(LOGOUT, "{}"));
      assertText(400, "业务处理异常：未包含token节点，请检查", checker.post(CHECK, "{}"));
      assertText(401, "鉴权失败：当前IP被限制不能访问服务", elsewhere.post(CHECK, "{}"));
      assertText(401, "鉴权失败：当前IP被限制不能访问服务", denied.post(CHECK, "{}"));
      byte[] body = "{}".getBytes(UTF_8);
      Map<String, String> unsigned = without(open.headers(body), "sign");
      assertText(400, "业务处理异常：未包含token节点，请检查", send(unsigned, body));
      assertText(401, "鉴权失败：TRANSACTION_ID 重复", send(unsigned, body));
    }
  }

  @Test
  void unknownServices_andOtherMethods() {
    assertText(
        404, "没有该服务 serviceCode = user.service.delete", partner.post("user.service.delete", "{}"));
    assertText(404, "没有该服务 serviceCode = ", partner.post("", "{}"));
    assertText(404, "没有该服务 serviceCode = " + "x".repeat(64), partner.post("x".repeat(200), "{}"));
    byte[] none = new byte[0];
    String onlyPost = "业务处理异常：服务" + CHECK + "只支持POST请求";
    Map<String, String> get = partner.headers(none);
    HttpResponse<String> answer = partner.send("GET", CHECK, get, none);
    assertText(405, onlyPost, answer);
    assertEquals("POST", answer.headers().firstValue("allow").orElse(""));
    String query = "?token=a%20b&name=%E5%BC%A0";
    assertText(
        405,
        onlyPost,
        partner.send("GET", CHECK + query, partner.headers(query.getBytes(UTF_8)), none));
    assertText(401, "鉴权失败：签名失败", partner.send("GET", CHECK + query, partner.headers(none), none));
    byte[] body = "{}".getBytes(UTF_8);
    assertText(405, onlyPost, partner.send("PUT", CHECK, partner.headers(body), body));
    assertText(405, onlyPost, partner.send("DELETE", CHECK, partner.headers(none), none));
  }

  private static void app(String... args) {
    List<String> line = new ArrayList<>(List.of("app", "add", "--data", dir.toString()));
    line.addAll(List.of(args));
    assertEquals(0, Cli.run(line.toArray(String[]::new)));
  }

  private static SignedClient client(String app, String code) {
    return new SignedClient(server.url(), app, code);
  }

  private static HttpResponse<String> send(Map<String, String> headers, byte[] body) {
    return partner.send("POST", CHECK, headers, body);
  }

  private static HttpResponse<String> token(String service, String token) {
    return partner.post(service, "{\"token\":\"" + token + "\"}");
  }

  private static HttpResponse<String> login(SignedClient client, String name, String password) {
    return client.post(LOGIN, "{\"username\":\"" + name + "\",\"passwd\":\"" + password + "\"}");
  }

  private static String loggedIn(String name) {
    return match(".*\"token\":\"([^\"]+)\"}", login(partner, name, ADMIN));
  }

  private static void register(String name, String email, String tel) {
    assertEquals(200, post(REGISTER, fields(name, email, tel)).statusCode());
  }

  /// A good body, field → JSON, with the password `admin`.
  private static Map<String, String> fields(String name, String email, String tel) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", quoted(name));
    fields.put("email", quoted(email));
    fields.put("password", quoted(ADMIN));
    fields.put("tel", quoted(tel));
    fields.put("sex", quoted("1"));
    return fields;
  }

  private static HttpResponse<String> post(String service, Map<String, String> fields) {
    List<String> parts = new ArrayList<>();
    fields.forEach((name, value) -> parts.add(quoted(name) + ":" + value));
    return partner.post(service, "{" + String.join(",", parts) + "}");
  }

  /// `value`: JSON, or null to leave the field out.
  private static void assertRefusedWith(
      Map<String, String> good,
      String field,
      @org.jspecify.annotations.Nullable String value,
      String why) {
    Map<String, String> bad = value == null ? without(good, field) : with(good, field, value);
    assertText(400, "业务处理异常：" + why, post(REGISTER, bad));
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  private static Map<String, String> without(Map<String, String> map, String key) {
    Map<String, String> changed = new LinkedHashMap<>(map);
    changed.remove(key);
    return changed;
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private static void assertText(int status, String text, HttpResponse<String> answer) {
    assertAnswer(status, text, answer);
    assertEquals("text/plain; charset=utf-8", type(answer));
  }

  private static void assertAnswer(int status, String body, HttpResponse<String> answer) {
    assertEquals(body, answer.body());
    assertEquals(status, answer.statusCode(), body);
  }

  private static String match(String pattern, HttpResponse<String> answer) {
    Matcher matcher = Pattern.compile(pattern).matcher(answer.body());
    assertTrue(matcher.matches(), answer.body());
    assertEquals(200, answer.statusCode());
    return matcher.group(1);
  }

  private static String type(HttpResponse<String> answer) {
    return answer.headers().firstValue("content-type").orElse("");
  }
}
