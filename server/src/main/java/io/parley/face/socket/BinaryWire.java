package io.parley.face.socket;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.api.realtime.Error;
import io.parley.api.realtime.Frame;
import io.parley.face.rpc.RpcFault;
import java.io.IOException;

/// Frames as serialized `realtime.Frame` in binary WebSocket messages, written field by field: no
/// intermediate copy.
final class BinaryWire implements Wire {
  static final BinaryWire INSTANCE = new BinaryWire();

  private BinaryWire() {}

  private record BinaryRequest(Frame frame) implements Request {
    @Override
    public String cmd() {
      return frame.getCmd();
    }

    @Override
    public int id() {
      return frame.getRequestId();
    }

    @Override
    public int dataBytes() {
      return frame.getData().size();
    }

    @Override
    @SuppressWarnings("unchecked") // a message's parser makes messages of its own type
    public <Q extends Message> Q data(Q prototype) {
      try {
        return (Q) prototype.getParserForType().parseFrom(frame.getData());
      } catch (InvalidProtocolBufferException e) {
        throw Request.malformed(e);
      }
    }
  }

  /// `bytes` becomes part of the request: not to be changed afterwards.
  static Request parse(byte[] bytes) throws BadFrame {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    in.enableAliasing(true);
    try {
      return new BinaryRequest(Frame.parseFrom(in));
    } catch (IOException e) {
      throw new BadFrame("", 0, "not a realtime.Frame");
    }
  }

  @Override
  public ByteBuf data(String cmd, int requestId, Message data) {
    int dataBytes = data.getSerializedSize();
    return write(cmd, requestId, Frame.DATA_FIELD_NUMBER, dataBytes, data);
  }

  @Override
  public ByteBuf error(String cmd, int requestId, RpcFault fault) {
    Error error = error(fault);
    return write(cmd, requestId, Frame.ERROR_FIELD_NUMBER, error.getSerializedSize(), error);
  }

  static Error error(RpcFault fault) {
    return Error.newBuilder()
        .setCode(fault.status().value())
        .setErrorCode(fault.detail().getErrorCode())
        .setBusinessCode(fault.detail().getBusinessCode())
        .setMessage(fault.detail().getMessage())
        .setRetryAfterMs(fault.retryAfterMs())
        .build();
  }

  private static ByteBuf write(String cmd, int requestId, int field, int size, Message message) {
    int payload =
        CodedOutputStream.computeStringSize(Frame.CMD_FIELD_NUMBER, cmd)
            + (requestId == 0
                ? 0
                : CodedOutputStream.computeUInt32Size(Frame.REQUEST_ID_FIELD_NUMBER, requestId))
            + CodedOutputStream.computeTagSize(field)
            + CodedOutputStream.computeUInt32SizeNoTag(size)
            + size;
    ByteBuf frame = FrameBytes.begin(FrameBytes.BINARY, payload);
    try {
      CodedOutputStream out =
          CodedOutputStream.newInstance(frame.nioBuffer(frame.writerIndex(), payload));
      out.writeString(Frame.CMD_FIELD_NUMBER, cmd);
      if (requestId != 0) {
        out.writeUInt32(Frame.REQUEST_ID_FIELD_NUMBER, requestId);
      }
      out.writeTag(field, com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(size);
      message.writeTo(out);
      out.flush();
      return frame.writerIndex(frame.writerIndex() + payload);
    } catch (IOException | RuntimeException e) {
      frame.release();
      throw new IllegalStateException("a frame was not of its computed size", e);
    }
  }

  /// The frame of a `push.message` around a message that is already serialized.
  static ByteBuf messagePush(String cmd, byte[] message) {
    byte[] head = messagePushHead(cmd, message.length);
    return FrameBytes.begin(FrameBytes.BINARY, head.length + message.length)
        .writeBytes(head)
        .writeBytes(message);
  }

  /// Everything of that frame's payload in front of the message. `Frame.cmd` and `PushFrame.cmd`
  /// are both field 1.
  private static byte[] messagePushHead(String cmd, int messageBytes) {
    return MessagePushBytes.head(cmd, Frame.DATA_FIELD_NUMBER, messageBytes);
  }

  /// The same as a serialized `conversation.PushFrame`, without WebSocket framing.
  static ByteBuf streamMessagePush(String cmd, byte[] message) {
    byte[] head = MessagePushBytes.head(cmd, MessagePushBytes.PUSH_FRAME_DATA, message.length);
    return Unpooled.wrappedBuffer(head, message);
  }

  /// A `conversation.PushFrame` with any push.
  static ByteBuf streamPush(String cmd, ByteString data) {
    return Unpooled.wrappedBuffer(
        io.parley.api.conversation.PushFrame.newBuilder()
            .setCmd(cmd)
            .setData(data)
            .build()
            .toByteArray());
  }
}
