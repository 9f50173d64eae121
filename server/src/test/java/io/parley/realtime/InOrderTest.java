package io.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.MessageId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.harness.TestClock;
import io.parley.harness.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// "1" is the message with seq 1, "1x" its recall, "1e" its edit, "pull" that devices are asked to.
class InOrderTest {
  private static final ConversationId CHAT = new ConversationId(7);
  private static final Audience BOTH = new Audience.Pair(new AccountId(1), new AccountId(2));
  private static final Duration HOLD = Duration.ofMillis(200);

  private final TestClock clock = new TestClock();
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private boolean current = true;
  private final InOrder order = order(clock);

  private InOrder order(Clock time) {
    return new InOrder(
        event -> heard.add(word(event)),
        (conversation, audience) -> heard.add(conversation.equals(CHAT) ? "pull" : "pull other"),
        HOLD,
        time,
        () -> current);
  }

  private static String word(Event event) {
    return switch (event) {
      case Event.MessagePosted it ->
          (it.conversation().equals(CHAT) ? "" : it.conversation().value() + ":") + it.seq();
      case Event.MessageRecalled it -> it.seq() + "x";
      case Event.MessageChanged it -> it.seq() + "e";
      case Event.AccountChanged it -> "account " + it.account().value();
      default -> event.toString();
    };
  }

  private void post(long... seqs) {
    for (long seq : seqs) {
      post(CHAT, seq);
    }
  }

  private void post(ConversationId chat, long seq) {
    order.accept(new Event.MessagePosted(chat, seq, 0, BOTH, new byte[0]));
  }

  private void recall(long seq) {
    order.accept(new Event.MessageRecalled(CHAT, seq, new MessageId(seq), new AccountId(1), BOTH));
  }

  private void edit(long seq) {
    order.accept(new Event.MessageChanged(CHAT, seq, BOTH, new byte[0]));
  }

  private void waitFor(Duration time) {
    clock.advance(time);
    order.look();
  }

  @Test
  void messages_thatComeInTheirTurn_passAtOnce() {
    post(5, 6, 7);
    assertEquals(List.of("5", "6", "7"), heard);
    assertEquals(0, order.look());
  }

  @Test
  void messageAheadOfItsTurn_waitsForTheOneBefore() {
    post(5, 7, 8);
    assertEquals(List.of("5"), heard);
    assertTrue(order.look() > 0);
    post(6);
    assertEquals(List.of("5", "6", "7", "8"), heard);
    assertEquals(0, order.look());
    waitFor(HOLD);
    assertEquals(4, heard.size());
  }

  @Test
  void otherConversations_andOtherEvents_waitForNobody() {
    post(5, 7);
    post(new ConversationId(8), 3);
    order.accept(new Event.AccountChanged(new AccountId(1)));
    assertEquals(List.of("5", "8:3", "account 1"), heard);
  }

  @Test
  void whatNeverComes_isWaitedForAWhile_thenDevicesPull() {
    post(5, 7, 9);
    waitFor(HOLD.minusMillis(1));
    assertEquals(List.of("5"), heard);
    waitFor(Duration.ofMillis(1));
    assertEquals(List.of("5", "7", "9", "pull"), heard);
    post(6, 8, 10);
    assertEquals(List.of("5", "7", "9", "pull", "10"), heard, "not pushed after later ones");
  }

  @Test
  void eachGap_isWaitedForAsLong() {
    post(5, 7, 9);
    clock.advance(HOLD.minusMillis(50));
    post(6);
    waitFor(Duration.ofMillis(100));
    assertEquals(List.of("5", "6", "7"), heard);
    waitFor(HOLD);
    assertEquals(List.of("5", "6", "7", "9", "pull"), heard);
  }

  @Test
  void whatHappenedToAMessage_comesAfterIt() {
    post(5);
    recall(7);
    edit(7);
    edit(6);
    recall(5);
    assertEquals(List.of("5", "5x"), heard);
    post(6);
    assertEquals(List.of("5", "5x", "6", "6e"), heard);
    post(7);
    assertEquals(List.of("5", "5x", "6", "6e", "7", "7x", "7e"), heard);
    edit(3);
    assertEquals("3e", heard.getLast());
  }

