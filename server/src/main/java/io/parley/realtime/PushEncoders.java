package io.parley.realtime;

import io.netty.buffer.ByteBuf;
import io.parley.bus.Event;

/// The encoders of this program, each asked for its own forms.
public record PushEncoders(PushEncoder natives, PushEncoder gateways, PushEncoder phones)
    implements PushEncoder {
  @Override
  public ByteBuf encode(Event event, WireForm form) {
    return of(form).encode(event, form);
  }

  @Override
  public ByteBuf sync(WireForm form) {
    return of(form).sync(form);
  }

  @Override
  public ByteBuf closing(ClosingReason reason, int reconnectAfterMs, WireForm form) {
    return of(form).closing(reason, reconnectAfterMs, form);
  }

  private PushEncoder of(WireForm form) {
    return switch (form) {
      case BINARY, TEXT, STREAM -> natives;
      case GATEWAY -> gateways;
      case POKE -> phones;
    };
  }
}
