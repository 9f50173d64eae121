package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How tables come to this program's version, and when they do not.
@Timeout(60)
class MigrationsTest {
  /// In no statement.
  private static final String NOWHERE = "\u0000";

  @TempDir private Path dir;
  private Engine engine;
  private Tx tx;

  /// Fails at a statement while it is told to, and counts what it adapted.
  private static final class Engine extends EngineBeneath {
    private String failsAt = NOWHERE;
    private String name = "sqlite";
    private final List<String> adapted = new ArrayList<>();

    Engine(Dialect engine) {
      super(engine);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String ddl(String sql) {
      if (sql.contains(failsAt)) {
        throw new StoreException("failed at " + failsAt);
      }
      adapted.add(sql);
      return super.ddl(sql);
    }
  }

  @BeforeEach
  void empty() throws SQLException {
    engine = new Engine(new Sqlite(dir.resolve("parley.db")));
    tx = Tx.writer(engine);
  }

  @AfterEach
  void close() {
    tx.drop();
  }

  private void run() throws SQLException {
    Migrations.run(tx, engine);
  }

  private String refused() {
    return String.valueOf(assertThrows(StoreException.class, this::run).getMessage());
  }

  /// What another connection sees: what was committed.
  private List<String> applied() throws SQLException {
    try (Tx reader = Tx.reader(engine)) {
      return reader.list(
          "SELECT version, file, checksum FROM schema_version ORDER BY version",
          row -> row.getInt(1) + " " + row.getString(2) + " " + row.getString(3));
    }
  }

  private Set<String> tables() throws SQLException {
    try (Tx reader = Tx.reader(engine)) {
      return new TreeSet<>(
          reader.list(
              "SELECT name FROM sqlite_master WHERE type = 'table'", row -> row.getString(1)));
    }
  }

  private static List<String> files() {
    return Arrays.asList(text("index.txt").strip().split("\n"));
  }

