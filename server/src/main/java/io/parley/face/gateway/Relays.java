package io.parley.face.gateway;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What gateways' clients sent, byte for byte, between the sending and the pushing: gateways get a
/// message verbatim. Bounded: of too much the oldest goes, and is then made anew from what is
/// stored.
final class Relays {
  /// @param data the frame's
  /// @param requestId the frame's
  /// @param connection the sender's, which is not pushed its own
  record Relay(ByteString data, int requestId, long connection) {}

  private static final int BYTES_MAX = 32 << 20;

  /// What an entry costs beside its data.
  private static final int ENTRY_BYTES = 200;

  private final Map<Long, Relay> relays = new LinkedHashMap<>(); // Oldest first.
  private long bytes;

  /// `origin`: what the sent message's event will have as its origin; of this message only.
  synchronized void put(long origin, Relay relay) {
    relays.put(origin, relay);
    bytes += cost(relay);
    while (bytes > BYTES_MAX) {
      take(relays.keySet().iterator().next());
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
