package io.parley.realtime;

import io.netty.buffer.ByteBuf;
import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Limits;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.bus.ServerEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries events to the connections of whom they concern.
///
/// Order: what the bus delivers first is written first to every connection. A connection that
/// misses one push gets no later one: it is cut, and its device pulls from its cursor when it is
/// back. The connection that sent a message is not pushed its own. Who is a member is asked when
/// the event is delivered.
///
/// A process has one delivery: it uses the lanes' scratch space while it gathers an audience.
public class Delivery {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final Registry registry;
  private final MemberSource members;
  private final PushEncoder encoder;
  private final int outboxBytesMax;
  private final List<Lane> lanes = new ArrayList<>();
  private final LongAdder pushes = new LongAdder();
  private final LongAdder cuts = new LongAdder();

  public Delivery(Registry registry, MemberSource members, PushEncoder encoder, Limits limits) {
    this.registry = registry;
    this.members = members;
    this.encoder = encoder;
    this.outboxBytesMax = limits.outboxBytesMax();
  }

  /// Hears one event of the bus: `bus.subscribe(delivery::accept)`. Waits while a lane of the
  /// audience is full, so it is not to be called on a lane's thread.
  public synchronized void accept(Event event) {
    try {
      route(event);
    } catch (RuntimeException | Error e) {
      log.error("{} could not be pushed", event.getClass().getSimpleName(), e);
      missed(event);
    } finally {
      // Empty unless gathering failed; then nobody of this audience may be left over for the next
      // event.
      lanes.forEach(Lane::takeGathered);
      lanes.clear();
    }
  }

  /// Pushes handed to connections since the start.
  public long pushes() {
    return pushes.sum();
  }

  /// Connections cut since the start because they did not read what was pushed to them.
  public long cuts() {
    return cuts.sum();
  }

  private void route(Event event) {
    switch (event) {
      case Event.MessagePosted posted -> {
        gather(posted.conversation(), posted.audience(), posted.origin());
        send(posted);
      }
      case Event.Missed missed -> missed(missed);
      case Event.MessageRecalled recalled -> {
        gather(recalled.conversation(), recalled.audience(), 0);
        send(recalled);
      }
      case Event.MessageChanged changed -> {
        gather(changed.conversation(), changed.audience(), 0);
        send(changed);
      }
      case Event.Typing typing -> {
        gatherOthers(typing);
        send(typing);
      }
      case Event.Presence presence -> {
        presence.audience().forEach(account -> gather(account.value(), 0));
        send(presence);
      }
      case Event.ReadMarked read -> {
        gather(read.conversation(), read.audience(), 0);
        send(read);
      }
      case Event.GroupChanged changed -> {
        gatherGroup(changed.group(), changed.member());
        changed.gone().stream()
            .filter(account -> !account.equals(changed.member()))
            .forEach(account -> gather(account.value(), 0));
        send(changed);
      }
      case Event.Notice notice -> {
        notice.audience().forEach(account -> gather(account.value(), 0));
        send(notice);
      }
      case Event.ProfileChanged changed -> {
        changed.audience().forEach(account -> gather(account.value(), 0));
        send(changed);
      }
      case Event.ActivityChanged changed -> {
        gatherNative(changed.account().value());
        send(changed);
      }
      case Event.RequestChanged changed -> {
        gatherNative(changed.account().value());
        send(changed);
      }
      case Event.SessionEnded ended -> registry.end(ended.account(), ended.session());
      // The sessions that a change ends come as events of their own; those that live on may have
      // other rights.
      case Event.AccountChanged changed -> registry.lookAgain(changed.account());
      case ServerEvent told -> {} // Whose it is hears it itself.
      case Event.TrustChanged changed -> {} // Programs have no connections of this kind.
    }
  }

  private void gather(ConversationId conversation, Audience audience, long origin) {
    switch (audience) {
      case Audience.Pair pair -> {
        gather(pair.low().value(), origin);
        if (!pair.low().equals(pair.high())) {
          gather(pair.high().value(), origin);
        }
      }
      case Audience.Members(long since) -> {
        for (long member : members.members(conversation, since)) {
          gather(member, origin);
        }
      }
      case Audience.MembersAnd more -> {
        for (long member : all(conversation, more)) {
          gather(member, origin);
        }
      }
      case Audience.MembersBut some -> {
        for (long member : members.members(conversation)) {
          if (!some.apart().contains(member)) {
            gather(member, origin);
          }
        }
      }
    }
  }

  private long[] all(ConversationId conversation, Audience.MembersAnd more) {
    LongStream present = LongStream.of(members.members(conversation, more.since()));
    LongStream gone = more.gone().stream().mapToLong(AccountId::value);
    return LongStream.concat(present, gone).distinct().toArray();
  }

  private void gatherOthers(Event.Typing typing) {
    long[] audience =
        switch (typing.audience()) {
          case Audience.Pair pair -> new long[] {pair.low().value(), pair.high().value()};
          case Audience.Members all -> members.members(typing.conversation());
          case Audience.MembersAnd more -> all(typing.conversation(), more);
          case Audience.MembersBut some ->
              Arrays.stream(members.members(typing.conversation()))
                  .filter(member -> !some.apart().contains(member))
                  .toArray();
        };
    for (long account : audience) {
      if (account != typing.account().value()) {
        gather(account, 0);
      }
    }
  }

