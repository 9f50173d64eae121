package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.device.Backlog;
import io.parley.device.Device;
import io.parley.device.Notice;
import io.parley.messaging.Message;
import io.parley.messaging.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one bound device is pushed and has acknowledged while its socket lives. Used by one thread
/// at a time; reads the store.
///
/// At most [#WINDOW] messages, and about `limits.outbox_bytes_max` bytes, are pushed and not
/// acknowledged; what is beyond stays in the conversations until the device acknowledges.
final class Pushing {
  private static final int WINDOW = 500;
  private static final int PAGE = 100;
  private static final int PACKET_BYTES = 32_768;

  private final PhoneEndpoint home;
  private final Device device;
  private final Caller caller;
  private final PhoneMessages messages;
  private final Consumer<JsonNode> sink;

  private final Map<ConversationId, Long> pushed = new HashMap<>();
  private final Map<ConversationId, Long> acked = new HashMap<>();
  private final Map<AccountId, ConversationId> peers = new HashMap<>();
  private long noticePushed;
  private ArrayNode packet = Json.MAPPER.createArrayNode();
  private int packetBytes;
  private int waiting;
  private int waitingBytes;
  private boolean more;

  Pushing(
      PhoneEndpoint home,
      Device device,
      Caller caller,
      PhoneMessages messages,
      Consumer<JsonNode> sink) {
    this.home = home;
    this.device = device;
    this.caller = caller;
    this.messages = messages;
    this.sink = sink;
    this.noticePushed = device.noticeAcked();
  }

  Device device() {
    return device;
  }

  /// Pushes all that the device has not acknowledged and that was not pushed yet.
  void everything() {
    more = false;
    notices();
    for (Backlog backlog : home.core().devices().backlog(device).reversed()) {
      conversation(backlog.conversation(), backlog.ackedSeq());
    }
    flush();
  }

  /// Takes what is new in one conversation. [#flush] sends it.
  void conversation(ConversationId id) {
    Long last = pushed.get(id);
    if (last != null) {
      conversation(id, last);
      return;
    }
    Backlog backlog = home.core().devices().backlog(device, id);
    if (backlog != null) {
      conversation(id, backlog.ackedSeq());
    }
  }

  private void conversation(ConversationId id, long after) {
    long from = Math.max(after, pushed.getOrDefault(id, 0L));
    List<Message> page;
    do {
      if (waiting >= WINDOW || waitingBytes >= home.limits().outboxBytesMax()) {
        more = true;
        return;
      }
      page = read(id, from);
      List<Message> whole = page.size() == PAGE ? withoutHalf(page) : page;
      for (PhoneMessages.Out out : messages.out(ofOthers(whole))) {
        add(out.json());
      }
      if (!whole.isEmpty()) {
        remember(whole.getLast());
        from = whole.getLast().seq();
        pushed.put(id, from);
      }
    } while (page.size() == PAGE);
  }

  private List<Message> read(ConversationId id, long after) {
    try {
      return home.core().messaging().history(caller, id, after, null, PAGE);
    } catch (Fault fault) {
      if (fault.code() == FaultCode.FORBIDDEN || fault.code() == FaultCode.NOT_FOUND) {
        return List.of();
      }
      throw fault;
    }
  }

  /// The page without a message at its end of which parts are on the next page.
  private static List<Message> withoutHalf(List<Message> page) {
    int end = page.size();
    if (PhoneMessages.endsInside(page)) {
      do {
        end--;
      } while (end > 0 && PhoneMessages.endsInside(page.subList(0, end)));
    }
    return end == 0 ? page : page.subList(0, end);
  }

  private List<Message> ofOthers(List<Message> page) {
    return page.stream().filter(message -> !message.sender().equals(device.account())).toList();
  }

  private void remember(Message message) {
    if (message.target() instanceof Target.User(AccountId to)) {
      AccountId peer = to.equals(device.account()) ? message.sender() : to;
      peers.put(peer, message.conversation());
    }
  }

  /// Takes notices that were not pushed yet.
  void notices() {
    for (Notice notice : home.core().devices().notices(device, noticePushed)) {
      add(messages.notice(notice, device.account()));
      noticePushed = notice.changed();
    }
  }

  private void add(ObjectNode json) {
    int bytes = json.toString().length();
    if (packetBytes > 0 && packetBytes + bytes > PACKET_BYTES) {
      flush();
    }
    packet.add(json);
    packetBytes += bytes;
    waiting++;
    waitingBytes += bytes;
  }

  /// Sends what was taken.
  void flush() {
    if (!packet.isEmpty()) {
      sink.accept(packet);
      packet = Json.MAPPER.createArrayNode();
      packetBytes = 0;
    }
  }

  /// The device has all that it was pushed.
  void ackAll() {
    Map<ConversationId, Long> fresh = new HashMap<>();
    pushed.forEach(
        (id, seq) -> {
          if (seq > acked.getOrDefault(id, 0L)) {
            fresh.put(id, seq);
          }
        });
    home.core().devices().ack(device, fresh, noticePushed);
    acked.putAll(fresh);
    waiting = 0;
    waitingBytes = 0;
    if (more) {
      everything();
    }
  }

  /// The device has what it was pushed of one chat: `fromId` and `toId` are its two ends, in either
  /// order.
  void ackOne(JsonNode ack) {
    if (!Json.text(ack, "content", 8).equals("ok") && !Json.text(ack, "info", 8).equals("ok")) {
      throw Refusal.failure("message: content or info must be \"ok\"");
    }
    long from = PhoneWire.id("fromId", Json.text(ack, "fromId", 32));
    long to = PhoneWire.id("toId", Json.text(ack, "toId", 32));
    ConversationId chat = chat(from, to);
    if (chat == null) {
      throw Refusal.failure("message: nothing was pushed of this chat");
    }
    Long seq = pushed.get(chat);
    if (seq != null && seq > acked.getOrDefault(chat, 0L)) {
      home.core().devices().ack(device, Map.of(chat, seq), 0);
      acked.put(chat, seq);
    }
    boolean all =
        pushed.entrySet().stream()
            .allMatch(each -> each.getValue() <= acked.getOrDefault(each.getKey(), 0L));
    if (all) {
      waiting = 0;
      waitingBytes = 0;
    }
    if (all && more) {
      everything();
    }
  }

  private @Nullable ConversationId chat(long from, long to) {
    long self = device.account().value();
    for (long id : new long[] {to, from}) {
      ConversationId group = new ConversationId(id);
      if (id != self && pushed.containsKey(group)) {
        return group;
      }
    }
    if (from != self && to != self) {
      return null;
    }
    return peers.get(new AccountId(from == self ? to : from));
  }
}
