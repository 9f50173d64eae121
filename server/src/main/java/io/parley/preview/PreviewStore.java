package io.parley.preview;

import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The SQL of previews.
final class PreviewStore {
  /// What is known of a link.
  ///
  /// @param preview null for one that has none
  record Kept(@Nullable Preview preview) {}

  /// What is kept of a link and has not ended; null for nothing.
  ///
  /// @param key names the link
  @Nullable Kept find(Tx tx, String key, long now) {
    return tx.first(
        """
        SELECT url, title, description, site, image, image_type, width, height
        FROM link_preview WHERE link_key = ? AND ends_at > ?\
        """,
        row -> new Kept(row.getString(2).isEmpty() ? null : preview(row)),
        key,
        now);
  }

  /// Keeps it until `ends` in place of what was kept.
  void put(Tx tx, String key, @Nullable Preview preview, long now, long ends) {
    Preview.Image image = preview == null ? null : preview.image();
    tx.update(
        """
        INSERT INTO link_preview (link_key, url, title, description, site, image, image_type, width,
          height, made_at, ends_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (link_key) DO UPDATE SET url = excluded.url, title = excluded.title,
          description = excluded.description, site = excluded.site, image = excluded.image,
          image_type = excluded.image_type, width = excluded.width, height = excluded.height,
          made_at = excluded.made_at, ends_at = excluded.ends_at\
        """,
        key,
        preview == null ? "" : preview.url(),
        preview == null ? "" : preview.title(),
        preview == null ? "" : preview.description(),
        preview == null ? "" : preview.site(),
        image == null ? "" : Base64.getEncoder().encodeToString(image.bytes()),
        image == null ? "" : image.type(),
        image == null ? 0 : image.width(),
        image == null ? 0 : image.height(),
        now,
        ends);
  }

  /// Removes what has ended, and of what is left more than `max` the oldest.
  void trim(Tx tx, long now, int max) {
    tx.update("DELETE FROM link_preview WHERE ends_at <= ?", now);
    long over = tx.number("SELECT count(*) FROM link_preview") - max;
    if (over > 0) {
      tx.update(
          """
          DELETE FROM link_preview WHERE link_key IN
            (SELECT link_key FROM link_preview ORDER BY made_at, link_key LIMIT ?)\
          """,
          over);
    }
  }

  private static Preview preview(ResultSet row) throws SQLException {
    String image = row.getString(5);
    return new Preview(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        image.isEmpty()
            ? null
            : new Preview.Image(
                Base64.getDecoder().decode(image), row.getString(6), row.getInt(7), row.getInt(8)));
  }
}
