package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.netty.buffer.ByteBuf;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.device.Device;
import io.parley.messaging.Draft;
import io.parley.realtime.ClosingReason;
import io.parley.realtime.Connection;
import io.parley.realtime.SocketLine;
import io.parley.realtime.SocketListener;
import io.parley.realtime.Transport;
import io.parley.realtime.WireForm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One push socket: binds a device, takes its packets, pushes what it has not acknowledged.
///
/// Everything that reads or writes the store is done by one virtual thread at a time, in the order
/// in which it came; while a packet is being worked on the next waits unread. What happens
/// elsewhere arrives as a poke, which only says where there is something to read: what is pushed is
/// always read from the conversations.
final class PhoneSocket implements SocketListener {
  private static final Logger log = LoggerFactory.getLogger(PhoneSocket.class);
  private static final int NORMAL = 1000;
  private static final int GOING_AWAY = 1001;
  private static final int UNSUPPORTED = 1003;
  private static final int POLICY = 1008;
  private static final int OK = 1;
  private static final int FAILED = 0;

  private final PhoneEndpoint endpoint;
  private final SocketLine line;
  private final String token;
  private final PhoneMessages messages;
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean working = new AtomicBoolean();
  private final Set<Long> pokes = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean pullWaits = new AtomicBoolean();

  // On the lane.
  private @Nullable Connection connection;
  private long written;
  private long read;

  // By the one working thread.
  private final Caller known;
  private @Nullable Connection attached;
  private @Nullable Pushing pushing;
  private Repeats repeats = new Repeats("");
  private long packets;

  PhoneSocket(PhoneEndpoint endpoint, SocketLine line, Caller caller, String token) {
    this.endpoint = endpoint;
    this.line = line;
    this.known = caller;
    this.token = token;
    this.messages =
        new PhoneMessages(endpoint.core().dates(), new PhoneLines(endpoint.core().accounts()));
  }

  // --- on the lane

  @Override
  public void onText(String text) {
    line.pause();
    // Before what is pushed while this waits for its turn.
    Pushing.Heard heard = new Pushing.Heard(written, read);
    later(
        () -> {
          try {
            take(text, heard);
          } finally {
            line.lane().run(line::resume);
          }
        });
  }

  @Override
  public void onPong(byte[] payload) {
    if (payload.length == Long.BYTES) {
      // A peer may say what it likes, but has read no more than was written.
      read = Math.clamp(ByteBuffer.wrap(payload).getLong(), read, written);
    }
  }

  @Override
  public void onBinary(byte[] bytes) {
    line.close(UNSUPPORTED, "text only");
  }

  @Override
  public void onClosed() {
    if (connection != null) {
      endpoint.registry().remove(connection);
      connection = null;
    }
  }

  /// What the registry writes to: pokes.
  private final class Wire implements Transport {
    @Override
    public long pendingBytes() {
      return line.pendingBytes();
    }

