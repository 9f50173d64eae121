package io.parley.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// A ledger that cannot fail is worthless: each fault is shown to be found, and found alone.
class LedgerTest {
  private static final int ALICE = 1;
  private static final int BOB = 2;
  private static final AckLedger NOBODY = new AckLedger(-1);

  private final AckLedger alice = new AckLedger(ALICE);
  private final DeliveryLedger device = new DeliveryLedger();

  @Test
  void everythingInOrder_isClean() {
    ack(1, 2, 3, 4);
    push(1, 2, 3, 4);
    assertTrue(finish().clean());
  }

  @Test
  void gapThatStays_isLost() {
    ack(1, 2, 3, 4, 5);
    push(1, 4, 5);
    assertEquals(new Faults(2, 0, 0, 0, 0, 0, 0, 0), finish());
  }

  @Test
  void missingTail_isLost() {
    ack(1, 2, 3);
    push(1);
    assertEquals(2, finish().lost());
  }

  @Test
  void nothingAtAll_isLost() {
    ack(1, 2, 3);
    assertEquals(3, finish().lost());
  }

  @Test
  void missingTail_ofADeviceClosedAsSlow_isExcused_butAGapIsNot() {
    ack(1, 2, 3, 4, 5);
    push(1, 3);
    assertEquals(1, device.finish(timeline(), NOBODY, true, true).lost());
  }

  @Test
  void pushedAgain_isDuplicated() {
    ack(1, 2, 3);
    push(1, 2, 2, 3, 1);
    assertEquals(new Faults(0, 2, 0, 0, 0, 0, 0, 0), finish());
  }

  @Test
  void gapFilledLater_isReordered() {
    ack(1, 2, 3, 4);
    push(1, 3, 2, 4);
    assertEquals(new Faults(0, 0, 1, 0, 0, 0, 0, 0), finish());
  }

  @Test
  void gapFilledTwice_isReorderedAndDuplicated() {
    ack(1, 2, 3);
    push(1, 3, 2, 2);
    assertEquals(new Faults(0, 1, 1, 0, 0, 0, 0, 0), finish());
  }

  @Test
  void seqZero_isAFault() {
    ack(1);
    push(1);
    device.pushed(0, ALICE, 1);
    assertFalse(finish().clean());
  }

  @Test
  void unacknowledgedMessage_notPushed_isNotLost() {
    ack(1, 3);
    push(1, 3);
    assertEquals(0, device.finish(timeline(), NOBODY, false, false).lost());
  }

  @Test
  void anotherMessageAtTheSameSeq_isAltered() {
    ack(1, 2);
    device.pushed(1, ALICE, 2);
    device.pushed(2, ALICE, 1);
    assertEquals(new Faults(0, 0, 0, 0, 0, 0, 1, 0), finish());
  }

  @Test
  void anotherSendersMessage_isAltered() {
    ack(1);
    device.pushed(1, BOB, 1);
    assertEquals(1, finish().altered());
  }

  @Test
  void ownMessages_areNotAwaited_andAnEchoIsFound() {
    AckLedger bob = new AckLedger(BOB);
    ack(1, 3);
    bob.acked(1, 2);
    bob.acked(2, 4);
    Timeline timeline = new Timeline(List.of(alice, bob));
    push(1, 3);
    assertTrue(device.finish(timeline, bob, false, true).clean());
    device.pushed(4, BOB, 2);
    assertEquals(1, device.finish(timeline, bob, false, true).echoed());
  }

  @Test
  void timeline_sameSeqForTwoMessages_isFound() {
    alice.acked(1, 1);
    alice.acked(2, 1);
    assertEquals(1, timeline().seqsTwice());
  }

  @Test
  void timeline_sameSeqForTwoSenders_isFound() {
    AckLedger bob = new AckLedger(BOB);
    alice.acked(1, 1);
    bob.acked(1, 1);
    assertEquals(1, new Timeline(List.of(alice, bob)).seqsTwice());
  }

  @Test
  void timeline_oneMessageUnderTwoSeqs_isFound() {
    alice.acked(1, 1);
    alice.acked(1, 2);
    assertEquals(1, timeline().ackedTwice());
  }

  @Test
  void timeline_missingSeqs_areHoles() {
    ack(2, 3, 6);
    assertEquals(3, timeline().holes());
    assertEquals(3, timeline().acked());
    assertEquals(6, timeline().last());
  }

  @Test
  void timeline_laterMessageWithLowerSeq_isOvertaken() {
    alice.acked(1, 2);
    alice.acked(2, 1);
    alice.acked(3, 3);
    assertEquals(1, timeline().overtaken());
  }

  @Test
  void timeline_holdsOnlyWhatWasAcknowledgedThere() {
    ack(1, 2);
    assertTrue(timeline().holds(2, ALICE, 2));
    assertFalse(timeline().holds(2, ALICE, 1));
    assertFalse(timeline().holds(2, BOB, 2));
    assertFalse(timeline().holds(3, ALICE, 3));
  }

  @Test
  void faults_add_fieldByField() {
    Faults one = new Faults(1, 2, 3, 4, 5, 6, 7, 8);
    assertEquals(new Faults(2, 4, 6, 8, 10, 12, 14, 16), one.plus(one));
    assertFalse(one.clean());
    assertTrue(Faults.NONE.plus(Faults.NONE).clean());
  }

  private void ack(int... seqs) {
    for (int seq : seqs) {
      alice.acked(seq, seq);
    }
  }

  private void push(int... seqs) {
    for (int seq : seqs) {
      device.pushed(seq, ALICE, seq);
    }
  }

  private Timeline timeline() {
    return new Timeline(List.of(alice));
  }

  private Faults finish() {
    return device.finish(timeline(), NOBODY, false, true);
  }
}
