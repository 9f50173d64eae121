package io.parley.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Copies all records into the empty database of another engine, or of the same one elsewhere, and
/// compares every row of both. Nobody else may write to either meanwhile, which their locks see to.
///
/// What is there already when it begins again is not copied again. Until it has ended well no
/// server starts on the copy.
public final class Move {
  /// Rows that are copied with one commit.
  private static final int PAGE = 1_000;

  /// The row of `store_state` that says what the copy is being made from.
  /// A server that was killed is not waited for any longer.
  private static final long IN_USE_MS = 10_000;

  private static final String MOVING = "moving";

  /// Hears how far it is.
  @FunctionalInterface
  public interface Progress {
    /// @param part of the whole, 0 … 1
    /// @param rows copied or compared in this run
    void at(double part, long rows);
  }

  /// @param tables how many
  /// @param rows in all of them
  /// @param checksum SHA-256 over all rows, the same of both
  public record Result(int tables, long rows, String checksum) {}

  /// @param key the columns that rows are ordered by
  private record Table(String name, List<String> columns, List<String> key) {
    String select(boolean after) {
      String keys = String.join(", ", key);
      return "SELECT "
          + String.join(", ", columns)
          + " FROM "
          + name
          + (after ? " WHERE (" + keys + ") > (" + places(key.size()) + ")" : "")
          + " ORDER BY "
          + keys;
    }

    String insert() {
      return "INSERT INTO "
          + name
          + " ("
          + String.join(", ", columns)
          + ") VALUES ("
          + places(columns.size())
          + ")";
    }

    String last() {
      return "SELECT "
          + String.join(", ", key)
          + " FROM "
          + name
          + " ORDER BY "
          + String.join(" DESC, ", key)
          + " DESC LIMIT 1";
    }

    private static String places(int count) {
      return "?, ".repeat(count - 1) + "?";
    }

    @Nullable Object[] keyOf(@Nullable Object[] row) {
      return key.stream().map(name -> row[columns.indexOf(name)]).toArray();
    }
  }

  private final Tx from;
  private final Tx to;
  private final Progress progress;
  private long whole;
  private long done;
  private long before;

  private Move(Tx from, Tx to, Progress progress) {
    this.from = from;
    this.to = to;
    this.progress = progress;
  }

  /// Does it, or the rest of it.
  ///
  /// @param from where the records are; of SQLite the file in `dir`
  /// @param to where they are to be; of SQLite the file in `dir`, which then has none
  /// @throws StoreException if either cannot be opened, the copy holds records of its own, or a row
  ///     of the copy differs
  public static Result run(StoreSettings from, StoreSettings to, Path dir, Progress progress) {
    if (from.url().equals(to.url())) {
      throw new StoreException("the records are there already");
    }
    try (Tx source = open(from.dialect(dir));
        Tx target = open(to.dialect(dir))) {
      return new Move(source, target, progress).run(from.dialect(dir), to.dialect(dir));
    } catch (SQLException | IOException e) {
      throw new StoreException("the records could not be moved: " + e.getMessage(), e);
    }
  }

  private static Tx open(Dialect dialect) throws SQLException, IOException {
    Tx tx = Tx.writer(dialect);
    try {
      dialect.check(tx.connection());
      dialect.alone(tx.connection(), () -> migrate(tx, dialect));
      return tx;
    } catch (SQLException | RuntimeException e) {
      tx.drop();
      throw e;
    }
  }

  /// Tables that this program does not know would stay behind.
  private static void migrate(Tx tx, Dialect dialect) throws SQLException {
    if (Migrations.run(tx, dialect)) {
      throw new StoreException("the records are a newer Parley's: move them with that one");
    }
  }

  /// @throws StoreException if the records of `tx` are a copy that is not whole
  static void requireWhole(Tx tx) {
    if (isMoving(tx)) {
      throw new StoreException(
          "records are being moved into this database and not all are here yet: the same"
              + " `parley migrate-store` goes on");
    }
  }

  private static boolean isMoving(Tx tx) {
    return tx.number("SELECT count(*) FROM store_state WHERE name = ?", MOVING) > 0;
  }

  /// Neither can be opened by a server meanwhile.
  private Result run(Dialect source, Dialect target) throws SQLException {
    Result[] result = new Result[1];
    source.alone(
        from.connection(),
        () ->
            target.alone(
                to.connection(),
                () -> {
                  requireUnused(from);
                  requireUnused(to);
                  result[0] = run();
                }));
    return result[0];
  }

  private static void requireUnused(Tx tx) throws SQLException {
    String server =
        tx.first(
            "SELECT address FROM node WHERE beat_at > ?",
            row -> row.getString(1),
            tx.clockMs() - IN_USE_MS);
    tx.connection().commit();
    if (server != null) {
      throw new StoreException("the server at " + server + " uses these records: stop it first");
    }
  }

