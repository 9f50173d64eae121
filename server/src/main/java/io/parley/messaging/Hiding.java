package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.MessageId;
import io.parley.bus.Audience;
import io.parley.bus.Bus;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.List;

/// Takes messages away from one account, on all its devices, and from nobody else. Their seqs stay
/// taken: where they stood it is told a [Message#husk].
public final class Hiding {
  /// Messages of one call.
  static final int AT_ONCE_MAX = 20;

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final MessageEncoder encoder;
  private final Memberships memberships;
  private final MarkStore marks = new MarkStore();

  Hiding(Platform platform, MessageEncoder encoder) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.encoder = encoder;
    this.memberships = new Memberships(platform.clock());
  }

  /// Takes messages away from the caller, all or none, or brings them back, without their stars.
  /// Twice changes nothing.
  ///
  /// @throws Fault INVALID_FIELD for none, TOO_LARGE for more than [#AT_ONCE_MAX]; NOT_FOUND for
  ///     one that the caller may not read; FAILED_PRECONDITION for a line of the server
  public void hide(Caller caller, List<MessageId> messages, boolean undo) {
    AccountId account = caller.requireAccount();
    if (messages.isEmpty()) {
      throw Fault.invalid("id", "missing");
    }
    if (messages.size() > AT_ONCE_MAX) {
      throw Fault.of(FaultCode.TOO_LARGE, "id: more than " + AT_ONCE_MAX + " messages");
    }
    db.change(tx -> messages.forEach(id -> hide(tx, account, id, undo)));
  }

  private void hide(Tx tx, AccountId account, MessageId id, boolean undo) {
    Message message = memberships.requireReadable(tx, id, account).message();
    if (message.isLine()) {
      throw Fault.of(FaultCode.FAILED_PRECONDITION, "the server's lines stay");
    }
    if (marks.isHidden(tx, account, message.conversation(), message.seq()) == !undo) {
      return;
    }
    marks.hide(tx, account, message, !undo, ids.next());
    Message now = marks.forReader(tx, account, List.of(message)).getFirst();
    bus.publish(tx, encoder.changed(now, new Audience.Pair(account, account)));
  }
}
