package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Cursor;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Slice;
import io.parley.store.Budget;
import io.parley.store.Db;
import io.parley.store.Scans;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The list of an account's conversations, as a device brings its own up to date.
public final class Syncing {
  /// One page of changes.
  ///
  /// @param cursor where the next page starts
  /// @param settled up to where nothing was passed over: see [Tx#settled]
  public record Changes(
      List<Conversation> conversations, String cursor, boolean more, long settled) {
    /// Where a page starts after which none but the first `count` of these, at least 1, were given.
    public String cursorAfter(int count) {
      return Cursor.of(Math.min(conversations.get(count - 1).changed(), settled));
    }
  }

  /// What was just committed is waited for so long to be settled. Whoever holds it up longer has
  /// stopped; then what is above is given, and again on the next page.
  private static final Duration SETTLING = Duration.ofMillis(200);

  /// Which of its conversations changed is found by looking at all of an account's: those of one
  /// that is in more than so many are looked at as a search.
  private static final int LOOKED_THROUGH_MAX = 2_000;

  /// The same for a page with more unread messages than this.
  private static final int COUNTED_THROUGH_MAX = 20_000;

  private final Db db;
  private final Scans scans;
  private final Limits limits;
  private final ChangedStore store = new ChangedStore();
  private final MessageStore messages = new MessageStore();
  private final ChatStore chats = new ChatStore();

  public Syncing(Db db, Scans scans, Limits limits) {
    this.db = db;
    this.scans = scans;
    this.limits = limits;
  }

  /// The caller's conversations that changed since `cursor` (empty: all), oldest change first.
  ///
  /// @param limit 0 for 50; more than `limits.history_max` is that
  /// @throws Fault INVALID_FIELD for a cursor that this server did not give; BUSY as [Scans#read]
  ///     for an account in more than 2,000 conversations or with more than 20,000 unread messages
  public Changes sync(Caller caller, String cursor, int limit) {
    AccountId reader = caller.requireAccount();
    long after = Cursor.keys(cursor, 0)[0];
    int rows = Slice.rows(limit, Messaging.HISTORY, limits.historyMax());
    Changes page = page(caller, reader, after, rows);
    if (page.conversations().isEmpty()
        || page.conversations().getLast().changed() <= page.settled()) {
      return page;
    }
    // Of other servers something lower may come yet.
    db.settle(SETTLING);
    return page(caller, reader, after, rows);
  }

  private Changes page(Caller caller, AccountId reader, long after, int rows) {
    Changes changes =
        scans.lookUp(
            (tx, budget) ->
                store.isInMoreThan(tx, reader, LOOKED_THROUGH_MAX)
                    ? null
                    : changes(tx, budget, new Wanted(reader, after, rows, COUNTED_THROUGH_MAX)));
    return changes != null
        ? changes
        : scans.read(
            caller,
            (tx, budget) ->
                // Never null: no count is over this one.
                Objects.requireNonNull(
                    changes(tx, budget, new Wanted(reader, after, rows, Long.MAX_VALUE))));
  }

  /// @param countedMax unread messages that may be counted through
  private record Wanted(AccountId reader, long after, int rows, long countedMax) {}

  /// Null if more would have to be counted through than is wanted. The page ends early where the
  /// budget does.
  private @Nullable Changes changes(Tx tx, Budget budget, Wanted wanted) {
    long settled = tx.settled();
    var changed = store.changedAfter(tx, wanted.reader(), wanted.after(), wanted.rows() + 1);
    boolean more = changed.size() > wanted.rows();
    var rows = more ? changed.subList(0, wanted.rows()) : changed;
    long unread =
        rows.stream()
            .map(ChangedStore.Changed::membership)
            .mapToLong(each -> Math.max(0, each.visibleSeq() - each.readSeq()))
            .sum();
    if (unread > wanted.countedMax()) {
      return null;
    }
    List<Conversation> page = new ArrayList<>();
    for (ChangedStore.Changed row : rows) {
      MessageStore.Unread counted = messages.unread(tx, row.membership(), wanted.reader(), budget);
      if (!counted.exact() && !page.isEmpty()) {
        // The next page begins with it, and with all of a budget.
        more = true;
        break;
      }
      page.add(view(tx, wanted.reader(), row, counted));
    }
    long next = page.isEmpty() ? wanted.after() : Math.min(page.getLast().changed(), settled);
    return new Changes(page, Cursor.of(next), more, settled);
  }

  private Conversation view(
      Tx tx, AccountId reader, ChangedStore.Changed row, MessageStore.Unread unread) {
    Membership membership = row.membership();
    long visible = membership.visibleSeq();
    boolean group = membership.isGroup();
    return new Conversation(
        membership.conversation(),
        membership.with(reader),
        visible,
        membership.readSeq(),
        unread.messages(),
        visible == 0 ? null : messages.last(tx, membership, reader),
        row.changed(),
        row.updatedAt(),
        group ? unread.mentions() : 0,
        chats.settings(tx, membership, reader),
        group ? 0 : chats.peerReadSeq(tx, membership, reader),
        chats.lastChange(tx, membership.conversation(), reader),
        row.standing(),
        row.asker() != null && !row.asker().equals(reader));
  }
}
