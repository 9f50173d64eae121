package io.parley.activity;

import io.parley.base.AccountId;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The SQL of activity.
final class ActivityStore {
  private static final String SELECT =
      "SELECT id, kind, subject_id, place_id, changed_at, acts, actors FROM activity WHERE ";

  @Nullable Activity find(Tx tx, AccountId account, About about) {
    return tx.first(
        SELECT + "account_id = ? AND kind = ? AND subject_id = ?",
        ActivityStore::map,
        account.value(),
        about.kind().code(),
        about.subject());
  }

  void insert(Tx tx, AccountId account, Activity entry) {
    tx.update(
        """
        INSERT INTO activity (account_id, kind, subject_id, id, place_id, changed_at, acts, actors)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        account.value(),
        entry.about().kind().code(),
        entry.about().subject(),
        entry.id(),
        entry.about().place(),
        entry.at(),
        entry.acts(),
        text(entry.actors()));
  }

  void update(Tx tx, AccountId account, Activity entry) {
    tx.update(
        """
        UPDATE activity SET id = ?, changed_at = ?, acts = ?, actors = ?
        WHERE account_id = ? AND kind = ? AND subject_id = ?\
        """,
        entry.id(),
        entry.at(),
        entry.acts(),
        text(entry.actors()),
        account.value(),
        entry.about().kind().code(),
        entry.about().subject());
  }

  boolean delete(Tx tx, AccountId account, About about) {
    return tx.update(
            "DELETE FROM activity WHERE account_id = ? AND kind = ? AND subject_id = ?",
            account.value(),
            about.kind().code(),
            about.subject())
        > 0;
  }

  boolean deletePlace(Tx tx, AccountId account, long place) {
    return tx.update(
            "DELETE FROM activity WHERE account_id = ? AND place_id = ? AND place_id > 0",
            account.value(),
            place)
        > 0;
  }

  void deletePlace(Tx tx, long place) {
    tx.update("DELETE FROM activity WHERE place_id = ? AND place_id > 0", place);
  }

  /// Some of those whose lists have something about a place.
  List<AccountId> toldOf(Tx tx, long place, int most) {
    return tx.list(
        "SELECT DISTINCT account_id FROM activity WHERE place_id = ? AND place_id > 0 LIMIT ?",
        row -> new AccountId(row.getLong(1)),
        place,
        most);
  }

  /// Deletes all but the newest `kept`.
  void trim(Tx tx, AccountId account, int kept) {
    tx.update(
        """
        DELETE FROM activity WHERE account_id = ? AND id <= (
          SELECT id FROM activity WHERE account_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)\
        """,
        account.value(),
        account.value(),
        kept);
  }

  /// The entries that name `actor`.
  List<Activity> naming(Tx tx, AccountId account, AccountId actor) {
    return tx.list(
        SELECT + "account_id = ? AND (',' || actors || ',') LIKE ?",
        ActivityStore::map,
        account.value(),
        "%," + actor.value() + ",%");
  }

  /// Newest first.
  List<Activity> list(Tx tx, AccountId account, long below, int limit) {
    return tx.list(
        SELECT + "account_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
        ActivityStore::map,
        account.value(),
        below,
        limit);
  }

  /// Those of `accounts` that may be named to others.
  Set<AccountId> named(Tx tx, Set<AccountId> accounts) {
    List<Object[]> keys = accounts.stream().map(it -> new Object[] {it.value()}).toList();
    return keys.isEmpty()
        ? Set.of()
        : new HashSet<>(
            tx.listAmong(
                """
                SELECT a.id FROM account a WHERE a.id IN (:keys) AND a.deleted_at IS NULL
                  AND NOT EXISTS (SELECT 1 FROM hidden_account h WHERE h.account_id = a.id)\
                """,
                row -> new AccountId(row.getLong(1)),
                keys));
  }

  /// What the posts and comments say that `entries` are about, by their ids.
  Map<Long, String> texts(Tx tx, List<Activity> entries) {
    Map<Long, String> texts = new HashMap<>();
    read(
        tx,
        "SELECT id, content FROM post WHERE id IN (:keys)",
        entries.stream().map(entry -> entry.about().place()),
        texts);
    read(
        tx,
        "SELECT id, content FROM post_comment WHERE id IN (:keys)",
        entries.stream()
            .filter(entry -> entry.about().kind() == ActivityKind.ANSWERED)
            .map(entry -> entry.about().subject()),
        texts);
    return texts;
  }

  private static void read(Tx tx, String sql, Stream<Long> ids, Map<Long, String> texts) {
    List<Object[]> keys = ids.filter(id -> id > 0).distinct().map(id -> new Object[] {id}).toList();
    if (!keys.isEmpty()) {
      tx.listAmong(sql, row -> Map.entry(row.getLong(1), row.getString(2)), keys)
          .forEach(text -> texts.put(text.getKey(), text.getValue()));
    }
  }

  /// Whether either blocks the other.
  boolean blocked(Tx tx, AccountId one, AccountId other) {
    return tx.number(
            """
            SELECT count(*) FROM block WHERE (account_id = ? AND peer_id = ?)
              OR (account_id = ? AND peer_id = ?)\
            """,
            one.value(),
            other.value(),
            other.value(),
            one.value())
        > 0;
  }

  /// Entries with an id above `above`, counted to `most` at most.
  long count(Tx tx, AccountId account, long above, int most) {
    return tx.list(
            "SELECT id FROM activity WHERE account_id = ? AND id > ? LIMIT ?",
            row -> row.getLong(1),
            account.value(),
            above,
            most)
        .size();
  }

  /// The newest id that is not above `most`; 0 for none.
  long newest(Tx tx, AccountId account, long most) {
    return tx.number(
        "SELECT max(id) FROM activity WHERE account_id = ? AND id <= ?", account.value(), most);
  }

  long seen(Tx tx, AccountId account) {
    return tx.number("SELECT id FROM activity_seen WHERE account_id = ?", account.value());
  }

  void setSeen(Tx tx, AccountId account, long id) {
    tx.update(
        """
        INSERT INTO activity_seen (account_id, id) VALUES (?, ?)
        ON CONFLICT (account_id) DO UPDATE SET id = excluded.id\
        """,
        account.value(),
        id);
  }

  private static String text(List<AccountId> actors) {
    return actors.stream().map(it -> Long.toString(it.value())).collect(Collectors.joining(","));
  }

  private static Activity map(ResultSet row) throws SQLException {
    String actors = row.getString(7);
    return new Activity(
        row.getLong(1),
        new About(ActivityKind.of(row.getInt(2)), row.getLong(3), row.getLong(4)),
        row.getLong(5),
        row.getLong(6),
        actors.isEmpty()
            ? List.of()
            : Arrays.stream(actors.split(","))
                .map(id -> new AccountId(Long.parseLong(id)))
                .toList());
  }
}
