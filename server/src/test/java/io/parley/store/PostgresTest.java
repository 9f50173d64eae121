package io.parley.store;

import static io.parley.store.Rows.insert;
import static io.parley.store.Rows.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Node;
import io.parley.cluster.Nodes;
import io.parley.harness.Gate;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPostgres;
import io.parley.harness.Waiting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only an engine that is another program does: it is away, it comes back, it does not say how
/// a commit ended, it is not what the program needs.
class PostgresTest {
  private static TestPostgres server;
  private static final AtomicLong DATABASES = new AtomicLong();

  @TempDir Path dir;

  @BeforeAll
  static void start() {
    server = TestPostgres.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void commit_keptButNotHeardOf_isTold() {
    CutOff engine = new CutOff(settings(database("")));
    try (Db db = open(engine)) {
      AtomicLong announced = new AtomicLong();
      engine.cuts = CutOff.When.AFTER_THE_COMMIT;
      db.change(
          tx -> {
            insert(tx, 1);
            tx.afterCommit(announced::incrementAndGet);
          });
      assertEquals(1, announced.get());
      assertEquals(Set.of(1L), ids(db));
      db.change(tx -> insert(tx, 2));
      assertEquals(Set.of(1L, 2L), ids(db));
    }
  }

  @Test
  void commit_neitherKeptNorHeardOf_isRefused() {
    CutOff engine = new CutOff(settings(database("")));
    try (Db db = open(engine)) {
      AtomicLong announced = new AtomicLong();
      engine.cuts = CutOff.When.BEFORE_THE_COMMIT;
      Fault refused = refused(db, 1, announced::incrementAndGet);
      assertEquals(FaultCode.UNAVAILABLE, refused.code());
      Waiting.until(db::writable);
      db.change(tx -> insert(tx, 2));
      assertEquals(Set.of(2L), ids(db));
      assertEquals(0, announced.get());
    }
  }

  /// What was acknowledged is there, and what was refused is not: both, whatever moment the server
  /// chose to die at.
  @Test
  void serverThatCrashes_keepsWhatWasAcknowledgedAndNothingElse() throws Exception {
    StoreSettings settings = settings(database(""));
    Set<Long> acknowledged = new ConcurrentSkipListSet<>();
    try (Db db = joined(settings)) {
      AtomicBoolean over = new AtomicBoolean();
      AtomicLong next = new AtomicLong();
      AtomicLong refused = new AtomicLong();
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        writers.add(
            Thread.startVirtualThread(
                () -> {
                  while (!over.get()) {
                    long id = next.incrementAndGet();
                    try {
                      db.change(tx -> insert(tx, id));
                      acknowledged.add(id);
                    } catch (Fault e) {
                      refused.incrementAndGet();
                      Clock.SYSTEM.sleep(Duration.ofMillis(1));
                    }
                  }
                }));
      }
      for (int round = 0; round < 3; round++) {
        int before = acknowledged.size();
        Waiting.until(() -> acknowledged.size() > before + 200);
        server.crash();
      }
      int before = acknowledged.size();
      Waiting.until(() -> acknowledged.size() > before + 200);
      over.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
      assertTrue(refused.get() > 0, "nobody noticed");
      assertEquals(acknowledged, ids(db));
    }
  }

  @Test
  void serverThatIsAway_isToldAtOnceAndNobodyHasToDoAnythingWhenItIsBack() {
    try (TestPostgres own = TestPostgres.start("fsync=off")) {
      own.execute("CREATE DATABASE parley_own");
      try (Db db = joined(own.settings("parley_own"))) {
        db.change(tx -> insert(tx, 1));
        own.stop("immediate");
        assertEquals(FaultCode.UNAVAILABLE, refusalOf(() -> db.change(tx -> insert(tx, 2))));
        assertEquals(FaultCode.UNAVAILABLE, refusalOf(() -> db.change(tx -> insert(tx, 3))));
        assertFalse(db.writable());
        assertEquals(FaultCode.UNAVAILABLE, refusalOf(() -> ids(db)));
        own.begin();
        Waiting.until(db::writable);
        db.change(tx -> insert(tx, 4));
        assertEquals(Set.of(1L, 4L), ids(db));
      }
    }
  }

