package io.parley.messaging;

import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.FaultCode;
import io.parley.base.Page;
import io.parley.harness.CoreWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlocksTest {
  @RegisterExtension
  static final CoreWorld world = new CoreWorld(Map.of("limits.blocks_per_account_max", "3"));

  private static Blocks blocks() {
    return world.core().blocks;
  }

  private static boolean exists(AccountId who, AccountId whom) {
    return world.core().db.read(tx -> blocks().exists(tx, who, whom));
  }

  private static boolean between(AccountId one, AccountId other) {
    return world.core().db.read(tx -> blocks().between(tx, one, other));
  }

  private static int closed(AccountId low, AccountId high) {
    return world.core().db.read(tx -> blocks().closed(tx, low, high));
  }

  private static long count(AccountId account) {
    return world.core().db.read(tx -> blocks().count(tx, account));
  }

  private static List<Blocks.Block> list(AccountId account, long page, long size) {
    return world.core().db.read(tx -> blocks().list(tx, account, new Page.Request(page, size)));
  }

  private static void block(AccountId who, AccountId whom) {
    world.core().db.change(tx -> blocks().add(tx, who, whom));
  }

  private static void unblock(AccountId who, AccountId whom) {
    world.core().db.change(tx -> blocks().remove(tx, who, whom));
  }

  @Test
  void block_isOnesOwn_andStandsBetweenBoth() {
    AccountId ann = world.register("ann-1").id();
    AccountId bob = world.register("bob-1").id();
    assertFalse(between(ann, bob));
    block(ann, bob);
    assertTrue(exists(ann, bob));
    assertFalse(exists(bob, ann));
    assertTrue(between(ann, bob));
    assertTrue(between(bob, ann));
    unblock(bob, ann);
    assertTrue(between(ann, bob), "that was not bob's to take back");
    unblock(ann, bob);
    assertFalse(between(ann, bob));
  }

  @Test
  void mark_saysWhichOfTheTwoBlocks() {
    AccountId low = world.register("low-2").id();
    AccountId high = world.register("high-2").id();
    assertEquals(0, closed(low, high));
    block(low, high);
    assertEquals(1, closed(low, high));
    block(high, low);
    assertEquals(3, closed(low, high));
    unblock(low, high);
    assertEquals(2, closed(low, high));
  }

  @Test
  void asManyAreBlocked_asTheLimitSays_andTwiceIsOnce() {
    AccountId ann = world.register("ann-3").id();
    List<AccountId> others =
        List.of("b", "c", "d", "e").stream().map(name -> world.register(name + "-3").id()).toList();
    others.subList(0, 3).forEach(each -> block(ann, each));
    block(ann, others.getFirst());
    assertEquals(3, count(ann));
    String said = refused(FaultCode.QUOTA, () -> block(ann, others.getLast()));
    assertTrue(said.contains("limits.blocks_per_account_max = 3"), said);
    unblock(ann, others.getFirst());
    block(ann, others.getLast());
  }

  @Test
  void list_beginsWithTheLatest_andSaysSinceWhen() {
    AccountId ann = world.register("ann-4").id();
    AccountId bob = world.register("bob-4").id();
    AccountId cat = world.register("cat-4").id();
    block(ann, cat);
    long first = world.clock().millis();
    world.clock().advance(Duration.ofSeconds(1));
    block(ann, bob);
    List<Blocks.Block> all = list(ann, 1, 50);
    assertEquals(List.of(new Blocks.Block(bob, first + 1_000), new Blocks.Block(cat, first)), all);
    assertEquals(List.of(new Blocks.Block(cat, first)), list(ann, 2, 1));
  }
}
