package io.parley.audit;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Cursor;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Slice;
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.List;

/// The log of what operators did.
public final class Audit {
  private static final int DETAILS_CHARS_MAX = 1000;
  private static final int REASON_CHARS_MAX = 500;
  private static final int FILTER_CHARS_MAX = 100;

  private final Db db;
  private final Ids ids;
  private final Clock clock;
  private final SecurityLog security;
  private final AuditStore store = new AuditStore();

  /// `security`: is told of each act.
  public Audit(Db db, Ids ids, Clock clock, SecurityLog security) {
    this.security = security;
    this.db = db;
    this.ids = ids;
    this.clock = clock;
  }

  /// Inside the transaction of an act: adds an entry.
  ///
  /// @param details no secret; cut at 1,000 characters
  public void record(Tx tx, Caller operator, String act, String target, String details) {
    AccountId account = operator.accountId();
    Entry entry =
        new Entry(
            ids.next(),
            clock.millis(),
            account == null ? 0 : account.value(),
            act,
            target,
            details.substring(0, Math.min(details.length(), DETAILS_CHARS_MAX)),
            operator.address(),
            operator.program());
    store.insert(tx, entry);
    tx.afterCommit(() -> tell(entry));
  }

  /// Without what the operator said of it: that may be about somebody.
  private void tell(Entry entry) {
    security.tell(
        entry.act(),
        "operator",
        Long.toString(entry.operator()),
        "program",
        entry.program(),
        "target",
        entry.target().replace(' ', ':'),
        "audit",
        Long.toString(entry.id()));
  }

  /// The same for an act that has no transaction of its own.
  public void record(Caller operator, String act, String target, String details) {
    db.change(
        tx -> {
          record(tx, operator, act, target, details);
        });
  }

  /// Entries, newest first.
  ///
  /// @throws Fault TOO_LARGE; INVALID_FIELD for a cursor of another list
  public Slice<Entry> list(Entry.Filter filter, Slice.Request part) {
    requireShort("act", filter.act(), FILTER_CHARS_MAX);
    requireShort("target", filter.target(), FILTER_CHARS_MAX);
    long below = part.after(Long.MAX_VALUE)[0];
    List<Entry> found = db.read(tx -> store.list(tx, filter, below, part.looked()));
    return Slice.of(part, found, last -> Cursor.of(last.id()));
  }

  /// Entries above `above`, oldest first: for reading all of them.
  public List<Entry> after(long above, int rows) {
    return db.read(tx -> store.after(tx, above, rows));
  }

  /// What an operator says of an act: at most 500 characters.
  ///
  /// @throws Fault TOO_LARGE naming `field`
  public static String reason(String field, String text) {
    return requireShort(field, text, REASON_CHARS_MAX);
  }

  /// The same where something must be said.
  ///
  /// @throws Fault INVALID_FIELD, TOO_LARGE
  public static String requireReason(String field, String text) {
    if (text.isBlank()) {
      throw Fault.invalid(field, "must not be empty");
    }
    return reason(field, text);
  }

  private static String requireShort(String field, String text, int charsMax) {
    if (text.length() > charsMax) {
      throw Fault.of(FaultCode.TOO_LARGE, field + ": longer than " + charsMax + " characters");
    }
    return text;
  }
}
