package io.parley.cluster;

import io.parley.base.AccountId;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Node;
import io.parley.bus.Bus;
import io.parley.bus.EventWire;
import io.parley.bus.GatewayAsk;
import io.parley.bus.ServerEvent;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Which server holds which gateway's stream, and what one server has another one do with those
/// that it holds.
///
/// An ask and its answer are stored events, so they come in the order of their commits and whether
/// there is a live way or not. An ask is addressed to the holder of the moment in which it was
/// committed. What was asked and not answered in time may still be done.
public final class HeldGateways {
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int ASKED_MAX = 4_096;

  /// What an event takes besides the data in it.
  private static final int OVERHEAD = 1 << 10;

  private static final byte[] NOTHING = {};

  /// @param since of its newest stream: greater than that of every older one
  public record Holder(Node node, long since) {}

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Node self;
  private final GatewayStreamStore store = new GatewayStreamStore();
  private final Map<Long, CompletableFuture<ServerEvent.GatewayAnswered>> asked =
      new ConcurrentHashMap<>();

  /// `db`: one that may be shared. Every [ServerEvent.GatewayAnswered] of `bus` must come to
  /// [#hear].
  public HeldGateways(Db db, Bus bus, Ids ids, Node self) {
    this.db = db;
    this.bus = bus;
    this.ids = ids;
    this.self = self;
  }

  /// Whether that is this server.
  public boolean isSelf(Node node) {
    return node.equals(self);
  }

  // --- who holds what

  /// Says that a stream of `gateway` is here, and the newest. Does not wait.
  ///
  /// @param taken hears its `since`
  /// @throws Fault BUSY, UNAVAILABLE
  public void take(String gateway, Completion<Long> taken) {
    db.submit(
        tx -> {
          long since = ids.next();
          store.put(tx, gateway, self, since);
          bus.publish(tx, new ServerEvent.GatewayTaken(gateway, self, since));
          return since;
        },
        taken);
  }

  /// Says that this stream has ended. Does not wait. Where that cannot be stored, whoever is asked
  /// for it will say so.
  public void leave(String gateway, long since) {
    try {
      db.submit(
          tx -> {
            store.remove(tx, gateway, since);
            return since;
          },
          Completion.ignored());
    } catch (Fault e) {
      // As above.
    }
  }

  /// The server that holds the newest stream of `gateway`; null if none that lives does.
  public @Nullable Holder holder(String gateway) {
    return db.read(tx -> store.find(tx, gateway, aliveAt(tx)));
  }

  private static long aliveAt(Tx tx) {
    return tx.clockMs() - Nodes.SILENT.toMillis();
  }

  // --- asking

  /// Has the holder of `gateway` do `ask` with `client`, and returns when it has.
  ///
  /// @return false if no server that lives holds it
  /// @throws Fault the holder's; UNAVAILABLE if it does not answer; BUSY
  public boolean ask(GatewayAsk ask, String gateway, AccountId client) {
    long call = ids.next();
    CompletableFuture<ServerEvent.GatewayAnswered> answer = expect(call);
    try {
      boolean isHeld =
          db.write(
              tx -> {
                Holder holder = store.find(tx, gateway, aliveAt(tx));
                if (holder == null) {
                  return false;
                }
                bus.publish(
                    tx,
                    new ServerEvent.GatewayAsked(
                        call, self, holder.node(), ask, gateway, client.value(), NOTHING));
                return true;
              });
      if (isHeld) {
        require(answer, "gateway_id: the server that holds this gateway does not answer");
      }
      return isHeld;
    } finally {
      asked.remove(call);
    }
  }

  /// Has every other server send `data` to all clients of its gateways, does `meanwhile`, and
  /// returns when they have.
  ///
  /// @throws Fault UNAVAILABLE if one does not answer; the others have done it. BUSY, TOO_LARGE
  public void askAll(byte[] data, Runnable meanwhile) {
    Map<Long, CompletableFuture<ServerEvent.GatewayAnswered>> answers = new HashMap<>();
    List<Node> holders = new ArrayList<>(db.read(tx -> store.holders(tx, aliveAt(tx))));
    holders.removeIf(this::isSelf);
    if (!holders.isEmpty() && data.length > EventWire.BYTES_MAX - OVERHEAD) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "data: over " + (EventWire.BYTES_MAX - OVERHEAD) + " bytes");
    }
    List<ServerEvent> asks = new ArrayList<>();
    try {
      for (Node holder : holders) {
        long call = ids.next();
        answers.put(call, expect(call));
        asks.add(
            new ServerEvent.GatewayAsked(call, self, holder, GatewayAsk.SEND_TO_ALL, "", 0, data));
      }
      if (!asks.isEmpty()) {
        db.change(tx -> asks.forEach(each -> bus.publish(tx, each)));
      }
      meanwhile.run();
      answers
          .values()
          .forEach(
              answer ->
                  require(
                      answer,
                      "a server does not answer: its gateways' clients may not have got it"));
    } finally {
      answers.keySet().forEach(asked::remove);
    }
  }

  private CompletableFuture<ServerEvent.GatewayAnswered> expect(long call) {
    if (asked.size() >= ASKED_MAX) {
      throw Fault.retry(FaultCode.BUSY, "too many calls for gateways at other servers", RETRY);
    }
    CompletableFuture<ServerEvent.GatewayAnswered> answer = new CompletableFuture<>();
    asked.put(call, answer);
    return answer;
  }

  private static void require(
      CompletableFuture<ServerEvent.GatewayAnswered> expected, String silent) {
    ServerEvent.GatewayAnswered answer;
    try {
      answer = expected.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Fault.retry(FaultCode.UNAVAILABLE, silent, RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Fault.of(FaultCode.UNAVAILABLE, "the server is stopping");
    } catch (ExecutionException e) {
      throw Fault.internal(e);
    }
    if (!answer.code().isEmpty()) {
      throw fault(answer);
    }
  }

  private static Fault fault(ServerEvent.GatewayAnswered answer) {
    FaultCode code;
    try {
      code = FaultCode.valueOf(answer.code());
    } catch (IllegalArgumentException e) {
      code = FaultCode.UNAVAILABLE; // What a newer server knows.
    }
    return Fault.retry(code, answer.text(), Duration.ofMillis(answer.retryMs()));
  }

  // --- answering

  /// What came of `ask`, which another server sent here; null: it was done. Does not wait. An
  /// answer that cannot be stored is one that does not come.
  public void answer(ServerEvent.GatewayAsked ask, @Nullable Fault fault) {
    ServerEvent answer =
        new ServerEvent.GatewayAnswered(
            ask.call(),
            ask.asker(),
            fault == null ? "" : fault.code().name(),
            fault == null ? "" : fault.text(),
            fault == null ? 0 : fault.retryAfter().toMillis());
    try {
      db.submit(
          tx -> {
            bus.publish(tx, answer);
            return answer;
          },
          Completion.ignored());
    } catch (Fault e) {
      // As above.
    }
  }

  /// An answer, whoever it is for.
  public void hear(ServerEvent.GatewayAnswered answer) {
    if (isSelf(answer.asker())) {
      CompletableFuture<ServerEvent.GatewayAnswered> expected = asked.get(answer.call());
      if (expected != null) {
        expected.complete(answer);
      }
    }
  }
}
