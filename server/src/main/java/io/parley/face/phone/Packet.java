package io.parley.face.phone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.base.ConversationId;
import java.util.HashMap;
import java.util.Map;

/// One packet of messages that a device is sent, and how far it has each conversation once it has
/// this packet.
final class Packet {
  private ArrayNode messages = Json.array();
  private final Map<ConversationId, Long> upTo = new HashMap<>();
  private long number;
  private long notices;
  private int count;
  private int bytes;

  void add(ObjectNode message, int size) {
    messages.add(message);
    count++;
    bytes += size;
  }

  void mark(ConversationId conversation, long seq) {
    upTo.merge(conversation, seq, Math::max);
  }

  void markNotices(long changed) {
    notices = Math.max(notices, changed);
  }

  long number() {
    return number;
  }

  void number(long given) {
    number = given;
  }

  /// Whether nothing of it is left to be acknowledged.
  boolean saysNothing() {
    return upTo.isEmpty() && notices == 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  int bytes() {
    return bytes;
  }

  long notices() {
    return notices;
  }

  /// What of it is still to be acknowledged.
  Map<ConversationId, Long> upTo() {
    return upTo;
  }

  /// What to send, which is then kept no longer.
  ArrayNode takeMessages() {
    ArrayNode taken = messages;
    messages = Json.array();
    return taken;
  }
}
