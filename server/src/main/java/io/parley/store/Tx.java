package io.parley.store;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One engine connection, used by one thread at a time, with its statements prepared once. Inside
/// [Db#write] it is a transaction; inside [Db#read] every statement sees the newest commit.
///
/// Arguments are bound by type: Long, Integer, String, Boolean, byte[] or null.
public final class Tx implements AutoCloseable {
  static final String SETTLED = "SELECT value FROM store_state WHERE name = 'ids'";
  static final String NEWEST =
      "SELECT max(mark) FROM (SELECT value AS mark FROM store_state WHERE name = 'ids'"
          + " UNION ALL SELECT newest FROM node WHERE number >= 0) AS marks";

  private static final Logger log = LoggerFactory.getLogger(Tx.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int ALIVE_S = 2;
  private static final int KEYS_MAX = 128;
  private static final int STATEMENTS_MAX = 256;

  private final Connection connection;
  private final Dialect dialect;
  private final boolean reads;
  private final List<Runnable> committed = new ArrayList<>();
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
  private boolean broken;

  private Tx(Connection connection, Dialect dialect, boolean reads) {
    this.connection = connection;
    this.dialect = dialect;
    this.reads = reads;
  }

  /// The writer's connection.
  static Tx writer(Dialect dialect) throws SQLException {
    return new Tx(dialect.openWriter(), dialect, false);
  }

  /// One that only reads.
  static Tx reader(Dialect dialect) throws SQLException {
    return new Tx(dialect.openReader(), dialect, true);
  }

  /// Runs an INSERT, UPDATE or DELETE; the answer is the number of rows touched.
  ///
  /// @throws DuplicateKeyException if a unique key is taken
  public int update(String sql, @Nullable Object... args) {
    try {
      return bind(sql, args).executeUpdate();
    } catch (SQLException e) {
      throw translate(sql, e);
    }
  }

  /// Runs an INSERT, UPDATE or DELETE once for each of `rows`, in their order; an engine that is
  /// another program gets them at once.
  ///
  /// @throws DuplicateKeyException if a unique key is taken
  public void updateAll(String sql, List<@Nullable Object[]> rows) {
    try {
      if (!dialect.isRemote() || rows.size() == 1) {
        for (@Nullable Object[] row : rows) {
          bind(sql, row).executeUpdate();
        }
        return;
      }
      PreparedStatement statement = prepared(sql);
      for (@Nullable Object[] row : rows) {
        bind(sql, row);
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw translate(sql, e);
    }
  }

  /// The rows of `sql` for any of `keys`, in no order: a SELECT in which `:keys` stands for the
  /// list of them, as in `WITH wanted(a, b) AS (:keys)` or, where they have one part, `id IN
  /// (:keys)`.
  public <T> List<T> listAmong(String sql, RowMapper<T> mapper, List<Object[]> keys) {
    List<T> found = new ArrayList<>(keys.size());
    for (int from = 0; from < keys.size(); from += KEYS_MAX) {
      List<Object[]> some = keys.subList(from, Math.min(keys.size(), from + KEYS_MAX));
      found.addAll(list(sql.replace(":keys", places(some)), mapper, flat(some)));
    }
    return found;
  }

  /// As many as the next power of two: few different statements, each prepared once.
  private static int padded(List<Object[]> keys) {
    return keys.size() == 1 ? 1 : Integer.highestOneBit(keys.size() - 1) << 1;
  }

  private static String places(List<Object[]> keys) {
    String one = "(" + "?, ".repeat(keys.getFirst().length - 1) + "?)";
    return "VALUES " + (one + ", ").repeat(padded(keys) - 1) + one;
  }

  private static @Nullable Object[] flat(List<Object[]> keys) {
    int width = keys.getFirst().length;
    @Nullable Object[] flat = new @Nullable Object[padded(keys) * width];
    for (int i = 0; i < flat.length; i++) {
      // The last key once more, for the places that are left.
      flat[i] = keys.get(Math.min(i / width, keys.size() - 1))[i % width];
    }
    return flat;
  }

  /// What a SELECT ends with whose rows nobody may change before this transaction is over.
  public String held() {
    return dialect.held();
  }

  /// The first row, or null where there is none. Also for INSERT/UPDATE … RETURNING.
  public <T> @Nullable T first(String sql, RowMapper<T> mapper, @Nullable Object... args) {
    try (ResultSet rows = bind(sql, args).executeQuery()) {
      return rows.next() ? mapper.map(rows) : null;
    } catch (SQLException e) {
      throw translate(sql, e);
    }
  }

  /// All rows, in the statement's order.
  public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... args) {
    try (ResultSet rows = bind(sql, args).executeQuery()) {
      List<T> list = new ArrayList<>();
      while (rows.next()) {
        list.add(mapper.map(rows));
      }
      return list;
    } catch (SQLException e) {
      throw translate(sql, e);
    }
  }

  /// What [#each] is told.
  @FunctionalInterface
  public interface RowVisitor {
    /// Whether the next row is wanted.
    boolean visit(ResultSet row) throws SQLException;
  }

  /// Shows the rows to `visitor`, one after the other as they are read, until it wants no more.
  /// Whether it wanted all. The visitor may run other statements.
  public boolean each(String sql, RowVisitor visitor, @Nullable Object... args) {
    int atOnce = dialect.rowsAtOnce();
    try {
      // Rows come a few at a time only within a transaction; a reader has none but this.
      boolean alone = atOnce > 0 && connection.getAutoCommit();
      if (alone) {
        connection.setAutoCommit(false);
      }
      try {
        return visit(bind(sql, args), atOnce, visitor);
      } finally {
        if (alone) {
          connection.setAutoCommit(true);
        }
      }
    } catch (SQLException e) {
      throw translate(sql, e);
    }
  }

  private static boolean visit(PreparedStatement statement, int atOnce, RowVisitor visitor)
      throws SQLException {
    statement.setFetchSize(atOnce);
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (!visitor.visit(rows)) {
          return false;
        }
      }
      return true;
    }
  }

  /// Does `change`, or nothing of it where a unique key that it needs is taken; says which. What
  /// was done before stays, whatever it throws.
  public boolean attempt(Change change) {
    update("SAVEPOINT attempt");
    boolean made = false;
    try {
      change.make(this);
      made = true;
    } catch (DuplicateKeyException e) {
      // Undone below.
    } finally {
      if (!made) {
        update("ROLLBACK TO SAVEPOINT attempt");
      }
      update("RELEASE SAVEPOINT attempt");
    }
    return made;
  }

  /// The number in the first column of the first row; 0 where there is no row or it is NULL.
  public long number(String sql, @Nullable Object... args) {
    Long value = first(sql, row -> row.getLong(1), args);
    return value == null ? 0 : value;
  }

  /// The engine's clock, which is one for all servers: epoch milliseconds.
  public long clockMs() {
    return number(dialect.clock());
  }

  /// Up to which id everything is there that ever will be, of whichever server. Whoever reads on
  /// from an id reads up to this one and passes nothing over; above it some may have been committed
  /// while one below them still is not.
  public long settled() {
    return number(SETTLED);
  }

  /// What no id is above that was committed, of whichever server.
  long newest() {
    return number(NEWEST);
  }

  /// Runs `action` after this operation's commit, before its caller hears of it, in commit order
  /// across operations. It must not block for long. Dropped if the operation fails.
  public void afterCommit(Runnable action) {
    committed.add(action);
  }

  List<Runnable> takeCommitted() {
    if (committed.isEmpty()) {
      return List.of();
    }
    List<Runnable> taken = List.copyOf(committed);
    committed.clear();
    return taken;
  }

  void commit() throws SQLException {
    dialect.commit(connection);
  }

  /// Whether [#rollback] undoes nothing but what operations did.
  boolean mayRollBack() {
    return !dialect.isRemote();
  }

  /// Undoes what was done since the last commit.
  void rollback() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw translate("ROLLBACK", e);
    }
  }

  Connection connection() {
    return connection;
  }

  /// Whether the engine answers on it.
  boolean isAlive() {
    try {
      return connection.isValid(ALIVE_S);
    } catch (SQLException e) {
      return false;
    }
  }

  /// Whether the engine failed under a statement, whoever caught that: what this connection did
  /// since its last commit is in doubt, and so is what it will do.
  boolean broken() {
    return broken;
  }

  /// Closes, whatever state it is in.
  void drop() {
    try {
      close();
    } catch (RuntimeException e) {
      // It is given up because it does not work.
    }
  }

  @Override
  public void close() {
    try (connection) {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
    } catch (SQLException e) {
      throw translate("close", e);
    }
  }

  /// The texts of the statements that are prepared.
  Set<String> statements() {
    return Set.copyOf(statements.keySet());
  }

  private PreparedStatement bind(String sql, @Nullable Object[] args) throws SQLException {
    PreparedStatement statement = prepared(sql);
    for (int i = 0; i < args.length; i++) {
      bind(statement, i + 1, args[i]);
    }
    return statement;
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
      if (statements.size() > STATEMENTS_MAX) {
        String eldest = statements.keySet().iterator().next();
        PreparedStatement dropped = statements.remove(eldest);
        if (dropped != null) {
          dropped.close();
        }
      }
    }
    return statement;
  }

  private void bind(PreparedStatement statement, int at, @Nullable Object arg) throws SQLException {
    switch (arg) {
      case null -> dialect.bindNull(statement, at);
      case Long number -> statement.setLong(at, number);
      case Integer number -> statement.setLong(at, number);
      case String text -> statement.setString(at, text);
      case Boolean flag -> statement.setBoolean(at, flag);
      case byte[] bytes -> statement.setBytes(at, bytes);
      default -> throw new IllegalArgumentException("cannot bind " + arg.getClass());
    }
  }

  private RuntimeException translate(String sql, SQLException e) {
    broken |= dialect.isBroken(e, reads);
    if (dialect.isDuplicateKey(e)) {
      return new DuplicateKeyException(e);
    }
    if (dialect.isBusy(e)) {
      log.warn("a statement gave way: {}", e.getMessage());
      return Fault.retry(FaultCode.BUSY, "the store is busy; try again", RETRY);
    }
    return new StoreException(sql, e);
  }
}
