package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.device.Notice;
import io.parley.messaging.Content;
import io.parley.messaging.Draft;
import io.parley.messaging.Message;
import io.parley.messaging.Target;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Messages between this contract and the core.
///
/// One message here has a list of infos, one in the core has one content: such a message is stored
/// as several that follow each other, and put together again for devices of this contract. What the
/// core has no place for (chatId, type, createTime) goes with them and comes back verbatim.
record PhoneMessages(Envelope dates, PhoneLines lines) {
  static final int MESSAGES_MAX = 50;

  private static final int INFOS_MAX = 20;
  private static final int CHAT_ID_MAX = 128;
  private static final int TEXT_MAX = 65_536;
  private static final String GROUP = "7";
  private static final String SYSTEM = "0";

  /// Of what only a newer version can read.
  private static final String UNKNOWN = "[暂不支持查看的消息]";

  // --- in

  /// What to store of a packet's messages.
  List<Draft> drafts(Caller caller, JsonNode messages, Repeats repeats) {
    if (messages.size() > MESSAGES_MAX) {
      throw Refusal.failure("message: more than " + MESSAGES_MAX);
    }
    List<Draft> drafts = new ArrayList<>();
    for (JsonNode each : messages) {
      if (!each.isObject()) {
        throw Refusal.malformed("message: must be a list of objects");
      }
      addDrafts(caller, each, repeats, drafts);
    }
    return drafts;
  }

  private static void addDrafts(
      Caller caller, JsonNode message, Repeats repeats, List<Draft> drafts) {
    if (!Json.text(message, "fromId", 32).equals(caller.requireAccount().toString())) {
      throw Refusal.failure("fromId: not the session's account");
    }
    String type = Json.text(message, "type", 8);
    if (!type.matches("[0-7]")) {
      throw Refusal.failure("type: must be 0 to 7");
    }
    long to = PhoneWire.id("toId", Json.text(message, "toId", 32));
    Target target =
        type.equals(GROUP)
            ? new Target.Group(new ConversationId(to))
            : new Target.User(new AccountId(to));
    List<JsonNode> infos = infos(message.get("info"));
    ObjectNode origin = Json.object();
    origin.put("chatId", Json.text(message, "chatId", CHAT_ID_MAX));
    origin.put("type", type);
    origin.put("createTime", Json.text(message, "createTime", 64));
    String key = repeats.key(message);
    for (int i = 0; i < infos.size(); i++) {
      origin.put("part", i);
      origin.put("parts", infos.size());
      drafts.add(
          new Draft(
              target,
              List.of(),
              content(infos.get(i)),
              key.isEmpty() ? "" : key + '.' + HexFormat.of().toHexDigits((byte) i),
              0,
              origin.toString()));
    }
  }

  private static List<JsonNode> infos(@Nullable JsonNode info) {
    if (info != null && info.isObject()) {
      return List.of(info);
    }
    if (info == null || !info.isArray() || info.isEmpty()) {
      throw Refusal.malformed("info: must be an object or a list of them");
    }
    if (info.size() > INFOS_MAX) {
      throw Refusal.failure("info: more than " + INFOS_MAX);
    }
    List<JsonNode> infos = new ArrayList<>();
    info.forEach(infos::add);
    return infos;
  }

  private static Content content(JsonNode info) {
    if (!info.isObject()) {
      throw Refusal.malformed("info: must be an object or a list of them");
    }
    String content = Json.text(info, "content", TEXT_MAX);
    return switch (Json.text(info, "category", 8)) {
      case "0" -> new Content.Text(content);
      case "1" -> new Content.Image(0, imageFormat(content), 0, 0, 0, PhoneWire.url(content));
      case "2" -> new Content.Sound(PhoneWire.url(content), 0, 0);
      case "3" ->
          new Content.File(
              0, content.substring(content.lastIndexOf('/') + 1), PhoneWire.url(content));
      default -> throw Refusal.failure("category: must be 0 to 3");
    };
  }