    @Override
    public void write(ByteBuf poke) {
      pokes.add(poke.getLong(poke.readerIndex()));
      poke.release();
      if (pullWaits.compareAndSet(false, true)) {
        later(PhoneSocket.this::pull);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close(ByteBuf reason) {
      String text = reason.toString(StandardCharsets.US_ASCII);
      reason.release();
      int code =
          text.equals(ClosingReason.RESTART.wire())
              ? GOING_AWAY
              : text.equals(ClosingReason.SESSION_ENDED.wire()) ? POLICY : NORMAL;
      line.close(code, text);
    }
  }

  private Connection attach(Device device, Caller as) {
    if (!line.isOpen()) {
      throw Fault.of(FaultCode.UNAVAILABLE, "the socket is gone");
    }
    if (connection != null) {
      endpoint.registry().remove(connection);
      connection = null;
    }
    long id = endpoint.registry().nextId();
    Connection fresh =
        new Connection(
            id, as.over(id), "phone:" + device.pushId(), WireForm.POKE, line.lane(), new Wire());
    endpoint.registry().admit(fresh, () -> endpoint.callers().authenticate(token, as.stranger()));
    connection = fresh;
    return fresh;
  }

  // --- one virtual thread at a time

  /// Who speaks, with the rights of this moment.
  private Caller caller() {
    Connection over = attached;
    return over == null ? known : over.caller();
  }

  private void later(Runnable task) {
    work.add(task);
    if (working.compareAndSet(false, true)) {
      endpoint.run(line, this::drain);
    }
  }

  private void drain() {
    do {
      for (Runnable task = work.poll(); task != null; task = work.poll()) {
        try {
          task.run();
        } catch (RuntimeException | Error e) {
          log.error("a socket's work failed", e);
          giveUp();
        }
      }
      working.set(false);
    } while (!work.isEmpty() && working.compareAndSet(false, true));
  }

  /// Something that the device should have been pushed may be missing: it comes back, and is pushed
  /// all that it has not acknowledged.
  private void giveUp() {
    line.lane()
        .run(
            () -> {
              if (connection != null) {
                endpoint.registry().cut(connection, ClosingReason.SLOW);
              } else {
                line.close(GOING_AWAY, ClosingReason.SLOW.wire());
              }
            });
  }

  private void take(String text, Pushing.Heard heard) {
    try {
      handle(Said.of(Json.object(text)), heard);
    } catch (Refusal refusal) {
      refuse(refusal.text());
    } catch (Fault fault) {
      if (fault.code() == FaultCode.INTERNAL) {
        log.error("a packet failed", fault);
      }
      refuse(fault.text());
    }
  }

  private void handle(Said said, Pushing.Heard heard) {
    if (said instanceof Said.Bind(String pushId, boolean again)) {
      bind(pushId, again);
      return;
    }
    Pushing bound = pushing;
    if (bound == null) {
      throw Refusal.failure("bind first: {\"status\":0,\"pushId\":\"\",\"message\":\"start\"}");
    }
    switch (said) {
      case Said.Bind _ -> throw new IllegalStateException("handled above");
      case Said.Heartbeat _ -> answer("ok");
      case Said.AllReceived _ -> {
        bound.ackAll(heard);
        push(bound::more);
      }
      case Said.OneReceived(JsonNode chat) -> {
        bound.ackOne(chat, heard);
        answer("ok");
        push(bound::more);
      }
      case Said.Messages(JsonNode list) -> store(bound, list);
    }
  }

  private void bind(String pushId, boolean again) {
    Caller as = caller();
    Device device = endpoint.core().devices().bind(as, pushId, again);
    CompletableFuture<Connection> attaching = new CompletableFuture<>();
    line.lane()
        .run(
            () -> {
              try {
                attaching.complete(attach(device, as));
              } catch (RuntimeException | Error e) {
                attaching.completeExceptionally(e);
              }
            });
    Connection fresh;
    try {
      fresh = attaching.join();
    } catch (CompletionException e) {
      throw Fault.from(e.getCause() == null ? e : e.getCause());
    }
    attached = fresh;
    repeats = new Repeats(device.pushId());
    pushing = new Pushing(endpoint, device, fresh.caller(), messages, this::send);
    answer("ok");
    push(pushing::everything);
  }

  private void push(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      log.error("a device could not be pushed to", e);
      giveUp();
    }
  }

  private void store(Pushing bound, JsonNode list) {
    try {
      List<Draft> drafts = messages.drafts(caller(), list, repeats);
      Boolean infoObject = PhoneMessages.infoObject(list);
      if (infoObject != null) {
        bound.sent(infoObject);
      }
      if (!drafts.isEmpty()) {
        endpoint.core().messaging().sendAll(caller(), drafts);
      }
    } catch (Refusal | Fault e) {
      repeats.forget(list);
      throw e;
    }
    answer("ok");
  }

  private void pull() {
    pullWaits.set(false);
    Pushing bound = pushing;
    if (bound == null) {
      return;
    }
    for (Long poke : Set.copyOf(pokes)) {
      pokes.remove(poke);
      if (poke == 0) {
        bound.notices();
      } else if (poke == PhonePushes.EVERYTHING) {
        bound.everythingAgain();
      } else {
        bound.conversation(new ConversationId(poke));
      }
    }
    bound.flush();
  }

  private void answer(String word) {
    write(packet(OK, TextNode.valueOf(word)));
  }

  /// A client reads a list, unless it finds a word that the document has: no messages then, and the
  /// reason beside them.
  private void refuse(String reason) {
    write(packet(FAILED, Json.array()).put("reason", reason));
  }

  /// Sends messages and numbers them. What is answered of a ping in front of them comes before the
  /// device's own answer, whatever thread of it makes that.
  private long send(JsonNode list) {
    long number = ++packets;
    byte[] payload = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    line.lane()
        .run(
            () -> {
              if (line.isOpen()) {
                line.write(line.pingFrame(payload));
              }
              written = number;
            });
    write(packet(OK, list));
    return number;
  }

  private ObjectNode packet(int status, JsonNode message) {
    ObjectNode packet = Json.object();
    packet.put("status", status);
    packet.put("pushId", pushing == null ? "" : pushing.device().pushId());
    packet.set("message", message);
    return packet;
  }

  private void write(ObjectNode packet) {
    byte[] bytes = packet.toString().getBytes(StandardCharsets.UTF_8);
    line.lane()
        .run(
            () -> {
              if (line.isOpen()) {
                line.write(line.textFrame(bytes));
              }
            });
  }
}
