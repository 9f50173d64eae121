package io.parley.bench.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.parley.api.realtime.Frame;
import java.nio.charset.StandardCharsets;

/// In which of its two forms a socket speaks the native protocol.
public enum Form {
  BINARY(WebSocketHeader.BINARY) {
    @Override
    public byte[] frame(String cmd, int id, Message request) {
      return Frame.newBuilder()
          .setCmd(cmd)
          .setRequestId(id)
          .setData(request.toByteString())
          .build()
          .toByteArray();
    }

    @Override
    public byte[] serialized(byte[] data, Message prototype) {
      return data;
    }
  },

  JSON(WebSocketHeader.TEXT) {
    @Override
    public byte[] frame(String cmd, int id, Message request) {
      return text(cmd, String.valueOf(id), json(request));
    }

    @Override
    public byte[] serialized(byte[] data, Message prototype) {
      Message.Builder message = prototype.newBuilderForType();
      try {
        JsonFormat.parser()
            .ignoringUnknownFields()
            .merge(new String(data, StandardCharsets.UTF_8), message);
      } catch (InvalidProtocolBufferException e) {
        throw new MalformedFrame(String.valueOf(e.getMessage()));
      }
      return message.build().toByteArray();
    }
  };

  private final int opcode;

  Form(int opcode) {
    this.opcode = opcode;
  }

  /// Of its WebSocket messages.
  public int opcode() {
    return opcode;
  }

  /// The frame of a request.
  public abstract byte[] frame(String cmd, int id, Message request);

  /// The protobuf of the data or error of a frame in this form.
  public abstract byte[] serialized(byte[] data, Message prototype);

  static byte[] text(String cmd, String id, String data) {
    return ("{\"cmd\":\"" + cmd + "\",\"request_id\":" + id + ",\"data\":" + data + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /// As clients write it: names of the proto, nothing that is not set.
  static String json(Message message) {
    try {
      return JsonFormat.printer()
          .preservingProtoFieldNames()
          .omittingInsignificantWhitespace()
          .print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
