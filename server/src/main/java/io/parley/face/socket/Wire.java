package io.parley.face.socket;

import com.google.protobuf.Message;
import io.netty.buffer.ByteBuf;
import io.parley.face.rpc.RpcFault;

/// One of the two forms in which frames of the native protocol are written. Everything made here is
/// a complete WebSocket frame.
sealed interface Wire permits BinaryWire, TextWire {
  /// `request_id` 0 makes it a push.
  ByteBuf data(String cmd, int requestId, Message data);

  ByteBuf error(String cmd, int requestId, RpcFault fault);
}
