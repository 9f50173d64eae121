package io.parley.bench.http;

import io.netty.buffer.ByteBuf;

/// What connections ask and what must be answered. One event loop calls it.
public interface Dialog {
  /// Writes the next request; the answer says which it was.
  int ask(ByteBuf out);

  /// Whether `body`, from its reader index to its end, is right.
  boolean right(int asked, int status, ByteBuf body);

  /// Whether what is not right says, as the contract has it, that the server has too much to do.
  boolean busy(int status, ByteBuf body);
}
