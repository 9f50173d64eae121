package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Cursor;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.MessageId;
import io.parley.base.Slice;
import io.parley.bus.Audience;
import io.parley.bus.Bus;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an account alone keeps of messages: those that it wants to find again. Only its own devices
/// learn of it.
public final class Stars {
  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final MessageEncoder encoder;
  private final Limits limits;
  private final Memberships memberships;
  private final MessageStore messages = new MessageStore();
  private final MarkStore marks = new MarkStore();

  Stars(Platform platform, MessageEncoder encoder, Limits limits) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.encoder = encoder;
    this.limits = limits;
    this.memberships = new Memberships(platform.clock());
  }

  /// Stars a message, or takes the star away. Twice changes nothing.
  ///
  /// @return the message as the caller has it now
  /// @throws Fault NOT_FOUND for one that the caller may not read; FAILED_PRECONDITION for one that
  ///     was taken back, or a line of the server; QUOTA while there are `limits.stars_max`
  public Message star(Caller caller, MessageId id, boolean remove) {
    AccountId account = caller.requireAccount();
    return db.write(
        tx -> {
          Message message = memberships.requireMessage(tx, id, account).message();
          if (marks.isStarred(tx, account, message) == !remove) {
            return marks.forReader(tx, account, List.of(message)).getFirst();
          }
          if (!remove) {
            requireMayStar(tx, account, message);
          }
          long changed = ids.next();
          marks.star(tx, account, message, remove ? 0 : changed, changed);
          Message now =
              marks
                  .forAll(tx, List.of(message))
                  .getFirst()
                  .marked(remove ? Message.Mark.UNSTARRED : Message.Mark.STARRED);
          bus.publish(tx, encoder.changed(now, new Audience.Pair(account, account)));
          return remove ? now.marked(Message.Mark.NONE) : now;
        });
  }

  private void requireMayStar(Tx tx, AccountId account, Message message) {
    if (message.recalled()) {
      throw Fault.of(FaultCode.FAILED_PRECONDITION, "the message was taken back");
    }
    if (message.isLine()) {
      throw Fault.of(FaultCode.FAILED_PRECONDITION, "the server's lines take no stars");
    }
    if (marks.starCount(tx, account) >= limits.starsMax()) {
      throw Fault.of(
          FaultCode.QUOTA, "limits.stars_max = " + limits.starsMax() + " messages are starred");
    }
  }

  /// What the caller has starred and may still read, of all its conversations, the last first. A
  /// part may have fewer messages than were asked for and still not be the last.
  public Slice<Message> list(Caller caller, Slice.Request part) {
    AccountId account = caller.requireAccount();
    long before = part.after(Long.MAX_VALUE)[0];
    return db.read(
        tx -> {
          Slice<MarkStore.Placed> placed =
              Slice.of(
                  part,
                  marks.stars(tx, account, before, part.looked()),
                  star -> Cursor.of(star.place()));
          Map<MarkStore.Placed, Message> readable = new HashMap<>();
          for (MarkStore.Placed each : placed.rows()) {
            Message message = readable(tx, account, each);
            if (message != null) {
              readable.put(each, message);
            }
          }
          List<MarkStore.Placed> kept =
              placed.rows().stream().filter(readable::containsKey).toList();
          return new Slice<>(
              kept.stream().map(each -> Objects.requireNonNull(readable.get(each))).toList(),
              placed.next(),
              row -> Cursor.of(kept.get(row).place()));
        });
  }

  private @Nullable Message readable(Tx tx, AccountId account, MarkStore.Placed star) {
    Membership membership = memberships.find(tx, star.conversation(), account);
    Message message =
        membership == null || star.seq() > membership.visibleSeq()
            ? null
            : messages.at(tx, star.seq(), membership);
    return message == null || message.recalled()
        ? null
        : marks.forReader(tx, account, List.of(message)).getFirst();
  }
}
