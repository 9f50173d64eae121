package io.parley.face.socket;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.parley.api.conversation.PushFrame;
import io.parley.api.realtime.MessagePush;
import java.io.IOException;

/// The tags and lengths in front of an already serialized message, so that it is not serialized
/// again for its push.
final class MessagePushBytes {
  static final int PUSH_FRAME_DATA = PushFrame.DATA_FIELD_NUMBER;

  private static final int CMD = 1;

  private MessagePushBytes() {}

  /// `cmd` as field 1, then field `dataField` that holds a `realtime.MessagePush` of a message of
  /// `messageBytes`.
  static byte[] head(String cmd, int dataField, int messageBytes) {
    int pushTag = CodedOutputStream.computeTagSize(MessagePush.MESSAGE_FIELD_NUMBER);
    int push = pushTag + CodedOutputStream.computeUInt32SizeNoTag(messageBytes) + messageBytes;
    byte[] head =
        new byte
            [CodedOutputStream.computeStringSize(CMD, cmd)
                + CodedOutputStream.computeTagSize(dataField)
                + CodedOutputStream.computeUInt32SizeNoTag(push)
                + push
                - messageBytes];
    CodedOutputStream out = CodedOutputStream.newInstance(head);
    try {
      out.writeString(CMD, cmd);
      out.writeTag(dataField, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(push);
      out.writeTag(MessagePush.MESSAGE_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(messageBytes);
      out.checkNoSpaceLeft();
      return head;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
