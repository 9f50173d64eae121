package io.parley.face.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import io.parley.harness.TextSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The existing phone app: its classes, a mapper that fails on anything that they have no place
/// for, its way with cookies and times. Every answer of every path and every packet goes through.
@Timeout(120)
class PhoneAppTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final JsonMapper APP = app();
  private static final Set<String> WORDS = Set.of("", "ok", "start", "restart");

  // --- the app's classes

  record Answer<T>(
      int status, T result, String message, Date date, @JsonProperty("Date") String day) {}

  record AccountInfo(User user, String account, boolean isBind) {}

  record User(
      String id,
      String username,
      String phone,
      String avatar,
      String desc,
      int sex,
      String alias,
      int friends,
      boolean isFriend,
      @Nullable Date modifyAt) {}

  record Group(
      String id,
      String name,
      String introduction,
      String avatar,
      String ownerId,
      int members,
      boolean isMember) {}

  record Stored(String path) {}

  record Packet<T>(int status, String pushId, T message) {}

  record Refused(int status, String pushId, List<Message<JsonNode>> message, String reason) {}

  record Message<T>(
      String chatId, String fromId, String toId, String type, T info, String createTime) {}

  record Info(String category, String content) {}

  private static final TypeReference<Answer<AccountInfo>> ACCOUNT = new TypeReference<>() {};
  private static final TypeReference<Answer<User>> USER = new TypeReference<>() {};
  private static final TypeReference<Answer<List<User>>> USERS = new TypeReference<>() {};
  private static final TypeReference<Answer<List<Group>>> GROUPS = new TypeReference<>() {};
  private static final TypeReference<Answer<Stored>> STORED = new TypeReference<>() {};
  private static final TypeReference<Answer<String>> TEXT = new TypeReference<>() {};
  private static final TypeReference<Packet<List<Message<List<Info>>>>> LISTS =
      new TypeReference<>() {};
  private static final TypeReference<Packet<List<Message<Info>>>> OBJECTS =
      new TypeReference<>() {};
  private static final TypeReference<Packet<String>> WORD = new TypeReference<>() {};

  private static JsonMapper app() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    for (CoercionInputShape shape :
        new CoercionInputShape[] {
          CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
      builder.withCoercionConfig(
          LogicalType.Textual, config -> config.setCoercion(shape, CoercionAction.Fail));
    }
    return builder.addModule(new SimpleModule().addDeserializer(Date.class, new Times())).build();
  }

  /// Throws on an empty text, as on any that is no such time.
  private static final class Times extends StdDeserializer<Date> {
    private static final long serialVersionUID = 1;

    Times() {
      super(Date.class);
    }

    @Override
    public Date deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String text = parser.getValueAsString();
      try {
        return new SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).parse(text);
      } catch (ParseException e) {
        throw JsonMappingException.from(parser, "no time: " + text, e);
      }
    }
  }

  // --- its way with cookies

  private String sessionId = "";

  private void keepCookie(HttpResponse<String> answer) {
    answer
        .headers()
        .firstValue("set-cookie")
        .ifPresent(
            header -> {
              String[] pair = header.split(";")[0].split("=");
              assertEquals("sessionid", pair[0]);
              sessionId = pair[1]; // Throws where nothing is behind the sign.
            });
  }

  // --- the tests

  @RegisterExtension private final TestWorld world = new TestWorld();
  private TestServer server = world.server();

  private void restart(Map<String, String> keys) {
    server = world.restart(keys);
  }

  @Test
  void mapper_failsOnWhatTheAppFailsOn() {
    String user =
        """
        {"id":"1","username":"","phone":"","avatar":"","desc":"","sex":0,"alias":"","friends":0,
         "isFriend":false,"modifyAt":%s}\
        """;
    String answer = "{\"status\":1,\"result\":%s,\"message\":\"ok\",\"date\":%s,\"Date\":\"\"}";
    String date = "\"2018-11-14T21:40:56\"";
    for (String wrong :
        List.of(
            answer.formatted("[" + user.formatted("null") + "]", date),
            answer.formatted(user.formatted("\"\""), date),
            answer.formatted(user.formatted("\"2018/12/15\""), date),
            answer.formatted(user.formatted("null").replace("\"sex\":0", "\"sex\":\"0\""), date),
            answer.formatted(user.formatted("null").replace("\"id\":\"1\"", "\"id\":1"), date),
            answer.formatted(user.formatted("null").replace("\"sex\":0,", ""), date),
            answer.formatted("{\"user\":" + user.formatted("null") + "}", date),
            answer.formatted(user.formatted("null"), "\"2018/11/14\""))) {
      assertThrows(JsonMappingException.class, () -> APP.readValue(wrong, USER), wrong);
    }
  }

  @Test
  void login_andRegister_mapWhateverTheyAnswer() throws Exception {
    restart(Map.of("phone.single_login", "true"));
    for (String path : List.of("register", "login")) {
      assertEmpty(0, post(path, "not json", ACCOUNT));
      assertEmpty(0, post(path, "{\"phone\":{},\"password\":\"x\"}", ACCOUNT));
      assertEmpty(0, post(path, " ".repeat(1_048_577), ACCOUNT));
      assertEmpty(6000, post(path, credentials("13800000001", ""), ACCOUNT));
      assertEmpty(6003, post(path, credentials("", "secret1"), ACCOUNT));
      assertEmpty(0, get(path, ACCOUNT));
    }
    assertEmpty(8003, post("register", credentials("13800000001", "short"), ACCOUNT));
    assertEmpty(8003, post("register", credentials("13800000001", "x".repeat(500)), ACCOUNT));
    assertEmpty(8002, post("register", credentials("13800000001", "密码密码密码"), ACCOUNT));
    assertEmpty(8001, post("register", credentials("138", "secret1"), ACCOUNT));
    assertEmpty(8001, post("register", credentials("1".repeat(500), "secret1"), ACCOUNT));
    assertEmpty(8000, post("register", credentials("12800000001", "secret1"), ACCOUNT));
    assertEmpty(6004, post("login", credentials("13800000001", "secret1"), ACCOUNT));
    AccountInfo fresh =
        assertDone(post("register", credentials("13800000001", "secret1"), ACCOUNT));
    assertEquals("13800000001", fresh.user().phone());
    assertNotNull(fresh.user().modifyAt());
    assertEmpty(7001, post("register", credentials("13800000001", "secret1"), ACCOUNT));
    assertEmpty(10000, post("login", credentials("13800000001", "secret2"), ACCOUNT));
    assertEmpty(11000, post("login", credentials("13800000001", "secret1"), ACCOUNT));
    assertEquals("ok", assertDone(get("out", TEXT)));
    assertEquals(
        fresh.user().id(),
        assertDone(post("login", "{\"phone\":13800000001,\"password\":\"secret1\"}", ACCOUNT))
            .user()
            .id());
  }

  @Test
  void out_mapsAndLeavesACookieThatCanBeTakenApart() throws Exception {
    register("13800000001");
    assertEquals("ok", assertDone(get("out", TEXT)));
    assertEquals("\"\"", sessionId);
    // What the app then sends along is no session.
    Answer<String> again = get("out", TEXT);
    assertEquals(11001, again.status());
    assertEquals("", again.result());
    assertEquals(0, post("out", "", TEXT).status());
  }

  @Test
  void completeAccount_mapsWhateverItAnswers() throws Exception {
    assertEmpty(11001, post("complete_account", completion("wu", "a"), ACCOUNT));
    String first = register("13800000001").user().id();
    String avatar = "https://example.com/a.jpg";
    assertEmpty(0, post("complete_account", "[]", ACCOUNT));
    assertEmpty(0, post("complete_account", " ".repeat(1_048_577), ACCOUNT));
    assertEmpty(6001, post("complete_account", completion("", avatar), ACCOUNT));
    assertEmpty(8004, post("complete_account", completion("1234567890123456", avatar), ACCOUNT));
    assertEmpty(8004, post("complete_account", completion("x".repeat(100_000), avatar), ACCOUNT));
    assertEmpty(9000, post("complete_account", completion("admin", avatar), ACCOUNT));
    assertEmpty(6002, post("complete_account", completion("wu", ""), ACCOUNT));
    assertEmpty(0, post("complete_account", completion("wu", "javascript:x"), ACCOUNT));
    assertEmpty(
        0,
        post(
            "complete_account",
            "{\"userId\":\"77\",\"username\":\"wu\",\"avatar\":\"" + avatar + "\"}",
            ACCOUNT));
    AccountInfo done = assertDone(post("complete_account", completion("小吴", avatar), ACCOUNT));
    assertEquals(
        new User(first, "小吴", "13800000001", avatar, "d", 1, "", 0, false, done.user().modifyAt()),
        done.user());
    assertNotNull(done.user().modifyAt());
    register("13800000002");
    assertEmpty(7000, post("complete_account", completion("小吴", avatar), ACCOUNT));
  }

  @Test
  void saveFile_mapsWhateverItAnswers() throws Exception {
    restart(Map.of("limits.file_bytes_max", "1000"));
    assertEquals(new Stored(""), refused(11001, post("save_file", file("aGVsbG8="), STORED)));
    register("13800000001");
    Stored stored = assertDone(post("save_file", file("aGVs\\nbG8="), STORED));
    assertTrue(stored.path().matches("media/[0-9a-f]{64}\\.txt"), stored.path());
    for (String wrong : List.of("", "@@", "TVoAAQ==", "A".repeat(2000))) {
      assertEquals(new Stored(""), refused(8005, post("save_file", file(wrong), STORED)));
    }
    assertEquals(new Stored(""), refused(0, post("save_file", "{", STORED)));
    assertEquals(new Stored(""), refused(0, post("save_file", " ".repeat(100_000), STORED)));
    assertEquals(new Stored(""), refused(0, get("save_file", STORED)));
  }

  @Test
  void searches_friendsAndContacts_mapFlat() throws Exception {
    List<String> lists = List.of("user_search/ann/0", "friends/all/0", "user_contacts");
    for (String list : lists) {
      assertEquals(List.of(), refused(11001, get(list, USERS)));
      assertEquals(List.of(), refused(0, post(list, "", USERS)));
    }
    assertEquals(List.of(), refused(11001, get("group_search/row/1", GROUPS)));
    assertEquals(
        new User("", "", "", "", "", 0, "", 0, false, null),
        refused(11001, get("add_friend/1", USER)));

    String ann = register("13800000001").user().id();
    complete("ann");
    String group = createGroup("rowing");
    register("13800000002");
    for (String list : lists) {
      Answer<List<User>> none = get(list.replace("ann", "nobody"), USERS);
      assertEquals(List.of(), refused(0, none));
      assertEquals("ok", none.message());
    }
    assertEquals(List.of(), refused(0, get("user_search/ann/-1", USERS)));
    User found = assertDone(get("user_search/13800000001/0", USERS)).getFirst();
    assertEquals(
        new User(
            ann,
            "ann",
            "13800000001",
            "https://example.com/a.jpg",
            "d",
            1,
            "",
            0,
            false,
            found.modifyAt()),
        found);
    assertNotNull(found.modifyAt());
    assertEquals("ann", assertDone(get("user_search/an/0", USERS)).getFirst().username());

    User friend = assertDone(get("add_friend/" + ann, USER));
    assertTrue(friend.isFriend());
    assertEquals(ann, assertDone(post("add_friend/" + ann, "", USER)).id());
    assertEquals(ann, assertDone(get("friends/all/0", USERS)).getFirst().id());
    assertEquals(ann, assertDone(get("user_contacts", USERS)).getFirst().id());
    for (String wrong : List.of("12345", "abc", "0")) {
      Answer<User> refused = get("add_friend/" + wrong, USER);
      assertTrue(refused.status() == 0 || refused.status() == 6004, "" + refused);
      assertEquals("", refused.result().id());
      assertNull(refused.result().modifyAt());
    }
    assertEquals(
        new Group(group, "rowing", "", "", ann, 1, false),
        assertDone(get("group_search/row/1", GROUPS)).getFirst());
    assertEquals(List.of(), refused(0, get("group_search/nothing/1", GROUPS)));
    assertEquals(List.of(), refused(0, get("group_search/row/0", GROUPS)));
    // The caller among those found is as flat as others.
    assertEquals(1, assertDone(get("user_search/13800000002/0", USERS)).size());
  }

  @Test
  void modifyAt_withSlashes_whereTheOperatorSaysSo() throws Exception {
    restart(Map.of("phone.modify_at", "slash"));
    HttpResponse<String> answer = send("register", credentials("13800000001", "secret1"));
    String day = APP.readTree(answer.body()).at("/result/user/modifyAt").asText();
    assertTrue(day.matches("\\d{4}/\\d\\d/\\d\\d"), day);
  }

  @Test
  void socket_packetsMapToAWordOrAList() throws Exception {
    String ann = register("13800000001").user().id();
    String annSession = sessionId;
    String bob = register("13800000002").user().id();
    try (Phone phone = new Phone(annSession);
        Phone other = new Phone(sessionId)) {
      String refusedBefore = phone.say("{\"status\":1,\"pushId\":\"\",\"message\":\"\"}").next();
      assertReason("bind first", refusedBefore);
      String device = phone.bind();
      String device2 = other.bind();
      assertReason("not valid JSON", phone.say("not json").next());
      for (String wrong :
          List.of(
              "7",
              "\"hello\"",
              "[7]",
              "[" + message(bob, ann, "1", "[]") + "]",
              "[" + message(ann, bob, "1", "[]") + "]",
              "[" + message(ann, "77", "1", "[" + info("x") + "]") + "]",
              "[" + message(ann, bob, "9", "[" + info("x") + "]") + "]",
              "[" + message(ann, bob, "7", "[" + info("x") + "]") + "]",
              "{\"fromId\":\"x\",\"toId\":\"\",\"chatId\":\"\",\"content\":\"ok\"}")) {
        assertReason("", phone.send(device, wrong).next());
      }
      assertEquals("ok", word(phone.send(device, "\"\"").next()));

      String sent = "[" + message(bob, ann, "1", "[" + info("hi") + "," + info("2") + "]") + "]";
      assertEquals("ok", word(other.send(device2, sent).next()));
      Message<List<Info>> pushed = APP.readValue(phone.next(), LISTS).message().getFirst();
      assertEquals(
          new Message<>(
              "c1",
              bob,
              ann,
              "1",
              List.of(new Info("0", "hi"), new Info("0", "2")),
              "2018-11-14T21:40:56"),
          pushed);
      // The app clears its unread count on this; again, and of a chat of which nothing came, too.
      String ack = "{\"fromId\":\"%s\",\"toId\":\"%s\",\"chatId\":\"c1\",\"%s\":\"ok\"}";
      assertEquals("ok", word(phone.send(device, ack.formatted(ann, bob, "content")).next()));
      assertEquals("ok", word(phone.send(device, ack.formatted(bob, ann, "info")).next()));
      assertEquals("ok", word(phone.send(device, ack.formatted(ann, "77", "content")).next()));
    }
  }

  @Test
  void socket_infoHasTheFormThatTheDeviceLastSent() throws Exception {
    infoFollows(false);
  }

  @Test
  void socket_infoOfADeviceThatSentNone_isWhatTheOperatorSays() throws Exception {
    restart(Map.of("phone.info_object", "true"));
    infoFollows(true);
  }

  private void infoFollows(boolean objectAtFirst) throws Exception {
    String ann = register("13800000001").user().id();
    String annSession = sessionId;
    String bob = register("13800000002").user().id();
    try (Phone other = new Phone(sessionId)) {
      String device2 = other.bind();
      String device;
      try (Phone phone = new Phone(annSession)) {
        device = phone.bind();
        assertEquals("ok", word(other.send(device2, both(bob, ann)).next()));
        takeBoth(phone, device, objectAtFirst);
        boolean turned = !objectAtFirst;
        String one = turned ? info("x") : "[" + info("x") + "]";
        String sent = "[" + message(ann, bob, "1", one) + "]";
        assertEquals("ok", word(phone.send(device, sent).next()));
        assertEquals("ok", word(other.send(device2, both(bob, ann)).until()));
        takeBoth(phone, device, turned);
      }
      // Another device of the account has said nothing yet.
      try (Phone second = new Phone(annSession)) {
        String secondDevice = second.bind();
        assertEquals("ok", word(other.send(device2, both(bob, ann)).until()));
        takeBoth(second, secondDevice, objectAtFirst);
      }
      // The first one comes back, gets what it missed, and is remembered.
      try (Phone phone = new Phone(annSession)) {
        phone.say("{\"status\":0,\"pushId\":\"%s\",\"message\":\"restart\"}".formatted(device));
        assertEquals("ok", word(phone.next()));
        takeBoth(phone, device, !objectAtFirst);
      }
    }
  }

  private static String both(String from, String to) {
    return "[" + message(from, to, "1", "[" + info("one") + "," + info("two") + "]") + "]";
  }

  private static void takeBoth(Phone phone, String device, boolean object) throws Exception {
    String packet = phone.next();
    if (object) {
      List<Message<Info>> messages = APP.readValue(packet, OBJECTS).message();
      assertEquals(List.of("one", "two"), messages.stream().map(m -> m.info().content()).toList());
    } else {
      List<Message<List<Info>>> messages = APP.readValue(packet, LISTS).message();
      assertEquals(
          List.of("one", "two"), messages.getFirst().info().stream().map(Info::content).toList());
    }
    phone.send(device, "\"ok\"");
    assertEquals("ok", word(phone.send(device, "\"\"").next()));
  }

  // --- packets

  private static String message(String from, String to, String type, String info) {
    return """
    {"chatId":"c1","fromId":"%s","toId":"%s","type":"%s","info":%s,"createTime":"2018-11-14T21:40:56"}\
    """
        .formatted(from, to, type, info);
  }

  private static String info(String text) {
    return "{\"category\":\"0\",\"content\":\"" + text + "\"}";
  }

  private static String word(String packet) throws IOException {
    Packet<String> mapped = APP.readValue(packet, WORD);
    assertEquals(1, mapped.status(), packet);
    assertTrue(WORDS.contains(mapped.message()), packet);
    return mapped.message();
  }

  private static void assertReason(String part, String packet) throws IOException {
    Refused refused = APP.readValue(packet, Refused.class);
    assertEquals(0, refused.status(), packet);
    assertEquals(List.of(), refused.message(), packet);
    assertTrue(!refused.reason().isEmpty() && refused.reason().contains(part), packet);
  }

  private final class Phone implements AutoCloseable {
    private final TextSocket socket;

    Phone(String session) {
      socket =
          new TextSocket(
              server, "/android/websocket/", TextSocket.ALL, "cookie", "sessionid=" + session);
    }

    Phone say(String text) {
      socket.say(text);
      return this;
    }

    Phone send(String device, String message) {
      return say("{\"status\":1,\"pushId\":\"" + device + "\",\"message\":" + message + "}");
    }

    String bind() throws Exception {
      say("{\"status\":0,\"pushId\":\"\",\"message\":\"start\"}");
      return APP.readValue(next(), WORD).pushId();
    }

    String next() throws Exception {
      return socket.next();
    }

    /// The next word; messages before it are left out.
    String until() throws Exception {
      String frame = next();
      while (APP.readTree(frame).path("message").isArray()) {
        frame = next();
      }
      return frame;
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  // --- calls

  private static String credentials(String phone, String password) {
    return "{\"phone\":\"" + phone + "\",\"password\":\"" + password + "\"}";
  }

  private static String completion(String username, String avatar) {
    return "{\"userId\":\"\",\"avatar\":\"%s\",\"username\":\"%s\",\"desc\":\"d\",\"sex\":1}"
        .formatted(avatar, username);
  }

  private static String file(String content) {
    return "{\"name\":\"x\",\"content\":\"" + content + "\"}";
  }

  private AccountInfo register(String phone) throws Exception {
    return assertDone(post("register", credentials(phone, "secret1"), ACCOUNT));
  }

  private void complete(String username) throws Exception {
    assertDone(
        post("complete_account", completion(username, "https://example.com/a.jpg"), ACCOUNT));
  }

  private String createGroup(String name) {
    try (GrpcPerson caller = GrpcPerson.withToken(server, sessionId, 0)) {
      return Long.toString(caller.createGroup(name));
    }
  }

  private <T> Answer<T> post(String path, String body, TypeReference<Answer<T>> type)
      throws Exception {
    return mapped(send(path, body), type);
  }

  private <T> Answer<T> get(String path, TypeReference<Answer<T>> type) throws Exception {
    return mapped(send(path, null), type);
  }

  private static <T> Answer<T> mapped(HttpResponse<String> answer, TypeReference<Answer<T>> type)
      throws Exception {
    Answer<T> mapped = APP.readValue(answer.body(), type);
    assertTrue(mapped.day().matches("\\d{4}/\\d\\d/\\d\\d"), mapped.day());
    return mapped;
  }

  private HttpResponse<String> send(String path, @Nullable String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/android/" + path + "/"));
    if (!sessionId.isEmpty()) {
      request.header("Cookie", "sessionid=" + sessionId);
    }
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    keepCookie(answer);
    return answer;
  }

  private static <T> T assertDone(Answer<T> answer) {
    assertEquals(1, answer.status(), "" + answer);
    return answer.result();
  }

  private static <T> T refused(int status, Answer<T> answer) {
    assertEquals(status, answer.status(), "" + answer);
    return answer.result();
  }

  private static void assertEmpty(int status, Answer<AccountInfo> answer) {
    User nobody = new User("", "", "", "", "", 0, "", 0, false, null);
    assertEquals(new AccountInfo(nobody, "", false), refused(status, answer));
  }
}
