package io.parley.face.socket;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.parley.face.edge.StrictJson;
import io.parley.face.rpc.RpcFault;
import io.parley.face.rpc.RpcJson;

/// Frames as JSON in text WebSocket messages: `{"cmd":…,"request_id":…,"data":{…}}` or
/// `…"error":{…}}`.
final class TextWire implements Wire {
  static final TextWire INSTANCE = new TextWire();

  private TextWire() {}

  @Override
  public ByteBuf data(String cmd, int requestId, Message data) {
    return write(cmd, requestId, "data", data);
  }

  @Override
  public ByteBuf error(String cmd, int requestId, RpcFault fault) {
    return write(cmd, requestId, "error", BinaryWire.error(fault));
  }

  private static ByteBuf write(String cmd, int requestId, String field, Message message) {
    StringBuilder json = new StringBuilder(256).append("{\"cmd\":\"");
    JsonStringEncoder.getInstance().quoteAsString(cmd, json);
    json.append("\",\"request_id\":")
        .append(Integer.toUnsignedString(requestId))
        .append(",\"")
        .append(field)
        .append("\":");
    try {
      RpcJson.PRINTER.appendTo(message, json);
    } catch (java.io.IOException e) {
      throw new IllegalStateException("not printable as JSON: " + cmd, e);
    }
    json.append('}');
    ByteBuf frame = FrameBytes.begin(FrameBytes.TEXT, ByteBufUtil.utf8Bytes(json));
    ByteBufUtil.writeUtf8(frame, json);
    return frame;
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
