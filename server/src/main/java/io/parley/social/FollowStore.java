package io.parley.social;

import io.parley.base.AccountId;
import io.parley.base.Page;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.util.List;

/// The SQL of follows.
final class FollowStore {
  /// Whom an account follows since when, epoch milliseconds.
  record Row(AccountId followee, long since) {}

  private static final RowMapper<AccountId> ID = row -> new AccountId(row.getLong(1));

  void insert(Tx tx, AccountId follower, AccountId followee, long now) {
    tx.update(
        "INSERT INTO follow (follower_id, followee_id, created_at) VALUES (?, ?, ?)",
        follower.value(),
        followee.value(),
        now);
  }

  boolean delete(Tx tx, AccountId follower, AccountId followee) {
    return tx.update(
            "DELETE FROM follow WHERE follower_id = ? AND followee_id = ?",
            follower.value(),
            followee.value())
        > 0;
  }

  boolean exists(Tx tx, AccountId follower, AccountId followee) {
    return tx.number(
            "SELECT count(*) FROM follow WHERE follower_id = ? AND followee_id = ?",
            follower.value(),
            followee.value())
        > 0;
  }

  long followeeCount(Tx tx, AccountId follower) {
    return tx.number("SELECT count(*) FROM follow WHERE follower_id = ?", follower.value());
  }

  long followerCount(Tx tx, AccountId followee) {
    return tx.number("SELECT count(*) FROM follow WHERE followee_id = ?", followee.value());
  }

  /// In the order of their ids.
  List<AccountId> followees(Tx tx, AccountId follower) {
    return tx.list(
        "SELECT followee_id FROM follow WHERE follower_id = ? ORDER BY followee_id",
        ID,
        follower.value());
  }

  /// The first `limit` with an id above `after`, in the order of their ids.
  List<AccountId> followersAfter(Tx tx, AccountId followee, AccountId after, int limit) {
    return tx.list(
        """
        SELECT follower_id FROM follow WHERE followee_id = ? AND follower_id > ?
        ORDER BY follower_id LIMIT ?\
        """,
        ID,
        followee.value(),
        after.value(),
        limit);
  }

  /// Latest first.
  List<Row> followeePage(Tx tx, AccountId follower, Page.Request page) {
    return tx.list(
        """
        SELECT followee_id, created_at FROM follow
        WHERE follower_id = ? AND (created_at, followee_id) < (?, ?)
        ORDER BY created_at DESC, followee_id DESC LIMIT ? OFFSET ?\
        """,
        row -> new Row(new AccountId(row.getLong(1)), row.getLong(2)),
        page.downwards(follower.value()));
  }

  /// In the order of account ids, newest account first: an account may have more followers than can
  /// be sorted for a page.
  List<AccountId> followerPage(Tx tx, AccountId followee, Page.Request page) {
    return tx.list(
        """
        SELECT follower_id FROM follow WHERE followee_id = ? AND follower_id < ?
        ORDER BY follower_id DESC LIMIT ? OFFSET ?\
        """,
        ID,
        followee.value(),
        page.after(Long.MAX_VALUE)[0],
        page.rows(),
        page.offset());
  }
}
