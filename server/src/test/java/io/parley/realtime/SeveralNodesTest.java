package io.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Ids;
import io.parley.base.Node;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import io.parley.valkey.RedisProcess;
import io.parley.valkey.ValkeyBus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ann is connected to node 2, messages to her come in at node 1, and both have one store.
@Timeout(60)
class SeveralNodesTest {
  private static final ConversationId CHAT = new ConversationId(900);
  private static final Audience BOTH = new Audience.Pair(new AccountId(1), new AccountId(2));

  @TempDir Path dir;
  private final Crowd crowd = new Crowd(TestLimits.defaults(), true, 0, Runnable::run);
  private final Crowd.Peer ann = crowd.peer(1, "phone").admit();
  private final NavigableMap<Long, Long> store = new ConcurrentSkipListMap<>();
  private final Ids ids = new Ids(Clock.SYSTEM, 1);
  private final Set<Long> pushed = ConcurrentHashMap.newKeySet();
  private RedisProcess redis;
  private ValkeyBus one;
  private ValkeyBus two;
  private Repair repair;

  @BeforeEach
  void start() {
    redis = RedisProcess.start(dir);
    one = redis.bus(1);
    two = redis.bus(2);
    Delivery delivery =
        new Delivery(crowd.registry, (group, since) -> new long[0], crowd, TestLimits.defaults()) {
          @Override
          public synchronized void accept(Event event) {
            super.accept(event);
            if (event instanceof Event.MessagePosted posted) {
              pushed.add(posted.seq());
            }
          }
        };
    repair =
        new Repair(
            new Node(2, 1),
            crowd.registry,
            delivery,
            delivery::accept,
            this::read,
            Clock.SYSTEM,
            Duration.ofMillis(50),
            Thread::startVirtualThread);
    two.subscribe(delivery::accept);
    two.subscribe(repair::note);
    two.onLoss(repair::hear);
    Waiting.until(() -> nodes(one) == 2 && nodes(two) == 2);
  }

  @AfterEach
  void stop() {
    repair.close();
    one.close();
    two.close();
    redis.close();
  }

  private static long nodes(ValkeyBus bus) {
    var gauge = bus.gauges().get("parley_bus_nodes");
    return gauge == null ? 0 : gauge.getAsLong();
  }

  private long read(long above, int node, ObjLongConsumer<Event.MessagePosted> sink) {
    long last = above;
    for (Map.Entry<Long, Long> each : store.tailMap(above, false).entrySet()) {
      sink.accept(posted(each.getValue()), each.getKey());
      last = each.getKey();
    }
    return last;
  }

  private void post(long first, long last) {
    for (long seq = first; seq <= last; seq++) {
      store.put(ids.next(), seq);
      one.publish(posted(seq));
    }
  }

  private static Event.MessagePosted posted(long seq) {
    return new Event.MessagePosted(CHAT, seq, 0, BOTH, new byte[100]);
  }

  @Test
  void messages_arriveWithTheServerKilled_andLiveAgainWithItBack() {
    post(1, 50);
    Waiting.until(() -> pushed.size() == 50);
    assertEquals(50, ann.frames);
    redis.kill();
    post(51, 100);
    Waiting.until(() -> pushed.size() == 100);
    assertEquals(100, ann.frames);
    post(101, 150);
    Waiting.until(() -> pushed.size() == 150);
    redis.startAgain();
    Waiting.until(() -> one.isGood() && two.isGood());
    Waiting.until(() -> crowd.syncs > 0);
    post(151, 151);
    Waiting.until(() -> pushed.contains(151L));
    assertEquals(151, pushed.size());
  }

  @Test
  void messagesThatDidNotFit_arriveToo() {
    one.close();
    ValkeyBus narrow =
        new ValkeyBus(
            new ValkeyBus.Settings(redis.url(), "test", Duration.ofSeconds(1), 1),
            new Node(1, 2),
            Clock.SYSTEM);
    try {
      Waiting.until(() -> nodes(two) == 2);
      redis.pause();
      for (long seq = 1; seq <= 500; seq++) {
        store.put(ids.next(), seq);
        narrow.publish(posted(seq));
      }
      redis.goOn();
      Waiting.until(() -> pushed.size() == 500);
      assertTrue(ann.frames >= 500, () -> ann.frames + " pushes");
    } finally {
      narrow.close();
    }
  }
}
