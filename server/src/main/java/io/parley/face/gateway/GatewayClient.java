package io.parley.face.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.parley.api.gateway.SendMessageResponse;
import io.parley.base.Caller;
import io.parley.realtime.Connection;
import io.parley.realtime.Transport;
import io.parley.realtime.WireForm;

/// One registered client: a live connection whose wire is its gateway's newest stream. On the
/// gateway's lane.
final class GatewayClient implements Transport {
  private final Gateway gateway;
  private final Connection connection;

  /// @param caller who it is now, over a connection of its own
  GatewayClient(Gateway gateway, Caller caller) {
    this.gateway = gateway;
    connection =
        new Connection(
            caller.connection(),
            caller,
            "gateway:" + gateway.id(),
            WireForm.GATEWAY,
            gateway.lane(),
            this);
  }

  Connection connection() {
    return connection;
  }

  Caller caller() {
    return connection.caller();
  }

  /// Its name on the wire.
  String id() {
    return connection.account().toString();
  }

  /// What is not read is counted for the stream as a whole.
  @Override
  public long pendingBytes() {
    return 0;
  }

  @Override
  public void write(ByteBuf frame) {
    try {
      if (frame.readLong() != connection.id()) {
        gateway.newest().send(SendMessageResponse.parseFrom(frame.nioBuffer()).toBuilder(), id());
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a push that is no SendMessageResponse", e);
    } finally {
      frame.release();
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close(ByteBuf last) {
    gateway.forget(this);
    write(last);
  }
}
