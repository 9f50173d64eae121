package io.parley.face.phone;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.bus.Event;
import io.parley.realtime.ClosingReason;
import io.parley.realtime.PushEncoder;
import io.parley.realtime.WireForm;
import java.nio.charset.StandardCharsets;

/// The pokes of this contract: where there is something to read.
public final class PhonePushes implements PushEncoder {
  /// There may be something to read anywhere.
  static final long EVERYTHING = -1;

  @Override
  public ByteBuf encode(Event event, WireForm form) {
    return Unpooled.copyLong(
        event instanceof Event.MessagePosted posted ? posted.conversation().value() : 0);
  }

  @Override
  public ByteBuf sync(WireForm form) {
    return Unpooled.copyLong(EVERYTHING);
  }

  @Override
  public ByteBuf closing(ClosingReason reason, int reconnectAfterMs, WireForm form) {
    return Unpooled.copiedBuffer(reason.wire(), StandardCharsets.US_ASCII);
  }
}
