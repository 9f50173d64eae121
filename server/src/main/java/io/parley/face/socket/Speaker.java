package io.parley.face.socket;

import com.google.protobuf.Message;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.rpc.RpcFault;
import io.parley.realtime.SocketLine;
import io.parley.realtime.WireForm;
import org.jspecify.annotations.Nullable;

/// Answers on one socket, in the form in which it was first spoken to. On the socket's lane;
/// nothing is written to a socket that is closing.
final class Speaker {
  private static final int CMD_ECHO_CHARS_MAX = 128;

  private final SocketLine line;
  private final int frameBytesMax;
  private @Nullable Wire wire;

  Speaker(SocketLine line, int frameBytesMax) {
    this.line = line;
    this.frameBytesMax = frameBytesMax;
  }

  /// The client has spoken in `form`; only the first time counts. True if it did.
  boolean hears(Wire form) {
    boolean first = wire == null;
    if (first) {
      wire = form;
    }
    return first;
  }

  /// The form of pushes: binary until the client has spoken.
  WireForm form() {
    return wire instanceof TextWire ? WireForm.TEXT : WireForm.BINARY;
  }

  /// An answer; one over `frame_bytes_max` becomes an error that says so.
  void answer(String cmd, int requestId, Message data) {
    int bytes = data.getSerializedSize();
    if (bytes > frameBytesMax) {
      fail(
          cmd,
          requestId,
          Fault.of(
              FaultCode.TOO_LARGE,
              "limits.frame_bytes_max: the answer has " + bytes + ", ask for less"));
    } else if (line.isOpen()) {
      line.write(wire().data(cmd, requestId, data));
    }
  }

  void fail(String cmd, int requestId, Fault fault) {
    if (line.isOpen()) {
      String echo = cmd.length() <= CMD_ECHO_CHARS_MAX ? cmd : cmd.substring(0, CMD_ECHO_CHARS_MAX);
      line.write(wire().error(echo, requestId, RpcFault.of(fault)));
    }
  }

  private Wire wire() {
    return wire == null ? BinaryWire.INSTANCE : wire;
  }
}
