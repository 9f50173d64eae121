package io.parley.account;

import static io.parley.account.AccountWorld.HERE;
import static io.parley.account.AccountWorld.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.bus.Event;
import io.parley.harness.TestBus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is remembered of logins, and when it is forgotten. Without threads to hash on, a login that
/// is not remembered is told BUSY.
class RememberedLoginTest {
  @TempDir private Path folder;
  private final AtomicBoolean lost = new AtomicBoolean();
  private AccountWorld world;
  private AccountId ann;
  private AccountId bob;

  @BeforeEach
  void twoThatLoggedIn() {
    TestBus bus = new TestBus();
    bus.subscribe(this::keepFromOthers);
    world = new AccountWorld(folder, bus);
    ann = world.register("ann");
    bob = world.register("bob");
    assertEquals(List.of("ann", "bob"), loggedIn());
    world.passwords.close();
    assertEquals(List.of("ann", "bob"), loggedIn());
  }

  /// Whoever listens first and fails: of the test's bus nobody hears after that.
  private void keepFromOthers(Event event) {
    if (lost.get()) {
      throw new IllegalStateException("nobody hears of " + event);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private List<String> loggedIn() {
    return List.of("ann", "bob").stream().filter(this::isLetIn).toList();
  }

  private boolean isLetIn(String name) {
    try {
      return name.equals(world.accounts.verify(name, new Scheme.Plain(), PASSWORD, HERE).handle());
    } catch (Fault fault) {
      assertEquals("BUSY", fault.code().name());
      return false;
    }
  }

  @Test
  void changeOfAnAccount_forgetsItsLogins() {
    world.db.change(tx -> world.accounts.changed(tx, ann));
    assertEquals(List.of("bob"), loggedIn());
  }

  /// Whoever got the answer finds what is true, though no event has come yet.
  @Test
  void changeThatIsAnswered_isForgottenBeforeItIsHeardOf() {
    assertEquals("ann", world.accounts.requireProfile(ann).account().nickname());
    lost.set(true);
    world.accounts.edit(ann, "Anna", "");
    assertEquals("Anna", world.accounts.requireProfile(ann).account().nickname());
    assertEquals(List.of("bob"), loggedIn());
  }

  @Test
  void changeThatAnotherNodeMade_doesTheSame() {
    world.bus.publish(new Event.AccountChanged(bob));
    assertEquals(List.of("ann"), loggedIn());
  }

  @Test
  void otherNews_forgetsNothing() {
    world.bus.publish(new Event.ProfileChanged(ann, 7, List.of(ann)));
    assertEquals(List.of("ann", "bob"), loggedIn());
  }

  @Test
  void lossOfNews_forgetsAll() {
    world.bus.lose();
    assertEquals(List.of(), loggedIn());
  }
}
