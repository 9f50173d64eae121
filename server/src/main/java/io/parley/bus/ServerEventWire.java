package io.parley.bus;

import com.google.common.io.ByteArrayDataOutput;
import io.parley.base.Node;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The part of [EventWire] that is about servers, behind the kind. Texts are UTF-8 behind their
/// count of bytes (4 bytes), nodes their number (4 bytes) and epoch.
final class ServerEventWire {
  static final byte GATEWAY_TAKEN = 13;
  static final byte GATEWAY_ASKED = 14;
  static final byte GATEWAY_ANSWERED = 15;
  static final byte DEVICES_CAME = 16;

  private static final int UTF8_MAX = 3; // of one char
  private static final int ARRIVAL = 3 * Long.BYTES + Integer.BYTES;

  private ServerEventWire() {}

  /// About how many bytes `event` takes besides its numbers.
  static int weight(ServerEvent event) {
    return switch (event) {
      case ServerEvent.GatewayTaken it -> weight(it.gateway());
      case ServerEvent.GatewayAsked it -> weight(it.gateway()) + it.data().length;
      case ServerEvent.GatewayAnswered it -> weight(it.code()) + weight(it.text());
      case ServerEvent.DevicesCame it ->
          it.arrivals().stream().mapToInt(each -> ARRIVAL + weight(each.device())).sum();
    };
  }

  private static int weight(String text) {
    return text.length() * UTF8_MAX;
  }

  static void put(ByteArrayDataOutput out, ServerEvent event) {
    switch (event) {
      case ServerEvent.GatewayTaken it -> {
        out.writeByte(GATEWAY_TAKEN);
        put(out, it.gateway());
        put(out, it.holder());
        out.writeLong(it.since());
      }
      case ServerEvent.GatewayAsked it -> {
        out.writeByte(GATEWAY_ASKED);
        out.writeLong(it.call());
        put(out, it.asker());
        put(out, it.holder());
        EventWire.put(out, it.ask());
        put(out, it.gateway());
        out.writeLong(it.client());
        EventWire.put(out, it.data());
      }
      case ServerEvent.GatewayAnswered it -> {
        out.writeByte(GATEWAY_ANSWERED);
        out.writeLong(it.call());
        put(out, it.asker());
        put(out, it.code());
        put(out, it.text());
        out.writeLong(it.retryMs());
      }
      case ServerEvent.DevicesCame it -> {
        out.writeByte(DEVICES_CAME);
        out.writeInt(it.arrivals().size());
        it.arrivals().forEach(each -> put(out, each));
      }
    }
  }

  private static void put(ByteArrayDataOutput out, Arrival arrival) {
    out.writeLong(arrival.account().value());
    put(out, arrival.device());
    out.writeLong(arrival.connection());
    out.writeLong(arrival.at());
  }

  private static void put(ByteArrayDataOutput out, Node node) {
    out.writeInt(node.number());
    out.writeLong(node.epoch());
  }

  private static void put(ByteArrayDataOutput out, String text) {
    EventWire.put(out, text.getBytes(StandardCharsets.UTF_8));
  }

  static ServerEvent taken(ByteBuffer in) {
    return new ServerEvent.GatewayTaken(text(in), node(in), in.getLong());
  }

  static ServerEvent asked(ByteBuffer in) {
    return new ServerEvent.GatewayAsked(
        in.getLong(),
        node(in),
        node(in),
        EventWire.word(GatewayAsk.class, in),
        text(in),
        in.getLong(),
        EventWire.bytes(in));
  }

  static ServerEvent answered(ByteBuffer in) {
    return new ServerEvent.GatewayAnswered(
        in.getLong(), node(in), text(in), text(in), in.getLong());
  }

  static ServerEvent came(ByteBuffer in) {
    int count = EventWire.count(in, ARRIVAL);
    List<Arrival> arrivals = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      arrivals.add(new Arrival(EventWire.account(in), text(in), in.getLong(), in.getLong()));
    }
    return new ServerEvent.DevicesCame(List.copyOf(arrivals));
  }

  private static String text(ByteBuffer in) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(EventWire.bytes(in)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new EventWire.Malformed("a text that is not UTF-8");
    }
  }

  private static Node node(ByteBuffer in) {
    int number = in.getInt();
    if (number < 0 || number >= Node.NUMBERS) {
      throw new EventWire.Malformed("a server with the number " + number);
    }
    return new Node(number, in.getLong());
  }
}
