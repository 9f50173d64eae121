package io.parley.account;

import static io.parley.account.AccountWorld.HERE;
import static io.parley.account.AccountWorld.PASSWORD;
import static io.parley.account.AccountWorld.refused;
import static io.parley.account.AccountWorld.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.harness.TestBus;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes an account, and what does not.
class RegisteringTest {
  private static final Scheme PLAIN = new Scheme.Plain();
  private static final Scheme SIGNED = new Scheme.Signed("salt");

  @TempDir private static Path folder;
  private static AccountWorld world;

  @BeforeAll
  static void open() {
    world = new AccountWorld(folder);
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void whatWasSaid_isWhatIsStored() {
    var names =
        Map.of(AliasKind.USERNAME, "Ann", AliasKind.PHONE, "13800138000", AliasKind.EMAIL, "a@b.c");
    Account answered =
        world.accounts.register(
            new Accounts.Registration(names, "Ann Lee", Gender.MALE, "/ann.png", PASSWORD), HERE);
    Account stored = world.stored(answered.id());
    assertEquals(answered, stored);
    long now = world.clock.millis();
    assertEquals(
        new Account(
            answered.id(),
            "Ann Lee",
            "Ann",
            Gender.MALE,
            "/ann.png",
            "",
            Set.of(),
            false,
            false,
            false,
            0,
            now,
            now,
            null),
        stored);
    assertEquals(new Profile(stored, names), world.accounts.requireProfile(answered.id()));
    names.forEach(
        (kind, name) -> {
          assertEquals(name, world.accounts.alias(answered.id(), kind));
          assertEquals(stored, world.accounts.findByAlias(name));
        });
    assertNull(world.accounts.alias(answered.id(), AliasKind.NICKNAME));
    assertEquals(0, world.accounts.version(answered.id()), "nothing was ever changed");
  }

  @Test
  void takenName_isTakenInAnyCase_andOverAnyKind() {
    AccountId owner = world.register("straße");
    for (String name : List.of("straße", "STRASSE", " Straße ", "ＳＴＲＡＳＳＥ")) {
      for (AliasKind kind : AliasKind.values()) {
        String said =
            refused(
                FaultCode.ALREADY_EXISTS,
                () -> world.accounts.register(registration(kind, name), Source.OPERATOR));
        assertEquals(kind.name().toLowerCase(Locale.ROOT) + ": already taken", said);
      }
    }
    assertEquals(owner, world.accounts.requireByAlias("Strasse").id());
  }

  @Test
  void nameLikeATakenOne_isForTheOperatorToGive() {
    world.register("oscar");
    Accounts.Registration like = registration(AliasKind.USERNAME, "оscar");
    String said = refused(FaultCode.ALREADY_EXISTS, () -> world.accounts.register(like, HERE));
    assertTrue(said.startsWith("username: "), said);
    assertTrue(said.contains("too much like"), said);
    Account given = world.accounts.register(like, Source.OPERATOR);
    assertEquals(given, world.accounts.findByAlias("оscar"));
  }

  /// What it looks like is noted with it.
  @Test
  void lookOfANewName_isTakenFromThenOn() {
    AccountId owner = world.register("рetra");
    refused(
        FaultCode.ALREADY_EXISTS,
        () -> world.accounts.register(registration(AliasKind.USERNAME, "petra"), HERE));
    assertEquals(owner, world.accounts.requireByAlias("рetra").id());
  }

  @Test
  void reservedName_isForTheOperatorToGive() {
    assertTrue(world.accounts.isReserved("ADMIN"));
    assertFalse(world.accounts.isReserved("adam"));
    var login = registration(Map.of(AliasKind.USERNAME, "Admin"), "somebody");
    var shown = registration(Map.of(AliasKind.USERNAME, "somebody"), "Admin");
    assertTrue(
        refused(FaultCode.INVALID_FIELD, () -> world.accounts.register(login, HERE))
            .startsWith("username: "));
    assertTrue(
        refused(FaultCode.INVALID_FIELD, () -> world.accounts.register(shown, HERE))
            .startsWith("nickname: "));
    assertNotNull(world.accounts.register(login, Source.OPERATOR));
  }

  @Test
  void whatCannotBe_isRefusedWithItsField_whoeverAsks() {
    for (Source source : List.of(HERE, Source.OPERATOR)) {
      refusedWith("nickname: ", source, registration(Map.of(AliasKind.USERNAME, "bert"), "\u0000"));
      refusedWith("phone: ", source, registration(Map.of(AliasKind.PHONE, "1".repeat(65)), "bert"));
      refusedWith(
          "avatar_url: ",
          source,
          new Accounts.Registration(
              Map.of(AliasKind.USERNAME, "bert"),
              "bert",
              Gender.UNKNOWN,
              "javascript:alert(1)",
              PASSWORD));
      refusedWith(
          "password: ",
          source,
          new Accounts.Registration(
              Map.of(AliasKind.USERNAME, "bert"), "bert", Gender.UNKNOWN, "", "12345"));
    }
    assertNull(world.accounts.findByAlias("bert"));
  }

  private static void refusedWith(String field, Source source, Accounts.Registration registration) {
    String said = "";
    try {
      said = "registered " + world.accounts.register(registration, source);
    } catch (Fault fault) {
      said = fault.text();
    }
    assertTrue(said.startsWith(field), said);
  }

  @Test
  void loginName_hasUpToSixtyFourCodePoints() {
    String longest = "👋".repeat(64);
    Account account =
        world.accounts.register(
            registration(Map.of(AliasKind.USERNAME, longest), "waving"), Source.OPERATOR);
    assertEquals(account, world.accounts.findByAlias(longest));
    refused(
        FaultCode.TOO_LARGE,
        () ->
            world.accounts.register(
                registration(Map.of(AliasKind.USERNAME, longest + "x"), "w"), Source.OPERATOR));
  }

  @Test
  void loginName_logsIn_howeverShortDisplayNamesHaveToBe(@TempDir Path other) {
    Limits limits = TestLimits.with(Map.of("limits.nickname_code_points_max", "8"));
    try (AccountWorld strict = new AccountWorld(other, new TestBus(), limits)) {
      String email = "a".repeat(59) + "@b.cd";
      Account ann =
          strict.accounts.register(registration(Map.of(AliasKind.EMAIL, email), "ann"), HERE);
      assertEquals(ann, strict.accounts.findByAlias(email));
      assertEquals(ann.id(), strict.accounts.verify(email, PLAIN, PASSWORD, HERE).id());
    }
  }

  @Test
  void twentyOfTheSameName_atOnce_areOneAccount() throws Exception {
    int callers = 20;
    CyclicBarrier together = new CyclicBarrier(callers);
    ConcurrentLinkedQueue<String> ends = new ConcurrentLinkedQueue<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        threads.submit(
            () -> {
              together.await();
              try {
                return ends.add("account " + world.register(AliasKind.NICKNAME, "racer").value());
              } catch (Fault fault) {
                return ends.add(fault.code().name());
              }
            });
      }
    }
    assertEquals(callers, ends.size());
    assertEquals(callers - 1, ends.stream().filter("ALREADY_EXISTS"::equals).count());
    long rows =
        world.db.read(tx -> tx.number("SELECT count(*) FROM account WHERE nickname = ?", "racer"));
    assertEquals(1, rows);
  }

  /// Registers while `meanwhile` happens, which is when the slow hash would be made.
  private static void register(Map<AliasKind, String> names, String nickname, Runnable meanwhile) {
    Registering registering =
        new Registering(
            TestPlatform.over(world.db, world.clock, 2), world.limits, new Naming(List.of()), true);
    var unused =
        registering.register(
            registration(names, nickname),
            HERE,
            () -> {
              meanwhile.run();
              return Map.of();
            },
            (tx, id) -> {});
  }

  /// Whoever came second in a race finds it in the transaction alone.
  @Test
  void nameThatIsTakenMeanwhile_leavesNothingOfTheSecond() {
    var names = Map.of(AliasKind.USERNAME, "slow", AliasKind.EMAIL, "slow@b.c");
    Runnable meanwhile = () -> world.register(AliasKind.PHONE, "SLOW");
    assertEquals(
        "username: already taken",
        refused(FaultCode.ALREADY_EXISTS, () -> register(names, "slow", meanwhile)));
    Runnable alike = () -> world.register("ѕlower");
    var others = Map.of(AliasKind.USERNAME, "slower");
    assertTrue(
        refused(FaultCode.ALREADY_EXISTS, () -> register(others, "slow", alike))
            .contains("too much like"));
    assertNull(world.accounts.findByAlias("slow@b.c"));
    assertNull(world.accounts.findByAlias("slower"));
    long rows =
        world.db.read(tx -> tx.number("SELECT count(*) FROM account WHERE nickname = 'slow'"));
    assertEquals(0, rows);
  }

  @Test
  void nameThatIsTakenAlready_costsNoHash() {
    world.register("swift");
    Runnable hashing =
        () -> {
          throw new AssertionError("a hash was made");
        };
    var names = Map.of(AliasKind.USERNAME, "swift");
    refused(FaultCode.ALREADY_EXISTS, () -> register(names, "swift", hashing));
  }

  @Test
  void whatGoesWithIt_isInTheSameTransaction() {
    Accounts.Registration brief =
        new Accounts.Registration(
            Map.of(AliasKind.USERNAME, "carol"), "carol", Gender.UNKNOWN, "", "hn7k");
    refused(FaultCode.INVALID_FIELD, () -> world.accounts.register(brief, HERE));
    refused(FaultCode.INVALID_FIELD, () -> world.accounts.register(brief, HERE, 5, (tx, id) -> {}));
    refused(
        FaultCode.FORBIDDEN,
        () ->
            world.accounts.register(
                brief,
                HERE,
                4,
                (tx, id) -> {
                  assertTrue(world.store.exists(tx, id));
                  throw Fault.of(FaultCode.FORBIDDEN, "no");
                }));
    assertNull(world.accounts.findByAlias("carol"));
    Account carol =
        world.accounts.register(
            brief, HERE, 4, (tx, id) -> world.store.setExtra(tx, id, "x", Gender.FEMALE, 7));
    assertEquals("x", world.stored(carol.id()).extra());
  }

  @Test
  void plainPassword_logsInOverEveryScheme() {
    AccountId id = world.register("dora");
    for (Scheme scheme : List.of(PLAIN, new Scheme.Entry(), SIGNED)) {
      assertEquals(id, world.accounts.verify("DORA", scheme, scheme.wire(PASSWORD), HERE).id());
      refused(
          FaultCode.WRONG_CREDENTIALS,
          () -> world.accounts.verify("dora", scheme, scheme.wire("other"), HERE));
    }
  }

  @Test
  void passwordOfOneScheme_logsInOverThatOneOnly() {
    String wire = SIGNED.wire(PASSWORD);
    Accounts.Registration emil =
        new Accounts.Registration(
            Map.of(AliasKind.USERNAME, "emil"), "emil", Gender.UNKNOWN, "", wire);
    AccountId id = world.accounts.register(emil, SIGNED, HERE).id();
    assertEquals(id, world.accounts.verify("emil", SIGNED, wire, HERE).id());
    refused(FaultCode.WRONG_CREDENTIALS, () -> world.accounts.verify("emil", PLAIN, wire, HERE));
    int max = world.limits.passwordCharsMax();
    for (int over = 0; over < 2; over++) {
      String name = "emil" + over;
      Accounts.Registration wide =
          new Accounts.Registration(
              Map.of(AliasKind.USERNAME, name), name, Gender.UNKNOWN, "", "x".repeat(max + over));
      if (over == 0) {
        assertEquals("emil0", world.accounts.register(wide, SIGNED, HERE).handle());
      } else {
        refused(FaultCode.TOO_LARGE, () -> world.accounts.register(wide, SIGNED, HERE));
      }
    }
  }

  @Test
  void oneAddress_registersSoManyInAnHour_othersGoOn() {
    Source crowd = Source.ofAddress("10.0.0.9");
    int max = world.limits.registrationsPerHourMax();
    IntStream.range(0, max).forEach(i -> register("crowd " + i, crowd));
    refused(FaultCode.THROTTLED, () -> register("crowd " + max, crowd));
    for (Source other : List.of(Source.UNTOLD, Source.OPERATOR, Source.ofAddress("10.0.0.8"))) {
      register("crowd of " + other.key(), other);
    }
    Registering unlimited =
        new Registering(
            TestPlatform.over(world.db, world.clock, 3),
            world.limits,
            new Naming(List.of()),
            false);
    for (int i = 0; i <= max; i++) {
      var free = registration(AliasKind.USERNAME, "free " + i);
      assertNotNull(unlimited.register(free, crowd, Map::of, (tx, id) -> {}));
    }
  }

  private static void register(String name, Source source) {
    Accounts.Registration fresh =
        new Accounts.Registration(
            Map.of(AliasKind.USERNAME, name), name, Gender.UNKNOWN, "", SIGNED.wire(PASSWORD));
    assertNotNull(world.accounts.register(fresh, SIGNED, source));
  }
}
