package io.parley.store;

import java.util.List;

/// Texts that are found by any part of them, in any language: a table made by `CREATE TEXT INDEX`.
///
/// The index knows sequences of three characters. Shorter keywords, as most Chinese words are, are
/// looked for by reading texts from the newest down, at most [#SCAN_MAX] of them.
///
/// Texts and keywords must be folded by the caller, in one way.
public final class TextIndex {
  /// Texts read for one keyword of less than three characters.
  public static final int SCAN_MAX = 100_000;

  private static final int INDEXED_CODE_POINTS = 3;

  /// What was found.
  ///
  /// @param ids descending
  /// @param floor texts with an id below this were not looked at; 0 if all were, or if `ids` is
  ///     full and the search goes on below its last
  public record Found(List<Long> ids, long floor) {}

  private final String remove;
  private final String insert;
  private final String find;
  private final String scan;
  private final String floor;

  /// `table`: the name given to `CREATE TEXT INDEX`.
  public TextIndex(String table) {
    remove = "DELETE FROM " + table + " WHERE rowid = ?";
    insert = "INSERT INTO " + table + " (rowid, text) VALUES (?, ?)";
    // The first LIKE is the one that the index serves, because it has no escape character; the
    // second throws out what only matched because the keyword itself holds % or _.
    find =
        "SELECT rowid FROM "
            + table
            + " WHERE text LIKE ? AND text LIKE ? ESCAPE '!' AND rowid < ?"
            + " ORDER BY rowid DESC LIMIT ?";
    String newest = "FROM " + table + " WHERE rowid < ? ORDER BY rowid DESC LIMIT ?";
    scan =
        "SELECT rowid FROM (SELECT rowid, text "
            + newest
            + ") AS newest WHERE text LIKE ? ESCAPE '!' ORDER BY rowid DESC LIMIT ?";
    floor = "SELECT min(rowid) FROM (SELECT rowid " + newest + ") AS newest HAVING count(*) = ?";
  }

  /// Inside a transaction: `id` is found by `text` from now on, and by nothing else.
  public void put(Tx tx, long id, String text) {
    remove(tx, id);
    tx.update(insert, id, text);
  }

  /// Inside a transaction: `id` is not found any more.
  public void remove(Tx tx, long id) {
    tx.update(remove, id);
  }

  /// The newest `limit` texts with an id below `below` that contain `keyword`, which is not empty.
  public Found find(Tx tx, String keyword, long below, int limit) {
    if (!reads(keyword)) {
      return new Found(
          tx.list(find, row -> row.getLong(1), '%' + keyword + '%', pattern(keyword), below, limit),
          0);
    }
    List<Long> ids = tx.list(scan, row -> row.getLong(1), below, SCAN_MAX, pattern(keyword), limit);
    long unseen = ids.size() < limit ? tx.number(floor, below, SCAN_MAX, SCAN_MAX) : 0;
    return new Found(ids, unseen);
  }

  /// Whether `keyword` is too short for the index, so that finding it means reading texts.
  public static boolean reads(String keyword) {
    return keyword.codePointCount(0, keyword.length()) < INDEXED_CODE_POINTS;
  }

  /// A LIKE pattern, escaped with `!`, for text that contains `keyword`.
  public static String pattern(String keyword) {
    return '%' + keyword.replace("!", "!!").replace("%", "!%").replace("_", "!_") + '%';
  }
}
