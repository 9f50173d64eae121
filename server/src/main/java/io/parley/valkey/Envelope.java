package io.parley.valkey;

import io.parley.base.Node;
import io.parley.bus.EventWire;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One entry of the stream: what a node says at a time.
///
/// Layout: version, kind, the node's number (2 bytes), its epoch, the running number, the time
/// (8 bytes each); then, of events, their count and each behind its length (4 bytes each). The part
/// before the events is the same in every version, so that a node can always tell whom it does not
/// understand.
///
/// @param number of [Kind#EVENTS] their place among what the node sent, from 1 without gaps; of the
///     others that of the last ones
/// @param sentMs epoch milliseconds by the sender's clock
/// @param events each as [EventWire] has it
record Envelope(Node node, Kind kind, long number, long sentMs, List<byte[]> events) {
  /// What one entry may take.
  static final int BYTES_MAX = 4 << 20;

  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 28;

  /// What is said.
  enum Kind {
    /// Something happened.
    EVENTS(0),
    /// Nothing has happened since.
    BEAT(1),
    /// The node stops, with everything said.
    BYE(2),
    /// Something that only newer nodes understand.
    NEWER(-1);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    private static Kind of(byte version, byte code) {
      if (version == VERSION) {
        for (Kind kind : values()) {
          if (kind.code == code) {
            return kind;
          }
        }
      }
      return NEWER;
    }
  }

  /// Whether it has a number of its own.
  boolean counts() {
    return kind == Kind.EVENTS || kind == Kind.NEWER;
  }

  byte[] encode() {
    int bytes = HEAD_BYTES + Integer.BYTES;
    for (byte[] event : events) {
      bytes += Integer.BYTES + event.length;
    }
    ByteBuffer out =
        ByteBuffer.allocate(bytes)
            .put(VERSION)
            .put(kind.code)
            .putShort((short) node.number())
            .putLong(node.epoch())
            .putLong(number)
            .putLong(sentMs)
            .putInt(events.size());
    events.forEach(event -> out.putInt(event.length).put(event));
    return out.array();
  }

  /// @throws EventWire.Malformed whatever else the bytes are
  static Envelope decode(byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      throw new EventWire.Malformed("an entry of " + bytes.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      Kind kind = Kind.of(in.get(), in.get());
      int number = in.getShort();
      if (number < 0 || number >= Node.NUMBERS) {
        throw new EventWire.Malformed("an entry of node " + number);
      }
      Node node = new Node(number, in.getLong());
      long place = in.getLong();
      long sentMs = in.getLong();
      if (place < 0) {
        throw new EventWire.Malformed("an entry with the number " + place);
      }
      List<byte[]> events = kind == Kind.NEWER ? List.of() : events(in);
      return new Envelope(node, kind, place, sentMs, events);
    } catch (BufferUnderflowException e) {
      throw new EventWire.Malformed("an entry that ends early");
    }
  }

  private static List<byte[]> events(ByteBuffer in) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / Integer.BYTES) {
      throw new EventWire.Malformed("an entry of " + count + " events");
    }
    List<byte[]> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new EventWire.Malformed("an event of " + length + " bytes");
      }
      byte[] event = new byte[length];
      in.get(event);
      events.add(event);
    }
    if (in.hasRemaining()) {
      throw new EventWire.Malformed("an entry with " + in.remaining() + " bytes too many");
    }
    return events;
  }
}