  @Test
  void serverThatWasStartedAnewMeanwhile_costsNobodyAReadOrAWrite() {
    StoreSettings settings = settings(database(""));
    try (Db db = joined(settings)) {
      db.change(tx -> insert(tx, 1));
      for (int i = 0; i < 20; i++) {
        assertEquals(Set.of(1L), ids(db));
      }
      server.crash();
      Clock.SYSTEM.sleep(Duration.ofMillis(600)); // Longer than one is trusted.
      for (int i = 0; i < 20; i++) {
        assertEquals(Set.of(1L), ids(db));
      }
      db.change(tx -> insert(tx, 2));
      assertEquals(Set.of(1L, 2L), ids(db));
    }
  }

  /// A wait for the standby that is cut off ends like any commit, with nothing but a warning.
  @Test
  void commitThatDidNotWaitForItsStandby_isNotAcknowledgedBeforeItHas() throws Exception {
    try (TestPostgres own = TestPostgres.start("fsync=off")) {
      own.execute("CREATE DATABASE parley_own");
      StoreSettings settings = own.settings("parley_own");
      try (Db db = joined(settings)) {
        own.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        own.execute("SELECT pg_reload_conf()");
        Waiting.until(
            () -> own.number("SELECT count(*) FROM pg_settings WHERE setting = 'nobody'") > 0);
        AtomicBoolean acknowledged = new AtomicBoolean();
        Thread caller =
            Thread.startVirtualThread(
                () -> {
                  db.change(tx -> insert(tx, 1));
                  acknowledged.set(true);
                });
        String waits = " FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        Waiting.until(() -> own.number("SELECT count(*)" + waits) == 1);
        long first = own.number("SELECT pid" + waits);
        own.execute("SELECT pg_cancel_backend(pid)" + waits);
        // The look for it has a commit of its own, which waits in turn.
        Waiting.until(() -> own.number("SELECT count(*)" + waits + " AND pid <> " + first) == 1);
        assertFalse(acknowledged.get());
        own.execute("ALTER SYSTEM RESET synchronous_standby_names");
        own.execute("SELECT pg_reload_conf()");
        caller.join();
        assertTrue(acknowledged.get());
        assertEquals(Set.of(1L), ids(db));
      }
    }
  }

  @Test
  void rowThatSomebodyHolds_isToldBusyAndTheWriterGoesOn() throws Exception {
    String database = database("");
    try (Db db = joined(settings(database))) {
      db.change(tx -> insert(tx, 1));
      try (var administrator = server.connect(database);
          var statement = administrator.createStatement()) {
        administrator.setAutoCommit(false);
        statement.execute("SELECT 1 FROM conversation FOR UPDATE");
        FaultCode code =
            refusalOf(() -> db.change(tx -> tx.update("UPDATE conversation SET updated_at = 1")));
        assertEquals(FaultCode.BUSY, code);
        db.change(tx -> insert(tx, 2));
        administrator.rollback();
      }
      db.change(tx -> tx.update("UPDATE conversation SET updated_at = 1"));
      assertEquals(
          FaultCode.BUSY, refusalOf(() -> db.read(tx -> tx.number("SELECT pg_sleep(60)"))));
      assertEquals(Set.of(1L, 2L), ids(db));
    }
  }

