package io.parley.realtime;

import io.netty.buffer.ByteBuf;
import io.parley.bus.Event;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One push in every form that somebody wanted: each is encoded when first asked for, then shared
/// by all lanes.
final class Frames {
  private final Event event;
  private final PushEncoder encoder;
  private final AtomicInteger holders;
  private volatile @Nullable ByteBuf binary;
  private volatile @Nullable ByteBuf text;
  private volatile @Nullable ByteBuf stream;
  private volatile @Nullable ByteBuf poke;
  private volatile @Nullable ByteBuf gateway;

  /// `holders`: how many will call [#release].
  Frames(Event event, PushEncoder encoder, int holders) {
    this.event = event;
    this.encoder = encoder;
    this.holders = new AtomicInteger(holders);
  }

  /// The shared frame itself: write a duplicate of it.
  ByteBuf in(WireForm form) {
    ByteBuf frame = ready(form);
    return frame != null ? frame : encoded(form);
  }

  private @Nullable ByteBuf ready(WireForm form) {
    return switch (form) {
      case BINARY -> binary;
      case TEXT -> text;
      case STREAM -> stream;
      case POKE -> poke;
      case GATEWAY -> gateway;
    };
  }

  private synchronized ByteBuf encoded(WireForm form) {
    ByteBuf already = ready(form);
    if (already != null) {
      return already;
    }
    ByteBuf frame = encoder.encode(event, form);
    switch (form) {
      case BINARY -> binary = frame;
      case TEXT -> text = frame;
      case STREAM -> stream = frame;
      case POKE -> poke = frame;
      case GATEWAY -> gateway = frame;
    }
    return frame;
  }

  /// The last holder's call gives the memory back, once the wires have let go too.
  void release() {
    if (holders.decrementAndGet() > 0) {
      return;
    }
    for (WireForm form : WireForm.values()) {
      ByteBuf frame = ready(form);
      if (frame != null) {
        frame.release();
      }
    }
  }
}