  private static int imageFormat(String path) {
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "jpg", "jpeg" -> 0;
      case "gif" -> 1;
      case "png" -> 2;
      case "bmp" -> 3;
      default -> 255;
    };
  }

  /// Whether the last of these messages has its info as an object; null of no message.
  static @Nullable Boolean infoObject(JsonNode messages) {
    return messages.isEmpty() ? null : messages.get(messages.size() - 1).path("info").isObject();
  }

  // --- out

  /// One stored message, or several that were one.
  record Out(ObjectNode json, ConversationId conversation, long seq) {}

  /// What a device is pushed of these messages of one conversation, in their order.
  ///
  /// @param infoObject whether each info comes alone, as an object, instead of all of a message in
  ///     an array
  List<Out> out(List<Message> messages, boolean infoObject) {
    List<Out> out = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Message first = messages.get(i);
      JsonNode origin = origin(first);
      ArrayNode infos = Json.array();
      add(infos, first);
      long seq = first.seq();
      while (!infoObject
          && i + 1 < messages.size()
          && follows(messages.get(i), messages.get(i + 1))) {
        i++;
        add(infos, messages.get(i));
        seq = messages.get(i).seq();
      }
      if (!infos.isEmpty()) {
        JsonNode info = infoObject ? infos.get(0) : infos;
        out.add(new Out(json(first, origin, info), first.conversation(), seq));
      }
    }
    return out;
  }

  /// Whether the last of these is part of a message of which more parts follow.
  static boolean endsInside(List<Message> messages) {
    JsonNode origin = messages.isEmpty() ? Json.object() : origin(messages.getLast());
    return origin.path("part").asInt() + 1 < origin.path("parts").asInt();
  }

  private static boolean follows(Message one, Message next) {
    JsonNode first = origin(one);
    JsonNode second = origin(next);
    return one.sender().equals(next.sender())
        && second.path("part").asInt() > 0
        && second.path("part").asInt() == first.path("part").asInt() + 1;
  }

  private void add(ArrayNode infos, Message message) {
    Content content = message.content();
    if (content == null || message.kind() == Content.GroupLine.ANNOUNCED_KIND) {
      // What is announced is told as a notice, which stays until it is read.
      return;
    }
    ObjectNode info = infos.addObject();
    switch (content) {
      case Content.Text text -> info.put("category", "0").put("content", text.content());
      case Content.Face face -> info.put("category", "0").put("content", face.symbol());
      case Content.Location place -> info.put("category", "0").put("content", place(place));
      case Content.Image image ->
          info.put("category", "1").put("content", PhoneWire.path(image.url()));
      case Content.Sound sound ->
          info.put("category", "2").put("content", PhoneWire.path(sound.url()));
      case Content.File file ->
          info.put("category", "3").put("content", PhoneWire.path(file.url()));
      case Content.Video video ->
          info.put("category", "3").put("content", PhoneWire.path(video.url()));
      case Content.GroupLine line ->
          info.put("category", "0").put("content", lines.words(line, message.sender()));
      case Content.Newer newer -> info.put("category", "0").put("content", UNKNOWN);
    }
  }

  private static String place(Content.Location place) {
    String where = place.lat() + "," + place.lng();
    return place.desc().isEmpty() ? where : place.desc() + " (" + where + ')';
  }

  private ObjectNode json(Message message, JsonNode origin, JsonNode info) {
    boolean group = message.target() instanceof Target.Group;
    ObjectNode json = Json.object();
    json.put("chatId", origin.path("chatId").asText(message.conversation().toString()));
    json.put("fromId", message.sender().toString());
    json.put("toId", to(message));
    boolean line = message.content() instanceof Content.GroupLine;
    json.put("type", line ? SYSTEM : group ? GROUP : origin.path("type").asText("1"));
    json.set("info", info);
    String created = origin.path("createTime").asText("");
    json.put("createTime", created.isEmpty() ? dates.time(message.createdAt()) : created);
    return json;
  }

  private static String to(Message message) {
    return switch (message.target()) {
      case Target.User(AccountId id) -> id.toString();
      case Target.Group(ConversationId id) -> id.toString();
    };
  }

  private static JsonNode origin(Message message) {
    String origin = message.origin();
    return origin == null ? Json.object() : Json.object(origin);
  }

  /// A notice as a message of the server's own types.
  ObjectNode notice(Notice notice, AccountId to, boolean infoObject) {
    ConversationId group = notice.group();
    ObjectNode json = Json.object();
    json.put("chatId", group == null ? "" : group.toString());
    json.put("fromId", notice.from().toString());
    boolean invitation = notice.kind() == Notice.Kind.INVITATION;
    json.put("toId", group == null || invitation ? to.toString() : group.toString());
    json.put(
        "type",
        switch (notice.kind()) {
          case NEW_FRIEND, INVITATION -> "0";
          case FRIEND_REQUEST -> "2";
          case ANNOUNCEMENT -> "4";
        });
    ObjectNode info = Json.object();
    info.put("category", "0");
    info.put(
        "content",
        switch (notice.kind()) {
          case NEW_FRIEND -> "你们已经是好友";
          case INVITATION -> "邀请你加入群：" + notice.text();
          case FRIEND_REQUEST, ANNOUNCEMENT -> notice.text();
        });
    json.set("info", infoObject ? info : Json.array().add(info));
    json.put("createTime", dates.time(notice.at()));
    return json;
  }
}
