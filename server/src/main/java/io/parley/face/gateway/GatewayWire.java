package io.parley.face.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.parley.api.conversation.Message;
import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.edge.StrictJson;
import io.parley.face.rpc.RpcJson;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The commands of the gateway contract and the JSON in their data.
final class GatewayWire {

  static final ByteString AUTH_SUCCESS = ByteString.copyFromUtf8("auth success");

  /// The type of a receipt, which is no message.
  static final String ACK = "ack";

  private static final String IMAGE = "image";

  private static final Map<String, String> KINDS =
      Map.of(
          "text", "Text",
          "location", "Location",
          "face", "Face",
          "sound", "Sound",
          "image", "Image",
          "file", "File",
          "video", "Video");
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  private GatewayWire() {}

  /// `{"type":…,"data":{…}}` as a client sends it.
  record Sent(String type, ObjectNode data) {
    /// The native method that sends it.
    String method(boolean toGroup) {
      String kind = KINDS.get(type);
      if (kind == null) {
        throw Fault.invalid("type", "must be " + String.join(", ", KINDS.keySet()) + " or ack");
      }
      return "message.MessageService/Send" + (toGroup ? "Group" : "User") + kind + "Message";
    }

    /// Fills the request of [#method].
    void into(com.google.protobuf.Message.Builder request, boolean toGroup) {
      ObjectNode fields = StrictJson.MAPPER.createObjectNode();
      long receiver = accountId("receiver_id", id(data, "receiver_id")).value();
      fields.put(toGroup ? "to_group_id" : "to_user_id", receiver);
      fields.set(type, data);
      for (String more : new String[] {"at_user_id", "client_message_id", "reply_to_seq"}) {
        if (data.has(more)) {
          fields.set(more, data.get(more));
        }
      }
      try {
        PARSER.merge(fields.toString(), request);
      } catch (InvalidProtocolBufferException e) {
        throw Fault.of(FaultCode.MALFORMED, "data: " + e.getMessage());
      }
    }
  }

  static Sent sent(ByteString bytes) {
    ObjectNode object = stripped(object(bytes));
    JsonNode type = object.get("type");
    if (type == null || !type.isTextual()) {
      throw Fault.invalid("type", "missing");
    }
    if (!(object.get("data") instanceof ObjectNode data)) {
      throw Fault.invalid("data", "must be an object");
    }
    ObjectNode fields = stripped(data);
    if (type.textValue().equals(IMAGE) && id(fields, "url").isEmpty()) {
      String big = id(fields, "big_url");
      fields.put("url", big.isEmpty() ? id(fields, "icon_url") : big);
    }
    return new Sent(type.textValue(), fields);
  }

  /// The same with keys that have no blanks around them, as some clients' have.
  private static ObjectNode stripped(ObjectNode object) {
    ObjectNode clean = StrictJson.MAPPER.createObjectNode();
    object
        .properties()
        .forEach(
            field -> {
              if (clean.replace(field.getKey().strip(), field.getValue()) != null) {
                throw Fault.of(FaultCode.MALFORMED, "data: has a key twice but for blanks");
              }
            });
    return clean;
  }

  /// @throws Fault MALFORMED; INVALID_FIELD naming the field
  static ObjectNode object(ByteString bytes) {
    try {
      return StrictJson.object(bytes.toByteArray());
    } catch (Fault e) {
      throw e.code() == FaultCode.MALFORMED
          ? Fault.of(FaultCode.MALFORMED, "data: must be a JSON object in UTF-8")
          : e;
    }
  }

  /// The id in `field`, a text or a number, as text; empty where there is none.
  static String id(ObjectNode object, String field) {
    JsonNode node = object.get(field);
    return node == null || node.isContainerNode() ? "" : node.asText();
  }

  /// An account id in decimal.
  static AccountId accountId(String field, String text) {
    try {
      if (text.matches("[1-9][0-9]{0,18}")) {
        return new AccountId(Long.parseLong(text));
      }
    } catch (NumberFormatException e) {
      // More than 63 bits: no account has it.
    }
    throw Fault.of(FaultCode.BAD_ACCOUNT_ID, field + ": must be an account id");
  }

  /// What the client `receiver` is told once its message is on disk.
  static ByteString acknowledgement(String receiver, int requestId, long messageId) {
    return bytes(
        StrictJson.MAPPER
            .createObjectNode()
            .put("receiver_id", receiver)
            .put("request_id", Integer.toUnsignedLong(requestId))
            .put("message_id", messageId));
  }

  /// A message of any contract as gateways know it.
  static ByteString message(Message message, String senderName, String senderAvatar) {
    ObjectNode data = StrictJson.MAPPER.createObjectNode();
    data.put("sender_id", Long.toString(message.getSenderId()));
    data.put("sender_name", senderName);
    data.put("sender_avatar", senderAvatar);
    data.put("receiver_id", Long.toString(receiver(message)));
    if (message.getAtUserIdCount() > 0) {
      message.getAtUserIdList().forEach(id -> data.withArray("at_user_id").add(id.toString()));
    }
    MessageOrBuilder content = content(message);
    if (content != null) {
      ObjectNode fields = object(ByteString.copyFromUtf8(RpcJson.print(content)));
      fields.remove("id");
      data.setAll(fields);
    }
    String type = message.getContentCase().name().toLowerCase(Locale.ROOT);
    ObjectNode whole = StrictJson.MAPPER.createObjectNode().put("type", type);
    whole.set("data", data);
    return bytes(whole);
  }

  /// A change that is no message: `type` and the native push's fields.
  static ByteString system(String type, com.google.protobuf.Message push) {
    ObjectNode whole = StrictJson.MAPPER.createObjectNode().put("type", type);
    whole.set("data", object(ByteString.copyFromUtf8(RpcJson.print(push))));
    return bytes(whole);
  }

  private static long receiver(Message message) {
    return message.getToGroupId() != 0 ? message.getToGroupId() : message.getToUserId();
  }

  private static @Nullable MessageOrBuilder content(Message message) {
    return switch (message.getContentCase()) {
      case TEXT -> message.getText();
      case LOCATION -> message.getLocation();
      case FACE -> message.getFace();
      case SOUND -> message.getSound();
      case IMAGE -> message.getImage();
      case FILE -> message.getFile();
      case VIDEO -> message.getVideo();
      case SYSTEM, CONTENT_NOT_SET -> null;
    };
  }

  private static ByteString bytes(ObjectNode object) {
    return ByteString.copyFromUtf8(object.toString());
  }
}