  @Test
  void changeOfAMessageThatNeverComes_isPassedOn_andDevicesPull() {
    post(5);
    edit(6);
    waitFor(HOLD);
    assertEquals(List.of("5", "6e", "pull"), heard);
  }

  @Test
  void changeInAConversationThatIsNotRemembered_passesAtOnce() {
    recall(4);
    assertEquals(List.of("4x"), heard);
  }

  @Test
  void earlierOneThanTheFirstRemembered_isNotPushedAfterIt() {
    post(6, 5);
    assertEquals(List.of("6", "pull"), heard);
  }

  @Test
  void messageThatComesTwice_isPushedOnce() {
    post(5, 5, 7, 7, 6, 6, 7);
    assertEquals(List.of("5", "6", "7"), heard);
  }

  @Test
  void whileNobodyKnowsWhoLoggedOut_nothingIsLetGo() {
    post(5, 7);
    current = false;
    waitFor(HOLD.multipliedBy(3));
    assertEquals(List.of("5"), heard);
    assertTrue(order.look() > 0, "it looks again");
    current = true;
    waitFor(Duration.ZERO);
    assertEquals(List.of("5", "7", "pull"), heard);
  }

  @Test
  void tooManyAhead_areNotHeld() {
    post(1);
    for (long seq = 3; seq <= 1_003; seq++) {
      post(seq);
    }
    assertEquals(1_003, heard.size());
    assertEquals(List.of("1", "3", "4"), heard.subList(0, 3));
    assertEquals("pull", heard.getLast());
    assertEquals(0, order.look());
  }

  @Test
  void conversationThatIsForgotten_letsGoOfWhatItHeld() {
    post(5, 7);
    for (long other = 100; other < 100 + 50_000; other++) {
      post(new ConversationId(other), 1);
    }
    int at = heard.indexOf("7");
    assertTrue(at > 0);
    assertTrue(heard.indexOf("pull") > at);
    assertEquals(0, order.look());
  }

  /// Two servers post in turn, and what one of them says is late now and then.
  @Test
  void howeverLateTheyAre_pushesNeverGoBack_andWhoeverLacksOneIsAsked() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      heard.clear();
      List<Long> on = new ArrayList<>();
      InOrder each = order(clock);
      for (long seq = 1; seq <= 60; seq++) {
        on.add(seq);
      }
      while (!on.isEmpty()) {
        long seq = on.remove(random.nextInt(Math.min(on.size(), 4)));
        if (random.nextInt(20) > 0) {
          each.accept(new Event.MessagePosted(CHAT, seq, 0, BOTH, new byte[0]));
        }
        clock.advance(Duration.ofMillis(random.nextInt(60)));
        each.look();
      }
      clock.advance(HOLD);
      each.look();
      long last = 0;
      long lackedBelow = 0;
      int pulls = 0;
      for (String word : List.copyOf(heard)) {
        if (word.equals("pull")) {
          pulls++;
          lackedBelow = last;
        } else {
          long seq = Long.parseLong(word);
          assertTrue(seq > last, "seed " + seed + ": " + heard);
          last = seq;
        }
      }
      long lack = last - heard.stream().filter(word -> !word.equals("pull")).distinct().count();
      assertTrue(lack == 0 || pulls > 0, "seed " + seed + ": " + heard);
      assertTrue(lackedBelow <= last);
    }
  }

  @Test
  void heldMessage_isLetGoByItself_untilItCloses() {
    InOrder running =
        new InOrder(
            event -> heard.add(word(event)),
            (conversation, audience) -> heard.add("pull"),
            Duration.ofMillis(20),
            Clock.SYSTEM,
            () -> current);
    running.start();
    running.accept(new Event.MessagePosted(CHAT, 1, 0, BOTH, new byte[0]));
    running.accept(new Event.MessagePosted(CHAT, 3, 0, BOTH, new byte[0]));
    Waiting.until(() -> heard.contains("pull"));
    assertEquals(List.of("1", "3", "pull"), heard);
    assertTrue(running.heartbeat().beats(Duration.ofMinutes(1)));
    running.close();
    Waiting.until(() -> !running.heartbeat().beats(Duration.ofMinutes(1)));
    assertFalse(running.heartbeat().beats(Duration.ofDays(1)));
  }
}
