package io.parley.face.gateway;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import io.parley.base.AccountId;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.bus.GatewayAsk;
import io.parley.bus.ServerEvent;
import io.parley.cluster.HeldGateways;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gateways whose streams other servers hold, and what those want of the ones that are here. With
/// one server there are none.
final class Elsewhere {
  private static final Logger log = LoggerFactory.getLogger(Elsewhere.class);

  private final Gateways gateways;
  private final @Nullable HeldGateways held;
  private final Executor broadcasts;

  /// `held`: null where there is no other server.
  Elsewhere(Gateways gateways, @Nullable HeldGateways held, Executor executor) {
    this.gateways = gateways;
    this.held = held;
    this.broadcasts = MoreExecutors.newSequentialExecutor(executor);
  }

  // --- streams

  /// Makes it known that the gateway `id` has a new stream here; `taken` hears its `since`, which
  /// is 0 where there is nobody to know. Does not wait.
  ///
  /// @throws Fault BUSY, UNAVAILABLE
  void take(String id, Completion<Long> taken) {
    if (held == null) {
      taken.done(0L);
    } else {
      held.take(id, taken);
    }
  }

  /// The stream of the gateway `id` that was taken `since` is over.
  void leave(String id, long since) {
    if (held != null && since != 0) {
      held.leave(id, since);
    }
  }

  /// Looks whether another server holds a newer stream of `gateway`: that may have come unheard.
  void lookAgain(Gateway gateway) {
    if (held != null) {
      HeldGateways.Holder holder = held.holder(gateway.id());
      if (holder != null && !held.isSelf(holder.node())) {
        gateway.taken(holder.since());
      }
    }
  }

  // --- what is wanted of others

  /// Has another server do `ask`, and returns when it has; false if no other holds the gateway.
  ///
  /// @throws Fault that server's; UNAVAILABLE if it does not answer; FAILED_PRECONDITION if the
  ///     gateway lost its stream meanwhile
  boolean does(GatewayAsk ask, String id, AccountId client) {
    if (held == null) {
      return false;
    }
    HeldGateways.Holder holder = held.holder(id);
    if (holder == null || held.isSelf(holder.node())) {
      return false;
    }
    if (!held.ask(ask, id, client)) {
      throw Gateways.noStream();
    }
    return true;
  }

  /// Has all send `data` to the clients of their gateways; `here` does it for this server.
  ///
  /// @throws Fault UNAVAILABLE if another server does not answer
  void broadcast(ByteString data, Runnable here) {
    if (held == null) {
      here.run();
    } else {
      held.askAll(data.toByteArray(), here);
    }
  }

  // --- what others want

  /// Hears the bus.
  void hear(ServerEvent event) {
    HeldGateways known = held;
    if (known == null) {
      return;
    }
    switch (event) {
      case ServerEvent.GatewayTaken taken -> {
        Gateway gateway = gateways.find(taken.gateway());
        if (gateway != null && !known.isSelf(taken.holder())) {
          gateway.taken(taken.since());
        }
      }
      case ServerEvent.GatewayAsked asked -> {
        if (known.isSelf(asked.holder())) {
          later(asked, () -> known.answer(asked, outcome(asked)));
        }
      }
      case ServerEvent.GatewayAnswered answered -> known.hear(answered);
      case ServerEvent.DevicesCame came -> {}
    }
  }

  /// Asks of one gateway one after the other, in the order in which they came.
  private void later(ServerEvent.GatewayAsked asked, Runnable action) {
    Gateway gateway = gateways.find(asked.gateway());
    try {
      (gateway == null ? broadcasts : gateway.asks()).execute(action);
    } catch (RejectedExecutionException e) {
      // The server stops: who asked will see that it does not answer.
    }
  }

  private @Nullable Fault outcome(ServerEvent.GatewayAsked asked) {
    try {
      switch (asked.ask()) {
        case REGISTER -> gateways.registerHere(asked.gateway(), new AccountId(asked.client()));
        case UNREGISTER -> gateways.unregisterHere(asked.gateway(), new AccountId(asked.client()));
        case SEND_TO_ALL -> gateways.broadcastHere(ByteString.copyFrom(asked.data()));
      }
      return null;
    } catch (RuntimeException | Error e) {
      Fault fault = Fault.from(e);
      if (fault.code() == FaultCode.INTERNAL) {
        log.error("what another server asked for failed", fault);
      }
      return fault;
    }
  }
}
