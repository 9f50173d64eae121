package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.device.Backlog;
import io.parley.device.BacklogPage;
import io.parley.device.Device;
import io.parley.device.Notice;
import io.parley.messaging.Message;
import io.parley.messaging.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What one bound device is pushed and has acknowledged while its socket lives. Used by one thread
/// at a time; reads the store.
///
/// What a device says that it has, it can only say of packets that it had when it said so: those
/// behind may have been on their way. They come again unless it says so once more.
///
/// At most [#WINDOW] messages, and about `limits.outbox_bytes_max` bytes, are pushed and not
/// answered; what is beyond stays in the conversations until the device answers.
final class Pushing {
  private static final int WINDOW = 500;
  private static final int PAGE = 100;
  private static final int PACKET_BYTES = 32_768;

  private final PhoneEndpoint endpoint;
  private final Device device;
  private final Caller caller;
  private final PhoneMessages messages;
  private final ToLongFunction<JsonNode> sink;

  private final Map<ConversationId, Long> pushed = new HashMap<>();
  private final Deque<Packet> unanswered = new ArrayDeque<>();
  private final Map<AccountId, ConversationId> peers = new HashMap<>();
  private long noticePushed;
  private Packet packet = new Packet();
  private int waiting;
  private int waitingBytes;
  private boolean more;
  private boolean infoObject;
  private @Nullable Boolean infoSent;

  /// Up to the conversation with this id, all was pushed that was there when it was looked at.
  private long done;

  /// What was known of a device when it said that it has something.
  ///
  /// @param written the number of the last packet that was written
  /// @param read the number of the last packet in front of which the device has answered a ping; 0
  ///     if it answered none
  record Heard(long written, long read) {
    /// Whether the device had that packet. Of a device that answers no pings only the oldest that
    /// it has not acknowledged is sure: it answers packets one by one.
    boolean has(long packet, boolean oldest) {
      return read > 0 ? packet <= read : oldest && packet <= written;
    }
  }

  /// `sink`: sends a packet and numbers it, 1, 2, 3 … on one socket.
  Pushing(
      PhoneEndpoint endpoint,
      Device device,
      Caller caller,
      PhoneMessages messages,
      ToLongFunction<JsonNode> sink) {
    this.endpoint = endpoint;
    this.device = device;
    this.caller = caller;
    this.messages = messages;
    this.sink = sink;
    this.noticePushed = device.noticeAcked();
    Boolean known = device.infoObject();
    this.infoObject = known == null ? endpoint.settings().infoObject() : known;
    this.infoSent = known;
  }

  /// The device has sent info as an object, or as an array: from now on it is pushed the same.
  void sent(boolean object) {
    if (infoSent == null || infoSent != object) {
      endpoint.core().devices().infoObject(device, object);
      infoSent = object;
    }
    infoObject = object;
  }

  Device device() {
    return device;
  }

  /// Pushes all that the device has not acknowledged and that was not pushed yet.
  void everything() {
    more = false;
    notices();
    BacklogPage page;
    do {
      page = endpoint.core().devices().backlog(device, done);
      for (Backlog backlog : page.backlogs()) {
        conversation(backlog.conversation(), backlog.ackedSeq());
      }
      if (!more) {
        done = page.last();
      }
    } while (page.more() && !more);
    flush();
  }

  /// The same where something may have become new unheard.
  void everythingAgain() {
    done = 0;
    everything();
  }

  /// Takes what is new in one conversation. [#flush] sends it.
  void conversation(ConversationId id) {
    if (isFull()) {
      // It may be behind the stretch that comes next.
      more = true;
      done = 0;
      return;
    }
    Long last = pushed.get(id);
    if (last != null) {
      conversation(id, last);
      return;
    }
    Backlog backlog = endpoint.core().devices().backlog(device, id);
    if (backlog != null) {
      conversation(id, backlog.ackedSeq());
    }
  }

  private void conversation(ConversationId id, long after) {
    long from = Math.max(after, pushed.getOrDefault(id, 0L));
    List<Message> page;
    do {
      if (isFull()) {
        more = true;
        return;
      }
      page = read(id, from);
      List<Message> whole = page.size() == PAGE ? withoutHalf(page) : page;
      for (PhoneMessages.Out out : messages.out(ofOthers(whole), infoObject)) {
        add(out.json());
        packet.mark(id, out.seq());
      }
      if (!whole.isEmpty()) {
        remember(whole.getLast());
        from = whole.getLast().seq();
        pushed.put(id, from);
        packet.mark(id, from);
      }
    } while (page.size() == PAGE);
  }

  private List<Message> read(ConversationId id, long after) {
    try {
      return endpoint.core().messaging().history(caller, id, after, null, PAGE);
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
    for (Notice notice : endpoint.core().devices().notices(device, noticePushed)) {
      add(messages.notice(notice, device.account(), infoObject));
      noticePushed = notice.changed();
      packet.markNotices(noticePushed);
    }
  }

  private void add(ObjectNode json) {
    int bytes = json.toString().length();
    if (!packet.isEmpty() && packet.bytes() + bytes > PACKET_BYTES) {
      flush();
    }
    packet.add(json, bytes);
    waiting++;
    waitingBytes += bytes;
  }

  /// Sends what was taken. Marks without a message wait for the next packet.
  void flush() {
    if (!packet.isEmpty()) {
      unanswered.add(packet);
      packet.number(sink.applyAsLong(packet.takeMessages()));
      packet = new Packet();
    }
  }

  /// The device has what [Heard#has] says.
  void ackAll(Heard heard) {
    Map<ConversationId, Long> upTo = new HashMap<>();
    long notices = 0;
    int answered = 0;
    for (Packet packet : unanswered) {
      if (!heard.has(packet.number(), answered == 0)) {
        break;
      }
      upTo.putAll(packet.upTo());
      notices = Math.max(notices, packet.notices());
      answered++;
    }
    endpoint.core().devices().ack(device, upTo, notices);
    for (int i = 0; i < answered; i++) {
      free(unanswered.remove());
    }
  }

  /// The same of one chat only: `fromId` and `toId` are its two ends, in either order. Of a chat of
  /// which nothing waits there is nothing left to say.
  void ackOne(JsonNode ack, Heard heard) {
    if (!Json.text(ack, "content", 8).equals("ok") && !Json.text(ack, "info", 8).equals("ok")) {
      throw Refusal.failure("message: content or info must be \"ok\"");
    }
    long from = PhoneWire.id("fromId", Json.text(ack, "fromId", 32));
    long to = PhoneWire.id("toId", Json.text(ack, "toId", 32));
    ConversationId chat = chat(from, to);
    if (chat == null) {
      return;
    }
    List<Packet> having =
        unanswered.stream().filter(each -> each.upTo().containsKey(chat)).toList();
    List<Packet> had =
        having.stream()
            .filter(each -> heard.has(each.number(), each == having.getFirst()))
            .toList();
    if (!had.isEmpty()) {
      Long seq = had.getLast().upTo().get(chat);
      endpoint.core().devices().ack(device, seq == null ? Map.of() : Map.of(chat, seq), 0);
      had.forEach(each -> each.upTo().remove(chat));
    }
    while (!unanswered.isEmpty() && unanswered.element().saysNothing()) {
      free(unanswered.remove());
    }
  }

  private void free(Packet answered) {
    waiting -= answered.count();
    waitingBytes -= answered.bytes();
  }

  /// Goes on with what did not fit before.
  void more() {
    if (more && !isFull()) {
      everything();
    }
  }

  private boolean isFull() {
    return waiting >= WINDOW || waitingBytes >= endpoint.limits().outboxBytesMax();
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
