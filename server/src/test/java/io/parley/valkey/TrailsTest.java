package io.parley.valkey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.AccountId;
import io.parley.base.Node;
import io.parley.bus.Event;
import io.parley.bus.EventWire;
import io.parley.bus.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What node 1 makes of what node 2 says: events are accounts numbered as what says them, sent at
/// ten times their number.
class TrailsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final List<Long> heard = new ArrayList<>();
  private final List<Loss> lost = new ArrayList<>();
  private final Trails trails =
      new Trails(
          new Node(1, 100),
          event -> heard.add(((Event.AccountChanged) event).account().value()),
          lost::add);
  private long nowNs;

  @Test
  void numbersInOrder_areDeliveredWithoutLoss() {
    events(100, 1, 2, 3);
    beat(100, 3);
    events(100, 4);
    assertEquals(List.of(1L, 2L, 3L, 4L), heard);
    assertEquals(List.of(), lost);
  }

  @Test
  void numberThatIsSkipped_isALossSinceWhatCameBefore() {
    events(100, 1, 2, 5);
    assertEquals(List.of(1L, 2L, 5L), heard);
    assertEquals(List.of(new Loss(2, 20, true)), lost);
  }

  @Test
  void lastOneLost_showsWithTheBeat_once() {
    events(100, 1);
    beat(100, 2);
    beat(100, 2);
    assertEquals(List.of(new Loss(2, 10, true)), lost);
  }

  @Test
  void numberThatComesAgain_isDeliveredOnce() {
    events(100, 1, 2, 2, 1, 3);
    assertEquals(List.of(1L, 2L, 3L), heard);
    assertEquals(List.of(), lost);
  }

  @Test
  void whatComesLate_isALossAlreadyAndNotDelivered() {
    events(100, 1, 3, 2, 4);
    assertEquals(List.of(1L, 3L, 4L), heard);
    assertEquals(List.of(new Loss(2, 10, true)), lost);
  }

  @Test
  void olderEpoch_isNotHeard() {
    events(100, 1);
    events(101, 1);
    lost.clear();
    heard.clear();
    events(100, 2);
    beat(100, 9);
    assertEquals(List.of(), heard);
    assertEquals(List.of(), lost);
  }

  @Test
  void ownNumber_underAnOlderEpoch_isNotHeard_norIsOneself() {
    say(new Node(1, 99), Envelope.Kind.EVENTS, 1);
    say(new Node(1, 100), Envelope.Kind.EVENTS, 7);
    assertEquals(List.of(), heard);
    assertEquals(List.of(), lost);
  }

  @Test
  void nodeThatStartsAnewWithoutGoodbye_mayHaveLostItsLast() {
    events(100, 1, 2);
    beat(101, 0);
    events(101, 1);
    assertEquals(List.of(1L, 2L, 1L), heard);
    assertEquals(List.of(new Loss(2, 20, true)), lost);
  }

  @Test
  void nodeThatSaysGoodbye_isNotMissed() {
    events(100, 1);
    say(new Node(2, 100), Envelope.Kind.BYE, 1);
    nowNs += 10 * SECOND;
    trails.look(nowNs, 5_000);
    events(101, 1);
    assertEquals(List.of(), lost);
    assertEquals(1, trails.size());
  }

  @Test
  void nodeHeardInTheMiddle_isALoss_unlessThisOneHasOnlyBegun() {
    trails.hear(said(new Node(2, 100), Envelope.Kind.EVENTS, 7), true, nowNs);
    assertEquals(List.of(), lost);
    trails.hear(said(new Node(3, 100), Envelope.Kind.EVENTS, 7), false, nowNs);
    assertEquals(List.of(new Loss(3, 70, true)), lost);
  }

  @Test
  void silence_isToldEachSecond_andOnceMoreWhenItEnds() {
    events(100, 1);
    nowNs += 2 * SECOND;
    trails.look(nowNs, 2_000);
    assertEquals(List.of(), lost);
    nowNs += 2 * SECOND;
    trails.look(nowNs, 4_000);
    trails.look(nowNs + SECOND / 2, 4_500);
    trails.look(nowNs + SECOND, 5_000);
    assertEquals(List.of(new Loss(2, 10, false), new Loss(2, 4_000, false)), lost);
    lost.clear();
    events(100, 2);
    assertEquals(List.of(new Loss(2, 5_000, true)), lost);
    assertEquals(List.of(1L, 2L), heard);
  }

  @Test
  void silenceWhileThisNodeIsDeaf_isNotTheirs() {
    events(100, 1);
    nowNs += 10 * SECOND;
    trails.resume(nowNs);
    trails.look(nowNs + SECOND, 5_000);
    assertEquals(List.of(), lost);
  }

  @Test
  void nodeThatIsSilentForAnHour_isForgotten() {
    events(100, 1);
    trails.look(nowNs + Trails.FORGET.toNanos() + SECOND, 0);
    assertEquals(0, trails.size());
  }

  @Test
  void whatIsNotUnderstood_isALoss() {
    events(100, 1);
    say(new Node(2, 100), Envelope.Kind.NEWER, 2);
    byte[] newer = EventWire.encode(new Event.TrustChanged());
    newer[0]++;
    trails.hear(
        new Envelope(new Node(2, 100), Envelope.Kind.EVENTS, 3, 30, List.of(newer, new byte[3])),
        false,
        nowNs);
    assertEquals(List.of(new Loss(2, 10, true), new Loss(2, 20, true)), lost);
  }

  private void events(long epoch, long... numbers) {
    for (long number : numbers) {
      say(new Node(2, epoch), Envelope.Kind.EVENTS, number);
    }
  }

  private void beat(long epoch, long number) {
    say(new Node(2, epoch), Envelope.Kind.BEAT, number);
  }

  private void say(Node node, Envelope.Kind kind, long number) {
    trails.hear(said(node, kind, number), false, nowNs);
  }

  private static Envelope said(Node node, Envelope.Kind kind, long number) {
    List<byte[]> events =
        kind == Envelope.Kind.EVENTS
            ? List.of(EventWire.encode(new Event.AccountChanged(new AccountId(number))))
            : List.of();
    return new Envelope(node, kind, number, number * 10, events);
  }
}
