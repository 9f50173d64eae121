package io.parley.store;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Texts that are found by any part of them, in any language: a table made by `CREATE TEXT INDEX`.
///
/// The index knows sequences of three letters or digits. Keywords without one, as most Chinese
/// words are, are looked for by reading texts from the newest down, at most [#SCAN_MAX] of them and
/// no more than the scan's [Budget] allows.
///
/// Texts and keywords must be folded by the caller, in one way.
public final class TextIndex {
  /// Texts read for one keyword that the index does not know.
  public static final int SCAN_MAX = 100_000;

  /// What LIKE takes for something else, on one engine or the other.
  private static final Pattern SPECIAL = Pattern.compile("[%_\\\\]");

  /// What the index of every engine has.
  private static final Pattern SEQUENCE = Pattern.compile("[\\p{L}\\p{Nd}]{3}");

  /// What was found.
  ///
  /// @param ids descending
  /// @param floor texts with an id below this were not looked at; 0 if all were, or if `ids` is
  ///     full and the search goes on below its last
  public record Found(List<Long> ids, long floor) {}

  private final String remove;
  private final String insert;
  private final String find;
  private final String newest;

  /// `table`: the name given to `CREATE TEXT INDEX`.
  public TextIndex(String table) {
    remove = "DELETE FROM " + table + " WHERE rowid = ?";
    insert = "INSERT INTO " + table + " (rowid, text) VALUES (?, ?)";
    // The first LIKE is the one that the index serves, because it has no escape character; the
    // second throws out what holds only a part of the keyword.
    find =
        "SELECT rowid FROM "
            + table
            + " WHERE text LIKE ? AND text LIKE ? ESCAPE '!' AND rowid < ?"
            + " ORDER BY rowid DESC LIMIT ?";
    newest = "SELECT rowid, text FROM " + table + " WHERE rowid < ? ORDER BY rowid DESC LIMIT ?";
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
  ///
  /// @param budget for texts that are read because the index does not know the keyword
  public Found find(Tx tx, String keyword, long below, int limit, Budget budget) {
    String served = served(keyword);
    return served.isEmpty()
        ? scan(tx, keyword, below, limit, budget)
        : new Found(
            tx.list(
                find, row -> row.getLong(1), '%' + served + '%', pattern(keyword), below, limit),
            0);
  }

  private Found scan(Tx tx, String keyword, long below, int limit, Budget budget) {
    List<Long> ids = new ArrayList<>();
    long[] floor = new long[1];
    int[] read = new int[1];
    tx.each(
        newest,
        row -> {
          long id = row.getLong(1);
          String text = row.getString(2);
          if (text.contains(keyword)) {
            ids.add(id);
          }
          boolean more = budget.spend(text.length());
          if (ids.size() == limit) {
            return false;
          }
          if (!more || ++read[0] == SCAN_MAX) {
            floor[0] = id;
          }
          return floor[0] == 0;
        },
        below,
        SCAN_MAX);
    return new Found(ids, floor[0]);
  }

  /// Whether the index does not know `keyword`, so that finding it means reading texts.
  public static boolean reads(String keyword) {
    return served(keyword).isEmpty();
  }

  /// The longest part of `keyword` that the index of every engine can look up: it has three letters
  /// or digits in a row, and nothing that LIKE takes for something else. Empty if there is none.
  private static String served(String keyword) {
    String longest = "";
    for (String part : SPECIAL.split(keyword)) {
      if (part.length() > longest.length() && SEQUENCE.matcher(part).find()) {
        longest = part;
      }
    }
    return longest;
  }

  /// A LIKE pattern, escaped with `!`, for text that contains `keyword`.
  public static String pattern(String keyword) {
    return '%' + keyword.replace("!", "!!").replace("%", "!%").replace("_", "!_") + '%';
  }
}
