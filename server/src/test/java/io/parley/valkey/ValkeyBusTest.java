package io.parley.valkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Clock;
import io.parley.base.Node;
import io.parley.bus.Loss;
import io.parley.harness.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nodes 1 and 2 over one server.
@Timeout(60)
class ValkeyBusTest {
  @TempDir Path dir;
  private RedisProcess redis;

  @BeforeEach
  void start() {
    redis = RedisProcess.start(dir);
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void events_reachTheOthersOnceInOrder_andOneselfAtOnce() {
    try (Listener one = new Listener(redis.url(), 1);
        Listener two = new Listener(redis.url(), 2)) {
      Listener.meet(one, two);
      for (long number = 1; number <= 5_000; number++) {
        one.say(number);
        two.say(-number);
      }
      two.awaits(5_000);
      one.awaits(-5_000);
      one.awaits(5_000);
      List<Long> said = LongStream.rangeClosed(1, 5_000).boxed().toList();
      assertEquals(said, two.heardFrom(1));
      assertEquals(said, one.heardFrom(1));
      assertEquals(10_000, one.heardFrom(Long.MIN_VALUE).size());
      assertEquals(List.of(), one.losses());
      assertEquals(List.of(), two.losses());
    }
  }

  @Test
  void otherPrefix_isAnotherInstallation_andGoodbyeIsNoLoss() {
    try (Listener one = new Listener(redis.url(), 1)) {
      try (Listener two = new Listener(redis.url(), 2);
          ValkeyBus stranger =
              new ValkeyBus(
                  new ValkeyBus.Settings(
                      redis.url(), "other", java.time.Duration.ofSeconds(1), 100),
                  new Node(3, 1),
                  Clock.SYSTEM)) {
        Listener.meet(one, two);
        assertTrue(stranger.isGood());
        two.say(1);
      }
      // What it said last came although it stopped at once.
      one.awaits(1);
      Waiting.until(() -> one.nodes() == 1);
      assertEquals(List.of(), one.losses());
    }
  }

  @Test
  void pausedServer_holdsNobodyUp_andIsTold_andHeals() {
    try (Listener one = new Listener(redis.url(), new Node(1, 1), 100);
        Listener two = new Listener(redis.url(), 2)) {
      Listener.meet(one, two);
      redis.pause();
      for (long number = 1; number <= 1_000; number++) {
        one.say(number);
      }
      one.awaits(1_000);
      assertEquals(LongStream.rangeClosed(1, 1_000).boxed().toList(), one.heardFrom(1));
      assertTrue(one.gauge("parley_bus_dropped_total") > 0, "nothing was dropped");
      Waiting.until(() -> !one.bus.isGood() && !two.bus.isGood());
      Waiting.until(() -> two.losses().size() >= 2);
      assertTrue(
          two.losses().stream().noneMatch(loss -> loss.over() || loss.node() != Loss.ALL),
          () -> two.losses().toString());
      redis.goOn();
      Listener.meet(one, two);
      Waiting.until(() -> two.losses().stream().anyMatch(Loss::over));
      one.say(2_000);
      two.awaits(2_000);
      Waiting.until(() -> two.losses().stream().anyMatch(loss -> loss.over() && loss.node() == 1));
    }
  }

  @Test
  void killedServer_loses_butNothingUnnoticed() {
    try (Listener one = new Listener(redis.url(), 1);
        Listener two = new Listener(redis.url(), 2)) {
      Listener.meet(one, two);
      for (long number = 1; number <= 20_000; number++) {
        if (number == 5_000) {
          redis.kill();
        }
        one.say(number);
      }
      redis.startAgain();
      Listener.meet(one, two);
      one.say(20_001);
      two.awaits(20_001);
      one.awaits(20_001);
      List<Long> heard = two.heardFrom(1);
      boolean whole = heard.equals(LongStream.rangeClosed(1, 20_001).boxed().toList());
      assertTrue(
          whole || !two.losses().isEmpty(),
          () -> heard.size() + " of 20,001 were heard, and nobody was told");
      assertEquals(heard.stream().sorted().distinct().toList(), heard, "in order, once");
      assertEquals(20_001, one.heardFrom(1).size());
    }
  }

  @Test
  void fullServer_takesNothing_andHeals() {
    try (Listener one = new Listener(redis.url(), 1);
        Listener two = new Listener(redis.url(), 2)) {
      Listener.meet(one, two);
      redis.command("config", "set", "maxmemory", "1000");
      Waiting.until(() -> !one.bus.isGood() && !two.bus.isGood());
      one.say(1);
      one.awaits(1);
      Waiting.until(() -> !two.losses().isEmpty());
      redis.command("config", "set", "maxmemory", "0");
      Listener.meet(one, two);
      // What waited is said under the number that it had.
      two.awaits(1);
      one.say(2);
      two.awaits(2);
      assertEquals(List.of(1L, 2L), two.heardFrom(1));
    }
  }

  @Test
  void connectionsThatBreak_areMadeAnew_withoutLoss() {
    try (Proxy proxy = new Proxy(redis.port());
        Listener one = new Listener(proxy.url(), 1);
        Listener two = new Listener(proxy.url(), 2)) {
      Listener.meet(one, two);
      for (long number = 1; number <= 3_000; number++) {
        if (number % 1_000 == 500) {
          proxy.cut(false);
        }
        one.say(number);
      }
      two.awaits(3_000);
      assertEquals(LongStream.rangeClosed(1, 3_000).boxed().toList(), two.heardFrom(1));
      assertEquals(List.of(), two.losses());
    }
  }

  @Test
  void lastEventLost_thenSilence_isNoticed() {
    try (Proxy proxy = new Proxy(redis.port());
        Listener one = new Listener(proxy.url(), 1);
        Listener two = new Listener(redis.url(), 2)) {
      Listener.meet(one, two);
      one.say(1);
      two.awaits(1);
      proxy.mode(Proxy.Mode.LOSE);
      one.say(2);
      Waiting.until(() -> one.gauge("parley_bus_sending") == 0);
      long before = Clock.SYSTEM.millis();
      // Whatever comes next is the first that arrives: a beat, since nothing else happens.
      Waiting.until(() -> losing(proxy));
      Waiting.until(() -> !two.losses().isEmpty());
      Loss loss = two.losses().getFirst();
      assertEquals(1, loss.node());
      assertTrue(loss.sinceMs() <= before, loss::toString);
      assertEquals(List.of(1L), two.heardFrom(1));
    }
  }

  private static boolean losing(Proxy proxy) {
    if (proxy.lost() == 0) {
      return false;
    }
    proxy.mode(Proxy.Mode.PASS);
    return true;
  }

  @Test
  void swappedEntries_areALoss_andNothingIsHeardTwiceOrBackwards() {
    try (Proxy proxy = new Proxy(redis.port());
        Listener one = new Listener(proxy.url(), 1);
        Listener two = new Listener(redis.url(), 2)) {
      Listener.meet(one, two);
      proxy.mode(Proxy.Mode.SWAP);
      for (long number = 1; number <= 2_000; number++) {
        one.say(number);
      }
      Waiting.until(() -> !two.losses().isEmpty());
      proxy.mode(Proxy.Mode.PASS);
      one.say(3_000);
      two.awaits(3_000);
      List<Long> heard = two.heardFrom(1);
      assertEquals(heard.stream().sorted().distinct().toList(), heard);
    }
  }

  @Test
  void nodeWithAnOlderEpoch_isNotHeard() {
    try (Listener one = new Listener(redis.url(), new Node(1, 200), 100);
        Listener zombie = new Listener(redis.url(), new Node(1, 100), 100);
        Listener two = new Listener(redis.url(), 2)) {
      Waiting.until(() -> two.nodes() == 2 && zombie.nodes() == 3);
      one.say(1);
      two.awaits(1);
      zombie.say(2);
      one.say(3);
      two.awaits(3);
      Waiting.until(() -> zombie.gauge("parley_bus_sending") == 0);
      one.say(4);
      two.awaits(4);
      assertEquals(List.of(1L, 3L, 4L), two.heardFrom(1));
    }
  }

  @Test
  void garbageInTheStream_isCountedAndPassedOver() {
    try (Listener one = new Listener(redis.url(), 1);
        Listener two = new Listener(redis.url(), 2)) {
      Listener.meet(one, two);
      redis.command("xadd", "{test}:ev", "*", "e", "rubbish", "more", "rubbish");
      one.say(1);
      two.awaits(1);
      assertEquals(2, two.gauge("parley_bus_malformed_total"));
      assertTrue(two.bus.isGood());
      redis.command("del", "{test}:ev");
      redis.command("set", "{test}:ev", "no stream");
      Waiting.until(() -> !one.bus.isGood() && !two.bus.isGood());
      redis.command("del", "{test}:ev");
      Listener.meet(one, two);
      one.say(2);
      two.awaits(2);
    }
  }

  @Test
  void serverWhoseTimeIsBehind_isHeardAllTheSame() {
    try (Listener one = new Listener(redis.url(), 1);
        Listener two = new Listener(redis.url(), 2)) {
      Listener.meet(one, two);
      long future = Clock.SYSTEM.millis() + 3_600_000;
      redis.command("xadd", "{test}:ev", future + "-0", "e", "rubbish");
      Waiting.until(() -> two.gauge("parley_bus_malformed_total") == 1);
      redis.kill();
      redis.startAgain();
      one.say(1);
      Listener.meet(one, two);
      two.awaits(1);
    }
  }

  @Test
  void serverThatIsNotThere_isFoundWhenItIs() {
    redis.kill();
    try (Listener one = new Listener(redis.url(), 1)) {
      one.say(1);
      one.awaits(1);
      Waiting.until(() -> !one.bus.isGood());
      redis.startAgain();
      try (Listener two = new Listener(redis.url(), 2)) {
        Listener.meet(one, two);
        one.say(2);
        two.awaits(2);
      }
    }
    assertFalse(redis.command("keys", "*").isEmpty());
  }
}
