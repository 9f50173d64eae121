package io.parley.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboxTest {
  private final Inbox inbox = new Inbox();

  @Test
  void everythingPushedInOrder_leavesNothingToPull() {
    assertFalse(push(1));
    assertFalse(push(2));
    assertEquals(0, inbox.missing(history(2)));
    assertEquals(0, inbox.late() + inbox.twice() + inbox.altered());
  }

  @Test
  void skippedSeq_showsAGap_whichAPullFills() {
    push(1);
    assertTrue(push(3));
    assertEquals(1, inbox.missing(history(3)));
    inbox.pulled(message(2));
    assertEquals(0, inbox.missing(history(3)));
    assertEquals(3, inbox.whole());
  }

  @Test
  void lastPushLost_showsNoGap_andIsFoundMissing() {
    push(1);
    assertEquals(1, inbox.missing(history(2)));
  }

  @Test
  void pushBelowAnotherOfTheSameConnection_isLate() {
    push(1);
    push(3);
    push(2);
    assertEquals(1, inbox.late());
  }

  @Test
  void pushBelowAnotherOfAnEarlierConnection_isNot() {
    push(1);
    push(3);
    inbox.reconnected();
    push(2);
    assertEquals(0, inbox.late());
  }

  @Test
  void pushAgain_isNoted_andIsNotLate() {
    push(1);
    push(2);
    push(1);
    assertEquals(1, inbox.twice());
    assertEquals(0, inbox.late());
  }

  @Test
  void anotherMessageUnderTheSameSeq_isAltered() {
    push(1);
    inbox.pulled(new Stored(1, 9, 9));
    assertEquals(1, inbox.altered());
  }

  @Test
  void anotherMessageThanIsStored_isMissing() {
    inbox.pulled(new Stored(1, 9, 9));
    assertEquals(1, inbox.missing(history(1)));
  }

  @Test
  void walkThatDoesNotReachTheNewestMessage_isBehind() {
    Map<Long, Integer> newest = Map.of(1L, 10, 2L, 20, 3L, 30);
    assertEquals(0, Walker.behind(newest, newest));
    assertEquals(1, Walker.behind(Map.of(1L, 10, 2L, 19, 3L, 30), newest));
    assertEquals(2, Walker.behind(Map.of(1L, 10), newest));
  }

  private boolean push(int seq) {
    return inbox.pushed(message(seq));
  }

  private static Stored message(int seq) {
    return new Stored(seq, 1, seq);
  }

  private static List<Stored> history(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(InboxTest::message).toList();
  }
}
