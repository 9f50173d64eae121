package io.parley.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A judge that finds nothing is worthless: each fault is planted, and found alone.
class JudgementTest {
  private static final int ANN = 1;
  private static final int BEN = 2;

  private final List<Ack> acks = new ArrayList<>();
  private final List<Stored> history = new ArrayList<>();

  JudgementTest() {
    say(1, ANN, 1);
    say(2, BEN, 1);
    say(3, ANN, 2);
    say(4, ANN, 3);
    say(5, BEN, 2);
  }

  @Test
  void everythingInItsPlace_isClean() {
    assertEquals(Judgement.CLEAN, judge());
  }

  @Test
  void nothingAtAll_isClean() {
    assertEquals(Judgement.CLEAN, Judgement.of(List.of(), List.of()));
  }

  @Test
  void acknowledgedAndNotStored_isLost() {
    acks.add(new Ack(BEN, 3, 6));
    assertEquals(new Judgement(1, 0, 0, 0), judge());
  }

  @Test
  void storedElsewhereThanAcknowledged_isLostFromThere() {
    acks.set(2, new Ack(ANN, 2, 30));
    assertEquals(new Judgement(1, 0, 0, 0), judge());
  }

  @Test
  void storedAndNotAcknowledged_isNoFault() {
    history.add(new Stored(6, BEN, 3));
    assertEquals(Judgement.CLEAN, judge());
  }

  @Test
  void storedTwice_isDoubled() {
    history.add(new Stored(6, BEN, 2));
    assertEquals(new Judgement(0, 1, 0, 0), judge());
  }

  @Test
  void oneSeqForTwoMessages_isDoubled() {
    history.add(new Stored(5, BEN, 3));
    assertEquals(new Judgement(0, 1, 0, 0), judge());
  }

  @Test
  void seqThatNobodyHas_isAGap() {
    say(7, BEN, 3);
    assertEquals(new Judgement(0, 0, 1, 0), judge());
  }

  @Test
  void firstSeqMissing_isAGap() {
    acks.removeFirst();
    history.removeFirst();
    assertEquals(new Judgement(0, 0, 1, 0), judge());
  }

  @Test
  void storedAboveALaterOneOfTheSameSender_isReordered() {
    say(6, ANN, 5);
    say(7, ANN, 4);
    assertEquals(new Judgement(0, 0, 0, 1), judge());
  }

  @Test
  void faultsOfManyConversations_addUp() {
    acks.add(new Ack(BEN, 3, 6));
    assertEquals(new Judgement(2, 0, 0, 0), judge().plus(judge()));
  }

  private void say(int seq, int sender, int number) {
    acks.add(new Ack(sender, number, seq));
    history.add(new Stored(seq, sender, number));
  }

  private Judgement judge() {
    return Judgement.of(acks, history);
  }
}