  /// Ids grow from commit to commit, whoever makes them and whatever its clock says.
  @Test
  void programs_takeTurns() throws Exception {
    StoreSettings settings = settings(database(""));
    TestClock behind = new TestClock();
    TestClock ahead = new TestClock();
    ahead.step(Duration.ofMinutes(7));
    try (Db one = Db.open(settings, dir, TestLimits.defaults());
        Db two = Db.open(settings, dir, TestLimits.defaults())) {
      List<Ids> ids = List.of(join(one, behind), join(two, ahead));
      List<Db> both = List.of(one, two);
      List<Long> given = Collections.synchronizedList(new ArrayList<>());
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int who = i % 2;
        writers.add(
            Thread.startVirtualThread(
                () -> {
                  for (int k = 0; k < 50; k++) {
                    both.get(who)
                        .change(
                            tx -> {
                              long id = ids.get(who).next();
                              insert(tx, id);
                              // Nobody can commit between this and what is read here.
                              assertEquals(
                                  id, tx.number("SELECT max(id) FROM conversation"), "in order");
                              given.add(id);
                            });
                  }
                }));
      }
      for (Thread writer : writers) {
        writer.join();
      }
      assertEquals(400, given.size());
      assertEquals(new TreeSet<>(given), ids(one));
      assertEquals(Set.of(0, 1), given.stream().map(Ids::nodeOf).collect(Collectors.toSet()));
    }
  }

  @Test
  void programWhoseNumberAnotherHas_storesNothingMore() {
    StoreSettings settings = settings(database(""));
    try (Db db = joined(settings)) {
      db.change(tx -> insert(tx, 1));
      try (Db other = joined(settings)) {
        other.change(tx -> tx.update("UPDATE node SET epoch = epoch + 1 WHERE number = 0"));
        assertEquals(FaultCode.UNAVAILABLE, refusalOf(() -> db.change(tx -> insert(tx, 2))));
        Clock.SYSTEM.sleep(Duration.ofMillis(200)); // Longer than it takes to try again.
        assertEquals(FaultCode.UNAVAILABLE, refusalOf(() -> db.change(tx -> insert(tx, 3))));
        assertFalse(db.writable());
        assertEquals(Set.of(1L), ids(other));
      }
    }
  }

  /// A batch that takes long is shared out, so that others come to their turn meanwhile.
  @Test
  void turnThatTakesLong_endsBeforeItsBatch() throws Exception {
    StoreSettings settings = settings(database(""));
    try (Db one = joined(settings);
        Db two = joined(settings)) {
      AtomicLong done = new AtomicLong();
      Gate gate = new Gate();
      List<Thread> callers = new ArrayList<>();
      callers.add(Thread.startVirtualThread(() -> one.change(_ -> gate.hold())));
      gate.awaitHeld();
      for (int i = 0; i < 20; i++) {
        long id = 10L + i;
        callers.add(
            Thread.startVirtualThread(
                () -> {
                  one.change(
                      tx -> {
                        insert(tx, id);
                        Clock.SYSTEM.sleep(Duration.ofMillis(100));
                      });
                  done.incrementAndGet();
                }));
      }
      Waiting.until(() -> one.writesWaiting() == 20);
      Thread other = Thread.startVirtualThread(() -> two.change(tx -> insert(tx, 1)));
      gate.open();
      other.join();
      assertTrue(done.get() < 20, "all of the other's were first");
      for (Thread caller : callers) {
        caller.join();
      }
      assertEquals(20, done.get());
      assertEquals(21, ids(one).size());
    }
  }

  /// One that hangs within its turn loses it, and what it had not committed.
  @Test
  void turnOfAProgramThatHangs_isTakenFromIt() throws Exception {
    String database = database("");
    try (Db db = joined(settings(database));
        var hanging = server.connect(database);
        var statement = hanging.createStatement()) {
      hanging.setAutoCommit(false);
      statement.execute("SET idle_in_transaction_session_timeout = 1000");
      statement.execute("SELECT pg_advisory_xact_lock(%d)".formatted(0x7061726c_65790002L));
      long began = Clock.SYSTEM.nanos();
      db.change(tx -> insert(tx, 1));
      assertTrue(Clock.SYSTEM.nanos() - began > Duration.ofMillis(500).toNanos(), "it waited");
      try (Tx writer = Tx.writer(settings(database).dialect(dir))) {
        assertEquals(
            "5s",
            writer.first("SHOW idle_in_transaction_session_timeout", row -> row.getString(1)));
      }
    }
  }

  /// A plan that reads a whole table looks costly where that is forbidden, and would be compiled
  /// each time.
  @Test
  void plans_areNotCompiled() throws Exception {
    StoreSettings settings = settings(database(""));
    try (Db db = joined(settings);
        Tx writer = Tx.writer(settings.dialect(dir))) {
      assertEquals("off", writer.first("SHOW jit", row -> row.getString(1)));
      assertEquals("off", db.read(tx -> tx.first("SHOW jit", row -> row.getString(1))));
      String plan =
          String.join(
              "\n", writer.list("EXPLAIN " + Tx.NEWEST, row -> String.valueOf(row.getString(1))));
      assertFalse(plan.contains("Seq Scan on node"), plan);
    }
  }

  @Test
  void databaseThatCannotHoldTexts_isRefusedAndNothingIsMadeInIt() throws SQLException {
    String latin = database("ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    assertRefused("UTF8", settings(latin));
    String plain = database("LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    assertRefused("LC_CTYPE", settings(plain));
    String others = database("");
    try (var connection = server.connect(others);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE somebodys (id BIGINT)");
    }
    assertRefused("not Parley's", settings(others));
    for (String name : List.of(latin, plain, others)) {
      try (var connection = server.connect(name);
          var statement = connection.createStatement();
          var row = statement.executeQuery("SELECT to_regclass('schema_version')")) {
        assertTrue(row.next());
        assertEquals(null, row.getString(1));
      }
    }
  }

  /// As engines of the same protocol do that have functions of these names.
  @Test
  void databaseWhoseLocksExcludeNobody_isRefused() throws SQLException {
    String pretending = database("");
    try (var connection = server.connect(pretending);
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE FUNCTION public.pg_try_advisory_xact_lock(bigint) RETURNS boolean
            LANGUAGE sql AS 'SELECT true'\
          """);
      statement.execute("ALTER DATABASE " + pretending + " SET search_path = public, pg_catalog");
    }
    assertRefused("advisory locks", settings(pretending));
  }

  @Test
  void serverThatIsNotThere_isNamedWithoutSecrets() {
    StoreSettings nobody =
        new StoreSettings(
            "jdbc:postgresql://127.0.0.1:1/parley?password=hush",
            "parley",
            "hush",
            2,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));
    StoreException refused =
        assertThrows(StoreException.class, () -> Db.open(nobody, dir, TestLimits.defaults()));
    String text = String.valueOf(refused.getMessage());
    assertTrue(text.contains("127.0.0.1:1"), text);
    assertFalse(text.contains("hush"), text);
    assertFalse(nobody.toString().contains("hush"), nobody.toString());
  }

  /// Names are found by their beginnings and listed in one order, whatever the locale says.
  @Test
  void texts_areComparedByCodePoints_whateverTheLocale() {
    String english =
        database("LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C.UTF-8' TEMPLATE template0");
    try (Db db = Db.open(settings(english), dir, TestLimits.defaults())) {
      List<String> names = List.of("a", "B", "ä", "z", "\uD83D\uDE00", "Z", "_");
      db.change(
          tx -> {
            for (int i = 0; i < names.size(); i++) {
              tx.update(
                  """
                  INSERT INTO account_alias (folded, kind, original, account_id)
                  VALUES (?, 'USERNAME', '', ?)\
                  """,
                  names.get(i),
                  i);
            }
          });
      assertEquals(
          List.of("B", "Z", "_", "a", "z", "ä", "\uD83D\uDE00"),
          db.read(
              tx ->
                  tx.list(
                      "SELECT folded FROM account_alias ORDER BY folded",
                      row -> row.getString(1))));
    }
  }

  /// Rows that are many come a few at a time.
  @Test
  void each_ofManyRows_doesNotHoldThemAll() {
    try (Db db = Db.open(settings(database("")), dir, TestLimits.defaults())) {
      long[] seen = new long[2];
      boolean all =
          db.read(
              tx ->
                  tx.each(
                      "SELECT repeat('x', 100000) FROM generate_series(1, 20000)",
                      row -> {
                        seen[0]++;
                        seen[1] += tx.number("SELECT 1");
                        return seen[0] < 1_000;
                      }));
      assertFalse(all);
      assertEquals(1_000, seen[1]);
      assertEquals(Set.of(), ids(db), "the connection can be used again");
    }
  }

  private void assertRefused(String why, StoreSettings settings) {
    StoreException refused = assertThrows(StoreException.class, () -> joined(settings));
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
  }

  private static FaultCode refusalOf(Runnable work) {
    return assertThrows(Fault.class, work::run).code();
  }

  private static Db open(Dialect engine) {
    try {
      Db db = new Db(engine, TestLimits.defaults());
      join(db, Clock.SYSTEM);
      return db;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String database(String options) {
    String name = "d" + DATABASES.incrementAndGet();
    server.execute("CREATE DATABASE " + name + " " + options);
    return name;
  }

  private static StoreSettings settings(String database) {
    StoreSettings all = server.settings(database);
    return new StoreSettings(
        all.url(),
        all.user(),
        "",
        4,
        Duration.ofSeconds(1),
        Duration.ofSeconds(4),
        Duration.ofSeconds(1));
  }

  private Db joined(StoreSettings settings) {
    Db db = Db.open(settings, dir, TestLimits.defaults());
    join(db, Clock.SYSTEM);
    return db;
  }

  private static Ids join(Db db, Clock clock) {
    Node node = new Nodes(db).join("test", "1");
    Ids ids = new Ids(clock, node.number());
    db.begin(ids, node);
    return ids;
  }

  private static Set<Long> ids(Db db) {
    List<Long> all = db.read(tx -> tx.list("SELECT id FROM conversation", row -> row.getLong(1)));
    return new TreeSet<>(all);
  }
}
