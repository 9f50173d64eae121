package io.parley.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the tables to this program's version. Migrations are the resources that
/// `migration/index.txt` lists, in the order of their numbers; `NNNN_name.sql` runs on every
/// engine, `NNNN_name.<engine>.sql` on that engine only. A statement `RUN name` runs Java.
///
/// Each is applied once, in its own transaction, and remembered with its SHA-256. A database whose
/// checksum differs was built from altered files; one that holds a version this program does not
/// know was written by a newer program. Both are refused before anything is touched, unless all
/// that is newer [#expands] the tables: then servers of this program start and go on beside newer
/// ones, as they do while a cluster is upgraded server by server.
final class Migrations {
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  private record Migration(int version, String file, String sql, String checksum) {}

  private record Applied(int version, String file, String checksum) {}

  /// What SQL cannot say: `RUN name` in a migration.
  private static final Map<String, Consumer<Tx>> PROGRAMS =
      Map.of("refolding", Refolding::run, "looks", LookFilling::run);

  /// Tables that say something of a store or of its servers, and nothing of what is stored.
  private static final List<String> OWN =
      List.of("store_state", "node", "node_event", "node_secret", "gateway_stream");

  private static final Pattern MADE = Pattern.compile("(?m)^CREATE (TABLE|TEXT INDEX) (\\w+)");

  /// What a migration's line says that leaves all that older programs read and write as it is.
  private static final Pattern EXPANDS = Pattern.compile("(?m)^-- Expands\\.");

  /// Statements that do: tables that are new, columns that a row need not name, and indexes that
  /// refuse nothing.
  private static final Pattern ADDS =
      Pattern.compile(
          "CREATE TABLE .*|CREATE INDEX .*|DROP INDEX .*"
              + "|ALTER TABLE \\w+ ADD COLUMN (?!.*\\bNOT NULL\\b(?!.*\\bDEFAULT\\b)).*",
          Pattern.DOTALL);

  private Migrations() {}

  /// Applies those that are missing.
  ///
  /// @return whether the tables are newer than this program, and it may use them
  /// @throws StoreException if it may not, or they were built from other files
  static boolean run(Tx tx, Dialect dialect) throws SQLException {
    tx.update(
        """
        CREATE TABLE IF NOT EXISTS schema_version (
          version BIGINT NOT NULL PRIMARY KEY, file TEXT NOT NULL, checksum TEXT NOT NULL)\
        """);
    tx.update("CREATE TABLE IF NOT EXISTS schema_expansion (version BIGINT NOT NULL PRIMARY KEY)");
    tx.commit();
    List<Migration> known = load(dialect);
    List<Applied> applied =
        tx.list(
            "SELECT version, file, checksum FROM schema_version ORDER BY version",
            row -> new Applied(row.getInt(1), row.getString(2), row.getString(3)));
    if (check(tx, known, applied)) {
      return true;
    }
    for (Migration migration : known.subList(applied.size(), known.size())) {
      for (String statement : statements(migration.sql())) {
        apply(tx, dialect, statement);
      }
      tx.update(
          "INSERT INTO schema_version (version, file, checksum) VALUES (?, ?, ?)",
          migration.version(),
          migration.file(),
          migration.checksum());
      if (expands(migration.file(), migration.sql())) {
        tx.update("INSERT INTO schema_expansion (version) VALUES (?)", migration.version());
      }
      tx.commit();
    }
    return false;
  }

  /// Whether a migration says that programs which do not know it may go on.
  ///
  /// @throws StoreException if it says so, and does more than to add
  static boolean expands(String file, String sql) {
    if (!EXPANDS.matcher(sql).find()) {
      return false;
    }
    for (String statement : statements(sql)) {
      if (!ADDS.matcher(bare(statement)).matches()) {
        throw new StoreException(
            "migration %s says that it expands, and does more: %s"
                .formatted(file, bare(statement)));
      }
    }
    return true;
  }

  /// The tables that hold records: all but those that the store keeps for itself.
  static List<String> tables() {
    List<String> names = new ArrayList<>();
    for (String file : resource("index.txt").strip().split("\n")) {
      Matcher made = MADE.matcher(resource(file.strip()));
      while (made.find()) {
        names.add(made.group(2));
      }
    }
    names.removeAll(OWN);
    return names;
  }

  /// Whether the table is one of [TextIndex].
  static boolean isTextIndex(String table) {
    return Arrays.stream(resource("index.txt").strip().split("\n"))
        .anyMatch(file -> resource(file.strip()).contains("CREATE TEXT INDEX " + table + ";"));
  }

  private static List<String> statements(String sql) {
    return Arrays.stream(sql.split(";\\s*\n")).filter(each -> !each.isBlank()).toList();
  }

  private static String bare(String statement) {
    return statement.replaceAll("(?m)^--.*$", "").strip();
  }

  private static void apply(Tx tx, Dialect dialect, String statement) {
    String bare = bare(statement);
    if (!bare.startsWith("RUN ")) {
      for (String adapted : statements(dialect.ddl(statement))) {
        tx.update(adapted);
      }
      return;
    }
    Consumer<Tx> program = PROGRAMS.get(bare.substring(4));
    if (program == null) {
      throw new StoreException("no migration is called " + bare);
    }
    program.accept(tx);
  }

  /// Whether what was applied is newer than what is known, and may be.
  private static boolean check(Tx tx, List<Migration> known, List<Applied> applied) {
    int common = Math.min(known.size(), applied.size());
    for (int i = 0; i < common; i++) {
      if (!applied.get(i).checksum().equals(known.get(i).checksum())) {
        throw new StoreException(
            "migration %s differs from the one that built this database"
                .formatted(applied.get(i).file()));
      }
    }
    if (applied.size() == common) {
      return false;
    }
    int newest = applied.getLast().version();
    int own = known.getLast().version();
    Set<Integer> expansions =
        Set.copyOf(tx.list("SELECT version FROM schema_expansion", row -> row.getInt(1)));
    for (Applied newer : applied.subList(common, applied.size())) {
      if (!expansions.contains(newer.version())) {
        throw new StoreException(
            "the database is at version %d, this program knows %d: it was written by a newer Parley"
                .formatted(newest, own));
      }
    }
    log.warn(
        "the database is at version {}, this program knows {}: what is newer lets it go on",
        newest,
        own);
    return true;
  }

  private static List<Migration> load(Dialect dialect) {
    Map<Integer, Migration> byVersion = new TreeMap<>();
    for (String file : resource("index.txt").strip().split("\n")) {
      String[] parts = file.strip().split("\\.");
      @Nullable String engine = parts.length == 3 ? parts[1] : null;
      if (engine != null && !engine.equals(dialect.name())) {
        continue;
      }
      int version = Integer.parseInt(file.substring(0, 4));
      String sql = resource(file.strip());
      if (byVersion.put(version, new Migration(version, file.strip(), sql, sha256(sql))) != null) {
        throw new StoreException("two migrations have the number " + version);
      }
    }
    return new ArrayList<>(byVersion.values());
  }

  private static String resource(String file) {
    try (@Nullable InputStream in = Migrations.class.getResourceAsStream("migration/" + file)) {
      if (in == null) {
        throw new StoreException("migration/" + file + " is not packed");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException("cannot read migration/" + file + ": " + e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