  private Result run() throws SQLException {
    requireWhole(from);
    List<Table> tables = new ArrayList<>();
    for (String name : Migrations.tables()) {
      tables.add(table(name));
    }
    begin(tables);
    for (Table table : tables) {
      whole += 2 * count(from, table);
    }
    for (Table table : tables) {
      copy(table);
    }
    MessageDigest all = sha256();
    long rows = 0;
    for (Table table : tables) {
      rows += compare(table, all);
    }
    to.update("DELETE FROM store_state WHERE name = ?", MOVING);
    to.commit();
    return new Result(tables.size(), rows, HexFormat.of().formatHex(all.digest()));
  }

  private Table table(String name) throws SQLException {
    if (Migrations.isTextIndex(name)) {
      return new Table(name, List.of("rowid", "text"), List.of("rowid"));
    }
    List<String> columns = new ArrayList<>();
    try (Statement statement = from.connection().createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + name + " LIMIT 0")) {
      ResultSetMetaData all = rows.getMetaData();
      for (int i = 1; i <= all.getColumnCount(); i++) {
        columns.add(all.getColumnName(i));
      }
    }
    TreeMap<Integer, String> key = new TreeMap<>();
    DatabaseMetaData data = from.connection().getMetaData();
    try (ResultSet parts = data.getPrimaryKeys(null, from.connection().getSchema(), name)) {
      while (parts.next()) {
        key.put(parts.getInt("KEY_SEQ"), parts.getString("COLUMN_NAME"));
      }
    }
    if (key.isEmpty()) {
      throw new StoreException("the table " + name + " has no primary key");
    }
    return new Table(name, columns, List.copyOf(key.values()));
  }

  /// Marks the copy, which has no records yet or is one of the same records.
  private void begin(List<Table> tables) throws SQLException {
    long source = from.newest();
    if (isMoving(to)) {
      long known = to.number("SELECT value FROM store_state WHERE name = ?", MOVING);
      if (known != source) {
        throw new StoreException(
            "the copy was begun from other records, or they have changed since: begin with an empty"
                + " database");
      }
      return;
    }
    for (Table table : tables) {
      if (count(to, table) > 0) {
        throw new StoreException("the database to move into has records already: " + table.name());
      }
    }
    to.update("INSERT INTO store_state (name, value) VALUES (?, ?)", MOVING, source);
    to.update("UPDATE store_state SET value = ? WHERE name = 'ids'", source);
    to.commit();
  }

  private static long count(Tx tx, Table table) {
    return tx.number("SELECT count(*) FROM " + table.name());
  }

  private void copy(Table table) throws SQLException {
    @Nullable Object[] after = to.first(table.last(), row -> values(row, table.key().size()));
    done += count(to, table);
    before = done;
    String rest = table.select(true) + " LIMIT " + PAGE;
    String first = table.select(false) + " LIMIT " + PAGE;
    while (true) {
      int width = table.columns().size();
      List<@Nullable Object[]> page =
          after == null
              ? from.list(first, row -> values(row, width))
              : from.list(rest, row -> values(row, width), after);
      if (page.isEmpty()) {
        return;
      }
      to.updateAll(table.insert(), page);
      to.commit();
      from.commit();
      after = table.keyOf(page.getLast());
      moved(page.size());
    }
  }

  private void moved(long rows) {
    done += rows;
    progress.at(whole == 0 ? 1 : Math.min(1, (double) done / whole), done - before);
  }

  private long compare(Table table, MessageDigest all) throws SQLException {
    long[] rows = new long[2];
    String here = digest(from, table, rows, 0);
    String there = digest(to, table, rows, 1);
    if (rows[0] != rows[1] || !here.equals(there)) {
      throw new StoreException(
          "the copy of %s differs: %,d rows there, %,d here"
              .formatted(table.name(), rows[1], rows[0]));
    }
    all.update(here.getBytes(StandardCharsets.UTF_8));
    moved(rows[0]);
    return rows[0];
  }

  private static String digest(Tx tx, Table table, long[] rows, int side) throws SQLException {
    MessageDigest digest = sha256();
    int width = table.columns().size();
    tx.each(
        table.select(false),
        row -> {
          for (@Nullable Object value : values(row, width)) {
            add(digest, value);
          }
          rows[side]++;
          return true;
        });
    tx.commit();
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, @Nullable Object value) {
    switch (value) {
      case null -> digest.update((byte) 0);
      case Long number -> {
        digest.update((byte) 1);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
      }
      case String text -> addBytes(digest, 2, text.getBytes(StandardCharsets.UTF_8));
      case byte[] bytes -> addBytes(digest, 3, bytes);
      default -> throw new IllegalStateException("a value of " + value.getClass());
    }
  }

  private static void addBytes(MessageDigest digest, int kind, byte[] bytes) {
    digest.update((byte) kind);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static @Nullable Object[] values(ResultSet row, int width) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[width];
    for (int i = 0; i < width; i++) {
      Object value = row.getObject(i + 1);
      values[i] = value instanceof Integer small ? Long.valueOf(small) : value;
    }
    return values;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
