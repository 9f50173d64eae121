package io.parley.realtime;

import io.netty.buffer.ByteBuf;
import io.parley.bus.Event;

/// Turns events into frames. Called from many threads at once; never blocks.
public interface PushEncoder {
  /// The complete frame of the push that tells of `event`, ready to be written as it is. The caller
  /// owns the reference. Only events that concern connections are asked for: posted, recalled,
  /// changed,
  /// read, typing, presence, group changed, notice.
  ByteBuf encode(Event event, WireForm form);

  /// The complete frame of `push.sync`: something may not have been pushed, pull from the cursors.
  ByteBuf sync(WireForm form);

  /// The complete frame of `push.closing`.
  ///
  /// @param reconnectAfterMs 0: coming back makes no sense or needs no wait
  ByteBuf closing(ClosingReason reason, int reconnectAfterMs, WireForm form);
}
