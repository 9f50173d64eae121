package io.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Node;
import io.parley.base.SessionId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.harness.TestLimits;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Pushes that cannot be made: whoever may miss one is cut, and nobody else.
class DeliveryTest {
  private static final ConversationId GROUP = new ConversationId(900);
  private static final AccountId ANN = new AccountId(1);
  private static final AccountId BOB = new AccountId(2);
  private static final AccountId CARL = new AccountId(3);

  private final Lane lane = new Lane(Runnable::run, 100);
  private final SimEncoder encoder = new SimEncoder();
  private final Registry registry =
      new Registry(
          new Node(0, 0),
          TestLimits.defaults(),
          true,
          encoder,
          new SimEntropy(new Random(1)),
          Runnable::run);
  private final SimLink ann = connect(ANN);
  private final SimLink bob = connect(BOB);
  private final SimLink carl = connect(CARL);

  @Test
  void membersThatCannotBeRead_cutEverybody() {
    Delivery delivery =
        delivery(
            (group, since) -> {
              throw new IllegalStateException("the store is busy");
            },
            encoder);
    delivery.accept(posted(new Audience.Members()));
    assertEquals(List.of(true, true, true), cuts());
    assertEquals(3, delivery.cuts());
  }

  @Test
  void errorWhileMembersAreRead_cutsEverybody() {
    Delivery delivery =
        delivery(
            (group, since) -> {
              throw new StackOverflowError();
            },
            encoder);
    delivery.accept(posted(new Audience.Members()));
    assertEquals(List.of(true, true, true), cuts());
  }

  @Test
  void typingOfMembersThatCannotBeRead_cutsNobody() {
    Delivery delivery =
        delivery(
            (group, since) -> {
              throw new IllegalStateException("the store is busy");
            },
            encoder);
    delivery.accept(new Event.Typing(GROUP, ANN, new Audience.Members()));
    assertEquals(List.of(false, false, false), cuts());
  }

  @Test
  void messageThatCannotBeEncoded_cutsItsAudienceOnly() {
    PushEncoder broken =
        new PushEncoder() {
          @Override
          public ByteBuf encode(Event event, WireForm form) {
            throw new StackOverflowError();
          }

          @Override
          public ByteBuf sync(WireForm form) {
            return encoder.sync(form);
          }

          @Override
          public ByteBuf closing(ClosingReason reason, int reconnectAfterMs, WireForm form) {
            return encoder.closing(reason, reconnectAfterMs, form);
          }
        };
    delivery((group, since) -> new long[] {1, 2}, broken).accept(posted(new Audience.Members()));
    assertEquals(List.of(true, true, false), cuts());
  }

  @Test
  void whatIsMissed_cutsThoseItConcerns() {
    Delivery delivery = delivery((group, since) -> new long[] {2, 3}, encoder);
    delivery.accept(new Event.Missed(GROUP, new Audience.Pair(ANN, BOB)));
    assertEquals(List.of(true, true, false), cuts());
    delivery.accept(new Event.Missed(GROUP, new Audience.Members()));
    assertEquals(List.of(true, true, true), cuts());
  }

  @Test
  void activity_isToldToDevicesOfTheNativeProtocolOnly() {
    AccountId dan = new AccountId(4);
    for (WireForm form : WireForm.values()) {
      connect(dan, form, form.name());
    }
    Set<WireForm> told = EnumSet.noneOf(WireForm.class);
    PushEncoder recording =
        new PushEncoder() {
          @Override
          public ByteBuf encode(Event event, WireForm form) {
            told.add(form);
            return encoder.sync(form);
          }

          @Override
          public ByteBuf sync(WireForm form) {
            return encoder.sync(form);
          }

          @Override
          public ByteBuf closing(ClosingReason reason, int reconnectAfterMs, WireForm form) {
            return encoder.closing(reason, reconnectAfterMs, form);
          }
        };
    delivery((group, since) -> new long[0], recording).accept(new Event.ActivityChanged(dan, 1));
    assertEquals(EnumSet.of(WireForm.BINARY, WireForm.TEXT, WireForm.STREAM), told);
    assertEquals(List.of(false, false, false), cuts());
  }

  private Delivery delivery(MemberSource members, PushEncoder with) {
    return new Delivery(registry, members, with, TestLimits.defaults());
  }

  private static Event posted(Audience audience) {
    return new Event.MessagePosted(GROUP, 1, 0, audience, new byte[0]);
  }

  private List<Boolean> cuts() {
    return List.of(ann.wasCut(), bob.wasCut(), carl.wasCut());
  }

  private SimLink connect(AccountId account) {
    return connect(account, WireForm.BINARY, "phone");
  }

  private SimLink connect(AccountId account, WireForm form, String device) {
    long id = registry.nextId();
    Caller caller = new Caller(account, new SessionId(id), Set.of(), "sim", "", id);
    SimLink link = new SimLink(false);
    link.connection = new Connection(id, caller, device, form, lane, link);
    registry.admit(link.connection, () -> caller);
    return link;
  }
}