  private static String text(String file) {
    try (InputStream in = Migrations.class.getResourceAsStream("migration/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String line(String file) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text(file).getBytes(StandardCharsets.UTF_8));
      return Integer.parseInt(file.substring(0, 4))
          + " "
          + file
          + " "
          + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void each_isAppliedInItsOrderAndRememberedWithItsChecksum_thoseOfOtherEnginesAreNot()
      throws SQLException {
    run();
    assertEquals(
        files().stream()
            .filter(file -> !file.endsWith(".postgresql.sql"))
            .sorted()
            .map(MigrationsTest::line)
            .toList(),
        applied());
    assertTrue(files().size() > applied().size());
    assertTrue(applied().stream().anyMatch(line -> line.contains(".sqlite.sql ")));
    assertTrue(tables().containsAll(Set.of("account", "account_alias", "message", "post_text")));
  }

  @Test
  void nothing_isDoneTwice() throws SQLException {
    run();
    List<String> before = applied();
    engine.adapted.clear();
    run();
    assertEquals(List.of(), engine.adapted);
    assertEquals(before, applied());
  }

  /// A start that was interrupted is gone on with by the next one.
  @Test
  void oneThatFails_leavesNothingOfItself_andTheNextStartGoesOnThere() throws SQLException {
    engine.failsAt = "CREATE TABLE post_like";
    String failing =
        files().stream()
            .filter(file -> text(file).contains(engine.failsAt))
            .findFirst()
            .orElseThrow();
    int before = files().indexOf(failing);
    assertEquals("failed at CREATE TABLE post_like", refused());
    tx.drop();
    assertEquals(before, applied().size());
    assertFalse(tables().contains("post"));
    assertTrue(tables().contains("account"));
    engine.failsAt = NOWHERE;
    engine.adapted.clear();
    tx = Tx.writer(engine);
    run();
    assertTrue(engine.adapted.getFirst().startsWith("-- "));
    assertTrue(text(failing).startsWith(engine.adapted.getFirst()));
    assertEquals(line(files().getLast()), applied().getLast());
  }

  /// A database of long ago, with what it held then.
  @Test
  void programsAmongThem_runOnWhatIsThere() throws SQLException {
    engine.failsAt = "CREATE TABLE alias_look";
    assertEquals("failed at CREATE TABLE alias_look", refused());
    tx.rollback();
    tx.update("DELETE FROM schema_version WHERE file = '0020_folding.sql'");
    tx.update(
        """
        INSERT INTO account (id, nickname, search_name, gender, avatar_url, extra, rights, disabled,
          login_version, created_at, updated_at)
        VALUES (1, 'Groẞ', 'groẞ', 0, '', '', '', 0, 0, 0, 0)\
        """);
    tx.update(
        """
        INSERT INTO account_alias (folded, kind, original, account_id)
        VALUES ('groẞ', 'USERNAME', 'Groẞ', 1), ('раураl', 'NICKNAME', 'раураl', 1)\
        """);
    tx.commit();
    engine.failsAt = NOWHERE;
    run();
    assertEquals(
        List.of("gross", "раураl"),
        tx.list("SELECT folded FROM account_alias ORDER BY folded", row -> row.getString(1)));
    assertEquals(
        List.of("paypa1"), tx.list("SELECT look FROM alias_look", row -> row.getString(1)));
    assertEquals(line(files().getLast()), applied().getLast());
  }

  @Test
  void databaseOfANewerProgram_isNotTouched() throws SQLException {
    run();
    tx.update("INSERT INTO schema_version (version, file, checksum) VALUES (9999, 'x', 'y')");
    tx.update("DROP TABLE post_text");
    tx.commit();
    assertEquals(
        "the database is at version 9999, this program knows %d: it was written by a newer Parley"
            .formatted(Integer.parseInt(files().getLast().substring(0, 4))),
        refused());
    assertFalse(tables().contains("post_text"));
  }

  @Test
  void databaseOfANewerProgram_isUsedWhileAllThatIsNewerOnlyExpandsIt() throws SQLException {
    assertFalse(Migrations.run(tx, engine));
    List<String> own = applied();
    tx.update("INSERT INTO schema_version (version, file, checksum) VALUES (9998, 'x', 'y')");
    tx.update("INSERT INTO schema_expansion (version) VALUES (9998)");
    tx.commit();
    engine.adapted.clear();
    assertTrue(Migrations.run(tx, engine));
    assertEquals(List.of(), engine.adapted);
    assertEquals(own.size() + 1, applied().size());

    tx.update("INSERT INTO schema_version (version, file, checksum) VALUES (9999, 'x', 'y')");
    tx.commit();
    assertTrue(refused().startsWith("the database is at version 9999"), refused());
  }

  @Test
  void databaseOfANewerProgram_thatWasBuiltFromOtherFilesIsRefused() throws SQLException {
    run();
    tx.update("INSERT INTO schema_version (version, file, checksum) VALUES (9998, 'x', 'y')");
    tx.update("INSERT INTO schema_expansion (version) VALUES (9998)");
    tx.update("UPDATE schema_version SET checksum = 'x' WHERE version = 2");
    tx.commit();
    assertEquals(
        "migration 0002_conversations.sql differs from the one that built this database",
        refused());
  }

  @Test
  void expansion_addsOnly() {
    String says = "-- Expands.\n";
    for (String adds :
        List.of(
            "CREATE TABLE a (b BIGINT NOT NULL);\n\n-- Why.\nCREATE INDEX c ON a (b);\n",
            "ALTER TABLE account ADD COLUMN more TEXT;\n",
            "ALTER TABLE account ADD COLUMN more BIGINT NOT NULL DEFAULT 0;\n",
            "DROP INDEX account_name;\n")) {
      assertTrue(Migrations.expands("x", says + adds), adds);
      assertFalse(Migrations.expands("x", adds), adds);
    }
    for (String more :
        List.of(
            "ALTER TABLE account ADD COLUMN more TEXT NOT NULL;\n",
            "CREATE UNIQUE INDEX c ON account (name);\n",
            "CREATE TEXT INDEX some_text;\n",
            "ALTER TABLE account DROP COLUMN name;\n",
            "UPDATE account SET name = '';\n",
            "RUN looks\n")) {
      String sql = says + "CREATE TABLE a (b BIGINT);\n" + more;
      assertThrows(StoreException.class, () -> Migrations.expands("x", sql), more);
    }
  }

  @Test
  void alteredMigration_isNamed_andNothingIsDoneAfterIt() throws SQLException {
    engine.failsAt = "CREATE TABLE post_like";
    assertEquals("failed at CREATE TABLE post_like", refused());
    tx.rollback();
    tx.update("UPDATE schema_version SET checksum = 'x' WHERE version = 2");
    tx.commit();
    engine.failsAt = NOWHERE;
    engine.adapted.clear();
    assertEquals(
        "migration 0002_conversations.sql differs from the one that built this database",
        refused());
    assertEquals(List.of(), engine.adapted);
  }

  @Test
  void otherEngines_haveOthers() throws SQLException {
    run();
    engine.name = "postgresql";
    assertTrue(refused().endsWith(".sqlite.sql differs from the one that built this database"));
  }

  @Test
  void tablesOfRecords_areAllButTheStoresOwn() throws SQLException {
    run();
    Set<String> own =
        Set.of(
            "schema_version",
            "schema_expansion",
            "store_state",
            "node",
            "node_event",
            "node_secret",
            "gateway_stream");
    Set<String> there = new TreeSet<>(tables());
    there.removeAll(own);
    // What the engine keeps beside a text index.
    there.removeIf(name -> name.startsWith("post_text_"));
    there.removeIf(name -> name.startsWith("sqlite_"));
    List<String> records = Migrations.tables();
    assertEquals(there, new TreeSet<>(records));
    assertEquals(records.size(), new TreeSet<>(records).size());
    assertEquals("account", records.getFirst());
  }

  @Test
  void textIndex_isToldFromATable() {
    assertTrue(Migrations.isTextIndex("post_text"));
    assertFalse(Migrations.isTextIndex("post"));
    assertFalse(Migrations.isTextIndex("account"));
  }
}
