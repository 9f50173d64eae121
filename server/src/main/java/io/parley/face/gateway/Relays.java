package io.parley.face.gateway;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What gateways' clients sent, byte for byte, between the sending and the pushing: gateways get a
/// message verbatim. Bounded: of too much the oldest goes, and is then made anew from what is
/// stored.
final class Relays {
  /// @param data the frame's
  /// @param connection the sender's, which is not pushed its own
  record Relay(ByteString data, long connection) {}

  private static final int BYTES_MAX = 32 << 20;

  /// What an entry costs beside its data.
  private static final int ENTRY_BYTES = 200;

  private final Map<Long, Relay> relays = new HashMap<>();
  private final Queue<Long> oldest = new ArrayDeque<>();
  private long bytes;

  /// `origin`: what the sent message's event will have as its origin; of this message only.
  synchronized void put(long origin, Relay relay) {
    relays.put(origin, relay);
    oldest.add(origin);
    bytes += cost(relay);
    while (bytes > BYTES_MAX) {
      take(oldest.remove());
    }
    while (!oldest.isEmpty() && !relays.containsKey(oldest.element())) {
      oldest.remove();
    }
  }

  synchronized @Nullable Relay take(long origin) {
    Relay taken = relays.remove(origin);
    if (taken != null) {
      bytes -= cost(taken);
    }
    return taken;
  }

  private static int cost(Relay relay) {
    return relay.data().size() + ENTRY_BYTES;
  }
}