  private void gatherGroup(ConversationId group, AccountId concerned) {
    boolean isMember = false;
    for (long member : members.members(group)) {
      isMember |= member == concerned.value();
      gather(member, 0);
    }
    if (!isMember) {
      gather(concerned.value(), 0);
    }
  }

  private void gather(long account, long origin) {
    for (Connection connection : registry.of(account)) {
      if (connection.id() != origin && connection.lane().gather(connection)) {
        lanes.add(connection.lane());
      }
    }
  }

  /// Other contracts know nothing of it.
  private void gatherNative(long account) {
    for (Connection connection : registry.of(account)) {
      boolean isNative =
          switch (connection.form()) {
            case BINARY, TEXT, STREAM -> true;
            case GATEWAY, POKE -> false;
          };
      if (isNative && connection.lane().gather(connection)) {
        lanes.add(connection.lane());
      }
    }
  }

  /// Some of those whom `event` concerns may not have been pushed it, so all of them are cut, and
  /// their devices pull.
  private void missed(Event event) {
    switch (event) {
      case Event.MessagePosted posted -> cut(posted.conversation(), posted.audience());
      case Event.Missed missed -> cut(missed.conversation(), missed.audience());
      case Event.MessageRecalled recalled -> cut(recalled.conversation(), recalled.audience());
      case Event.MessageChanged changed -> cut(changed.conversation(), changed.audience());
      case Event.ReadMarked read -> cut(read.conversation(), read.audience());
      case Event.GroupChanged changed -> {
        cut(changed.group(), new Audience.Members());
        changed.gone().forEach(account -> cut(account.value()));
        cut(changed.member().value());
      }
      case Event.Presence presence -> presence.audience().forEach(each -> cut(each.value()));
      case Event.Notice notice -> notice.audience().forEach(account -> cut(account.value()));
      case Event.ProfileChanged changed ->
          changed.audience().forEach(account -> cut(account.value()));
      case Event.ActivityChanged changed -> cut(changed.account().value());
      case Event.RequestChanged changed -> cut(changed.account().value());
      case Event.SessionEnded ended -> cut(ended.account().value());
      case Event.AccountChanged changed -> cut(changed.account().value());
      // Gone a moment later, whoever hears of it.
      case Event.Typing typing -> {}
      case Event.TrustChanged changed -> {}
      case ServerEvent told -> {}
    }
  }

  /// Asks the devices of a conversation to pull.
  public void askToPull(ConversationId conversation, Audience audience) {
    each(conversation, audience, this::sync);
  }

  private void cut(ConversationId conversation, Audience audience) {
    each(conversation, audience, this::cutLater);
  }

  private void each(ConversationId conversation, Audience audience, Consumer<Connection> work) {
    switch (audience) {
      case Audience.Pair pair -> {
        each(pair.low().value(), work);
        each(pair.high().value(), work);
      }
      case Audience.Members _, Audience.MembersAnd _, Audience.MembersBut _ -> {
        long[] known;
        try {
          known =
              switch (audience) {
                case Audience.Members(long since) -> members.members(conversation, since);
                case Audience.MembersAnd more -> all(conversation, more);
                default -> members.members(conversation);
              };
        } catch (RuntimeException | Error e) {
          log.error("nobody knows whom {} concerns, so all are told", conversation, e);
          registry.forEach(work);
          return;
        }
        for (long member : known) {
          each(member, work);
        }
      }
    }
  }

  private void each(long account, Consumer<Connection> work) {
    for (Connection connection : registry.of(account)) {
      work.accept(connection);
    }
  }

  private void cut(long account) {
    each(account, this::cutLater);
  }

  private void cutLater(Connection connection) {
    cuts.increment();
    registry.cutLater(connection, ClosingReason.SLOW);
  }

  private void send(Event event) {
    if (lanes.isEmpty()) {
      return;
    }
    Frames frames = new Frames(event, encoder, lanes.size());
    for (Lane lane : lanes) {
      Connection[] targets = lane.takeGathered();
      pushes.add(targets.length);
      lane.deliver(new Parcel(this, frames, targets));
    }
  }

  /// On the target's lane: writes, or cuts one that has stopped reading. Open for tests that break
  /// it on purpose.
  void push(Connection target, Frames frames) {
    if (!target.isOpen()) {
      return;
    }
    if (target.transport().pendingBytes() > outboxBytesMax) {
      giveUp(target);
      return;
    }
    ByteBuf frame = frames.in(target.form());
    target.push(frame.retainedDuplicate());
  }

  /// Asks the device of `target` to pull. From any thread.
  void sync(Connection target) {
    target
        .lane()
        .run(
            () -> {
              if (!target.isOpen()) {
                return;
              }
              if (target.transport().pendingBytes() > outboxBytesMax) {
                giveUp(target);
              } else {
                pushes.increment();
                target.push(encoder.sync(target.form()));
              }
            });
  }

  void giveUp(Connection target) {
    cuts.increment();
    registry.cut(target, ClosingReason.SLOW);
  }
}
