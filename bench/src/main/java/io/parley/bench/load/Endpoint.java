package io.parley.bench.load;

import io.parley.bench.ledger.AckLedger;
import io.parley.bench.ledger.DeliveryLedger;
import io.parley.bench.ledger.Faults;
import io.parley.bench.ledger.Timeline;
import io.parley.bench.socket.CallFailed;
import io.parley.bench.socket.ClientSocket;
import io.parley.bench.socket.SocketListener;
import io.parley.bench.wire.FrameScan;
import io.parley.bench.wire.SendTemplate;
import io.parley.bench.wire.Stamp;
import org.jspecify.annotations.Nullable;

/// One device in a conversation: it checks what it is pushed, and perhaps sends.
public final class Endpoint implements SocketListener {
  private static final AckLedger NOTHING = new AckLedger(-1);

  private final ClientSocket socket;
  private final Traffic traffic;
  private final @Nullable Talker talker;
  private final DeliveryLedger ledger = new DeliveryLedger();
  private long conversationId;
  private String closed = "";

  Endpoint(ClientSocket socket, Traffic traffic, @Nullable Talker talker) {
    this.socket = socket;
    this.traffic = traffic;
    this.talker = talker;
  }

  @Override
  public void frame(FrameScan frame, long nowNanos) {
    if (frame.kind() == FrameScan.Kind.PUSH_MESSAGE) {
      pushed(frame, nowNanos);
    } else if (talker != null) {
      answered(talker, frame, nowNanos);
    }
  }

  private void pushed(FrameScan frame, long now) {
    var push = traffic.push;
    push.scan(frame);
    if (conversationId == 0) {
      conversationId = push.conversationId();
    }
    if (push.conversationId() != conversationId || push.textTo() - push.textFrom() < Stamp.CHARS) {
      traffic.stats.foreign++;
      return;
    }
    byte[] bytes = frame.bytes();
    int at = push.textFrom();
    ledger.pushed(push.seq(), Stamp.sender(bytes, at), Stamp.number(bytes, at));
    traffic.stats.delivery(now, Stamp.nanos(bytes, at), traffic.timing());
  }

  private void answered(Talker sender, FrameScan frame, long now) {
    int message = frame.requestId() - SendTemplate.REQUEST_BASE;
    if (!sender.waits(message)) {
      traffic.stats.refusal("an answer to no request");
      return;
    }
    long due = sender.answered(message);
    if (frame.failed()) {
      traffic.stats.refusal(CallFailed.describe(frame.error()), due, traffic.timing());
      sender.pause(now);
      return;
    }
    var ack = traffic.ack;
    ack.scan(frame);
    if (conversationId == 0) {
      conversationId = ack.conversationId();
    }
    sender.acks().acked(message, ack.seq());
    traffic.stats.ack(now, due, traffic.timing());
  }

  @Override
  public void closed(String reason) {
    closed = reason;
    if (talker != null) {
      talker.gone();
    }
    traffic.gone(ledger.received(), talker == null ? 0 : talker.sent());
  }

  /// The socket, for further calls.
  public ClientSocket socket() {
    return socket;
  }

  /// The conversation it saw, 0 if none.
  public long conversationId() {
    return conversationId;
  }

  /// Why the connection ended, empty while it stands.
  public String closed() {
    return closed;
  }

  /// Whether the server closed it for being slow.
  boolean slow() {
    return closed.equals("slow");
  }

  AckLedger acks() {
    return talker == null ? NOTHING : talker.acks();
  }

  Faults audit(Timeline timeline, boolean exact) {
    return ledger.finish(timeline, acks(), slow(), exact);
  }
}
