package io.parley.realtime;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.bus.Event;
import java.util.ArrayList;
import java.util.List;

/// Frames that a simulation can read back, and a list of all of them to see that each was given
/// back.
final class SimEncoder implements PushEncoder {
  private static final int CHANGE = 0;
  private static final int MESSAGE = 1;
  private static final int CLOSING = 2;
  private static final int SYNC = 3;
  private static final int FRAME_BYTES = 40;

  /// A frame that was read.
  record Seen(int kind, long conversation, long seq) {
    boolean isMessage() {
      return kind == MESSAGE;
    }

    boolean isClosing() {
      return kind == CLOSING;
    }

    boolean isSync() {
      return kind == SYNC;
    }

    String key() {
      return conversation + "/" + seq;
    }
  }

  final List<ByteBuf> made = new ArrayList<>();

  @Override
  public ByteBuf encode(Event event, WireForm form) {
    return switch (event) {
      case Event.MessagePosted message ->
          frame(MESSAGE, message.conversation().value(), message.seq(), form);
      case Event.GroupChanged changed -> frame(CHANGE, changed.group().value(), 0, form);
      default -> throw new AssertionError("not pushed: " + event);
    };
  }

  @Override
  public ByteBuf sync(WireForm form) {
    return frame(SYNC, 0, 0, form);
  }

  @Override
  public ByteBuf closing(ClosingReason reason, int reconnectAfterMs, WireForm form) {
    return frame(CLOSING, reason.wire().length(), reconnectAfterMs, form);
  }

  private ByteBuf frame(int kind, long conversation, long seq, WireForm form) {
    ByteBuf frame = Unpooled.buffer(FRAME_BYTES);
    frame.writeByte(form.name().charAt(0)).writeByte(kind).writeLong(conversation).writeLong(seq);
    made.add(frame.writeZero(FRAME_BYTES - frame.writerIndex()));
    return frame;
  }

  /// Reads `frame`, which must be of `form`, and gives it back.
  static Seen read(ByteBuf frame, WireForm form) {
    Simulation.require(frame.readByte() == form.name().charAt(0), "a frame of another form");
    Seen seen = new Seen(frame.readByte(), frame.readLong(), frame.readLong());
    frame.release();
    return seen;
  }
}
