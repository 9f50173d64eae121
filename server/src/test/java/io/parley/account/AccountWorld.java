package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.bus.Event;
import io.parley.harness.TestBus;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import io.parley.harness.TestStore;
import io.parley.platform.Platform;
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import io.parley.store.Scans;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What this package does, over a store in a folder and with time of its own: for all tests of a
/// class, which keep apart by their accounts.
final class AccountWorld implements AutoCloseable {
  /// Of everybody who is registered here.
  static final String PASSWORD = "secret-1";

  static final Source HERE = Source.ofAddress("10.0.0.1");

  /// Not in the store.
  static final AccountId NOBODY = new AccountId(3);

  final Limits limits;
  final TestClock clock = new TestClock();
  final TestBus bus;
  final AccountStore store = new AccountStore();
  final Db db;
  final Passwords passwords;
  final SecondFactors factors;
  final ProfileNews news;
  final Accounts accounts;
  final Editing editing;
  final Imports imports;
  final AccountSearch search;
  private final Scans scans;
  private final List<Event> heard = new ArrayList<>();

  AccountWorld(Path folder) {
    this(folder, new TestBus());
  }

  /// With a bus that somebody listens to already.
  AccountWorld(Path folder, TestBus bus) {
    // Few registrations, so that a test can use them up.
    this(folder, bus, TestLimits.with(Map.of("limits.registrations_per_hour_max", "40")));
  }

  AccountWorld(Path folder, TestBus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
    news = new ProfileNews(bus);
    db = Db.open(TestStore.settings(folder), folder, limits);
    Platform platform = TestPlatform.over(db, bus, clock, 1);
    var settings = new Passwords.Settings(64, 1, () -> List.of("salt"));
    passwords = new Passwords(settings, new byte[32], limits, Entropy.SYSTEM);
    factors = new SecondFactors(db, clock, Entropy.SYSTEM, new byte[32]);
    Naming naming = new Naming(List.of("admin"));
    accounts =
        new Accounts(
            platform,
            limits,
            passwords,
            new Accounts.Guards(new Throttle(clock, true), factors, new SecurityLog(clock)),
            new Accounts.Rules(naming, new NewPasswords(limits, true), news));
    editing = new Editing(platform, accounts, naming, limits);
    imports = new Imports(platform, limits, passwords);
    scans = new Scans(db, limits, Clock.SYSTEM);
    search = new AccountSearch(db, scans, limits);
    bus.subscribe(this::hear);
  }

  @Override
  public void close() {
    accounts.close();
    scans.close();
    passwords.close();
    db.close();
  }

  private synchronized void hear(Event event) {
    heard.add(event);
  }

  /// What was announced since the last look: of each write that returned, all.
  synchronized List<Event> events() {
    List<Event> events = List.copyOf(heard);
    heard.clear();
    return events;
  }

  static Accounts.Registration registration(AliasKind kind, String name) {
    return registration(Map.of(kind, name), name);
  }

  static Accounts.Registration registration(Map<AliasKind, String> names, String nickname) {
    return new Accounts.Registration(names, nickname, Gender.FEMALE, "", PASSWORD);
  }

  /// Somebody new with a username.
  AccountId register(String name) {
    return register(AliasKind.USERNAME, name);
  }

  /// Somebody new, a second after whatever was before.
  AccountId register(AliasKind kind, String name) {
    clock.advance(Duration.ofSeconds(1));
    return accounts.register(registration(kind, name), Source.OPERATOR).id();
  }

  /// As the store has it.
  Account stored(AccountId id) {
    @Nullable Account found = db.read(tx -> store.find(tx, id));
    return Objects.requireNonNull(found);
  }

  void disable(AccountId id) {
    db.change(tx -> accounts.setDisabled(tx, id, true));
  }

  /// As nothing in this program does yet.
  void delete(AccountId id) {
    db.change(tx -> tx.update("UPDATE account SET deleted_at = 5 WHERE id = ?", id.value()));
  }

  /// `call` fails with `code`; answers what is said of it.
  static String refused(FaultCode code, Runnable call) {
    Fault fault = assertThrows(Fault.class, call::run);
    assertEquals(code, fault.code(), fault.text());
    return fault.text();
  }
}
