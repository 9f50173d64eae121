package io.parley.face.socket;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.netty.buffer.ByteBuf;
import io.parley.face.edge.StrictJson;
import io.parley.face.rpc.RpcFault;
import io.parley.face.rpc.RpcJson;
import io.parley.face.rpc.Utf8Sink;

/// Frames as JSON in text WebSocket messages: `{"cmd":…,"request_id":…,"data":{…}}` or
/// `…"error":{…}}`.
final class TextWire implements Wire {
  static final TextWire INSTANCE = new TextWire();

  private static final io.parley.api.conversation.Message MESSAGE =
      io.parley.api.conversation.Message.getDefaultInstance();

  /// Bytes of a frame besides what is twice its data in protobuf.
  private static final int EXPECTED = 384;

  private TextWire() {}

  @Override
  public ByteBuf data(String cmd, int requestId, Message data) {
    return write(cmd, requestId, "data", data);
  }

  @Override
  public ByteBuf error(String cmd, int requestId, RpcFault fault) {
    return write(cmd, requestId, "error", BinaryWire.error(fault));
  }

  /// The frame of a `push.message` around a message that is already serialized.
  static ByteBuf messagePush(String cmd, byte[] message) {
    Utf8Sink json = begin(cmd, 0, "data", message.length).ascii("{\"message\":");
    RpcJson.write(message, MESSAGE, json);
    return end(json.ascii("}"));
  }

  private static ByteBuf write(String cmd, int requestId, String field, Message message) {
    byte[] bytes = message.toByteArray();
    Utf8Sink json = begin(cmd, requestId, field, bytes.length);
    RpcJson.write(bytes, message, json);
    return end(json);
  }

  private static Utf8Sink begin(String cmd, int requestId, String field, int serialized) {
    return new Utf8Sink(EXPECTED + 2 * serialized)
        .ascii("{\"cmd\":")
        .string(cmd)
        .ascii(",\"request_id\":")
        .ascii(Integer.toUnsignedString(requestId))
        .ascii(",\"")
        .ascii(field)
        .ascii("\":");
  }

  private static ByteBuf end(Utf8Sink json) {
    json.ascii("}");
    return FrameBytes.begin(FrameBytes.TEXT, json.size()).writeBytes(json.array(), 0, json.size());
  }

  /// `prototype` filled from proto3 JSON; names in either case, unknown ones refused.
  static <Q extends Message> Q read(String json, Q prototype) {
    Message.Builder builder = prototype.newBuilderForType();
    StrictJson.require(json);
    try {
      RpcJson.parse(json, builder);
    } catch (InvalidProtocolBufferException e) {
      throw Request.malformed(e);
    }
    @SuppressWarnings("unchecked") // a message's builder makes messages of its own type
    Q message = (Q) builder.build();
    return message;
  }
}
