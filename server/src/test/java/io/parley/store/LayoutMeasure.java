package io.parley.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/// Measures layouts of the message table, by hand: `docs/adr/0003-message-layout.md` has the
/// figures. Durable rows a second at 128 rows a commit over 20,000 random conversations, then
/// pages of 50 messages read a second from one thread.
///
/// Run it with the test class path: `java … io.parley.store.LayoutMeasure DIR SECONDS`.
final class LayoutMeasure {
  private static final int CONVERSATIONS = 20_000;
  private static final int BATCH = 128;

  private record Layout(String name, List<String> tables, boolean ownTable) {}

  private static final String COLUMNS =
      "conversation_id BIGINT NOT NULL, seq BIGINT NOT NULL, sender_id BIGINT NOT NULL,"
          + " client_message_id TEXT, kind BIGINT NOT NULL, body TEXT NOT NULL, mentions TEXT,"
          + " created_at BIGINT NOT NULL, recalled BIGINT NOT NULL";
  private static final String APPENDED =
      "CREATE TABLE message (id INTEGER PRIMARY KEY, " + COLUMNS + ")";
  private static final String CLUSTERED =
      "CREATE TABLE message (id BIGINT NOT NULL, "
          + COLUMNS
          + ", PRIMARY KEY (conversation_id, seq)) WITHOUT ROWID";
  private static final String BY_SEQ =
      "CREATE UNIQUE INDEX by_seq ON message (conversation_id, seq)";
  private static final String BY_ID = "CREATE UNIQUE INDEX by_id ON message (id)";
  private static final String BY_CLIENT =
      "CREATE UNIQUE INDEX by_client ON message (sender_id, client_message_id)";
  private static final String CLIENT_TABLE =
      "CREATE TABLE sent (sender_id BIGINT NOT NULL, client_message_id TEXT NOT NULL,"
          + " id BIGINT NOT NULL, PRIMARY KEY (sender_id, client_message_id)) WITHOUT ROWID";

  private static final List<Layout> LAYOUTS =
      List.of(
          new Layout("appended, dedup index", List.of(APPENDED, BY_SEQ, BY_CLIENT), false),
          new Layout("appended, dedup table", List.of(APPENDED, BY_SEQ, CLIENT_TABLE), true),
          new Layout("appended, no dedup", List.of(APPENDED, BY_SEQ), false),
          new Layout("clustered, dedup index", List.of(CLUSTERED, BY_ID, BY_CLIENT), false),
          new Layout("clustered, no dedup", List.of(CLUSTERED, BY_ID), false));

  private LayoutMeasure() {}

  public static void main(String[] args) throws Exception {
    int seconds = Integer.parseInt(args[1]);
    System.out.println("| layout | rows | durable rows/s | pages of 50/s |");
    for (Layout layout : LAYOUTS) {
      Path dir = Files.createTempDirectory(Path.of(args[0]), "layout");
      Sqlite engine = new Sqlite(dir.resolve("layout.db"));
      try (Connection writer = engine.openWriter()) {
        create(writer, layout);
        long rows = write(writer, layout, seconds);
        long pages = read(engine, seconds);
        System.out.printf(
            "| %s | %,d | %,d | %,d |%n", layout.name(), rows, rows / seconds, pages / seconds);
      }
    }
  }

  private static void create(Connection writer, Layout layout) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute(
          "CREATE TABLE conversation (id INTEGER PRIMARY KEY, last_seq BIGINT NOT NULL)");
      for (String table : layout.tables()) {
        statement.execute(table);
      }
      for (int i = 1; i <= CONVERSATIONS; i++) {
        statement.execute("INSERT INTO conversation VALUES (" + i + ", 0)");
      }
    }
    writer.commit();
  }

  private static long write(Connection writer, Layout layout, int seconds) throws SQLException {
    Random random = new Random(1);
    long id = 0;
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    String text = "x".repeat(64);
    try (PreparedStatement next =
            writer.prepareStatement(
                "UPDATE conversation SET last_seq = last_seq + 1 WHERE id = ? RETURNING last_seq");
        PreparedStatement insert =
            writer.prepareStatement(
                "INSERT INTO message VALUES (?, ?, ?, ?, ?, 0, ?, NULL, ?, 0)");
        PreparedStatement sent =
            layout.ownTable()
                ? writer.prepareStatement("INSERT INTO sent VALUES (?, ?, ?)")
                : insert) {
      while (System.nanoTime() < end) {
        for (int i = 0; i < BATCH; i++) {
          id++;
          long conversation = 1L + random.nextInt(CONVERSATIONS);
          long sender = 2L * conversation + random.nextInt(2);
          String client = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
          next.setLong(1, conversation);
          long seq;
          try (var row = next.executeQuery()) {
            seq = row.getLong(1);
          }
          insert.setLong(1, id);
          insert.setLong(2, conversation);
          insert.setLong(3, seq);
          insert.setLong(4, sender);
          insert.setString(5, client);
          insert.setString(6, text);
          insert.setLong(7, id);
          insert.executeUpdate();
          if (layout.ownTable()) {
            sent.setLong(1, sender);
            sent.setString(2, client);
            sent.setLong(3, id);
            sent.executeUpdate();
          }
        }
        writer.commit();
      }
    }
    return id;
  }

  private static long read(Sqlite engine, int seconds) throws SQLException {
    Random random = new Random(2);
    long pages = 0;
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    try (Connection reader = engine.openReader();
        PreparedStatement page =
            reader.prepareStatement(
                "SELECT * FROM message WHERE conversation_id = ? ORDER BY seq DESC LIMIT 50")) {
      while (System.nanoTime() < end) {
        page.setLong(1, 1 + random.nextInt(CONVERSATIONS));
        try (var rows = page.executeQuery()) {
          while (rows.next()) {
            rows.getString("body");
          }
        }
        pages++;
      }
    }
    return pages;
  }
}
