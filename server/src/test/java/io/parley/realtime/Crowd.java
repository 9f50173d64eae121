package io.parley.realtime;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Entropy;
import io.parley.base.Limits;
import io.parley.base.Node;
import io.parley.base.Right;
import io.parley.base.SessionId;
import io.parley.bus.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Connections that note what they are sent, on one lane that works at once.
final class Crowd implements PushEncoder {
  final Lane lane = new Lane(Runnable::run, 100);
  final Registry registry;
  boolean encodes = true;
  int syncs;

  /// What was said last to connections that were cut: the reason, and the time until they return.
  final List<String> closings = new ArrayList<>();

  /// `drawn`: what the registry's dice show.
  Crowd(Limits limits, boolean throttle, long drawn, Executor looks) {
    Entropy dice =
        new Entropy() {
          @Override
          public byte[] bytes(int count) {
            throw new UnsupportedOperationException();
          }

          @Override
          public long below(long bound) {
            return Math.min(drawn, bound - 1);
          }
        };
    registry = new Registry(new Node(0, 0), limits, throttle, this, dice, looks);
  }

  /// One connection.
  final class Peer implements Transport {
    final Connection connection;
    int frames;
    long pending;
    volatile boolean closed;

    Peer(long account, String device, long session, Set<Right> rights) {
      long id = registry.nextId();
      Caller caller =
          new Caller(new AccountId(account), new SessionId(session), rights, "10.0.0.1", "", id);
      connection = new Connection(id, caller, device, WireForm.BINARY, lane, this);
    }

    Peer admit() {
      return admit(connection::caller);
    }

    Peer admit(Supplier<Caller> again) {
      registry.admit(connection, again);
      return this;
    }

    @Override
    public long pendingBytes() {
      return pending;
    }

    @Override
    public void write(ByteBuf frame) {
      frame.release();
      frames++;
    }

    @Override
    public void flush() {}

    @Override
    public void close(ByteBuf last) {
      last.release();
      closed = true;
    }
  }

  Peer peer(long account, String device) {
    return new Peer(account, device, 10 * account, Set.of());
  }

  @Override
  public ByteBuf encode(Event event, WireForm form) {
    if (!encodes) {
      throw new IllegalStateException("cannot be encoded");
    }
    return Unpooled.buffer(1).writeByte(0);
  }

  @Override
  public ByteBuf sync(WireForm form) {
    syncs++;
    return Unpooled.buffer(1).writeByte(0);
  }

  @Override
  public ByteBuf closing(ClosingReason reason, int reconnectAfterMs, WireForm form) {
    closings.add(reason.wire() + " " + reconnectAfterMs);
    return Unpooled.buffer(1).writeByte(0);
  }
}
