package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Cursor;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.base.Slice;
import io.parley.store.Db;
import io.parley.store.Scans;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds accounts: by what they are called, and as operators look for them, disabled ones included.
public final class AccountSearch {
  /// Which accounts are wanted.
  ///
  /// @param keyword an id, the beginning of a login name, or a part of the display name, case- and
  ///     width-folded; empty: all
  /// @param disabled only those that are disabled
  /// @param admin only those with the admin right
  public record Filter(String keyword, boolean disabled, boolean admin) {
    /// The keyword as an id; 0 if it cannot be one.
    long id() {
      return keyword.strip().matches("\\d{1,18}") ? Long.parseLong(keyword.strip()) : 0;
    }
  }

  private static final int KEYWORD_CHARS_MAX = 128;

  /// What reading the names of an account counts as.
  private static final int NAME_CHARS = 32;

  private final Db db;
  private final Scans scans;
  private final Limits limits;
  private final AccountStore accounts = new AccountStore();
  private final SearchStore store = new SearchStore();

  public AccountSearch(Db db, Scans scans, Limits limits) {
    this.db = db;
    this.scans = scans;
    this.limits = limits;
  }

  /// Accounts whose display name begins with `keyword`, at most 10,000, and those of the newest
  /// 50,000 whose display name contains it (case-folded; empty: all of these), newest first.
  ///
  /// @throws Fault TOO_LARGE; BUSY as [Scans#read]
  public Page<Account> named(Caller caller, String keyword, Page.Request page) {
    if (keyword.length() > 2 * limits.nicknameCodePointsMax()) {
      throw Fault.of(FaultCode.TOO_LARGE, "keyword: too long");
    }
    return scans.read(
        caller,
        (tx, budget) -> {
          List<Account> rows = store.search(tx, keyword, page.pageSize(), page.offset());
          boolean last = rows.size() < page.pageSize() && (page.page() == 1 || !rows.isEmpty());
          long total = last ? page.offset() + rows.size() : store.searchCount(tx, keyword);
          return new Page<>(rows, page.page(), page.pageSize(), total);
        });
  }

  /// Accounts of which a username, or a nickname that is a login name, begins with `keyword`, at
  /// most 10,000, and those of the newest 50,000 of which one contains it (case-folded), newest
  /// first.
  ///
  /// @throws Fault TOO_LARGE; BUSY as [Scans#read]
  public List<Profile> known(Caller caller, String keyword, int limit, long offset) {
    requireLength(keyword);
    return scans.read(
        caller,
        (tx, budget) ->
            store.searchNames(tx, keyword, limit, offset).stream()
                .map(id -> accounts.findProfile(tx, id))
                .filter(Objects::nonNull)
                .toList());
  }

  /// Accounts, newest first, as many of them as the search comes to: `next` goes on from there.
  ///
  /// @throws Fault TOO_LARGE; INVALID_FIELD for a cursor of another list; BUSY as [Scans#read]
  public Slice<Profile> list(Caller caller, Filter filter, Slice.Request part) {
    requireLength(filter.keyword());
    long below = part.after(Long.MAX_VALUE)[0];
    return scans.read(
        caller,
        (tx, budget) -> {
          List<Profile> found = new ArrayList<>();
          long at = below;
          boolean more = true;
          while (at > 0 && more && found.size() < part.looked()) {
            long floor = store.stepBelow(tx, at);
            int wanted = part.looked() - found.size();
            found.addAll(profiles(tx, store.listForOperators(tx, filter, at, floor, wanted)));
            more = budget.spend((long) SearchStore.STEP * NAME_CHARS);
            at = floor;
          }
          return Slice.of(
              part,
              found,
              last -> Cursor.of(last.account().id().value()),
              at == 0 ? "" : Cursor.of(at));
        });
  }

  private static void requireLength(String keyword) {
    if (keyword.length() > KEYWORD_CHARS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "keyword: longer than " + KEYWORD_CHARS_MAX + " characters");
    }
  }

  /// Accounts above `above`, oldest first: for reading all of them.
  public List<Profile> after(long above, int rows) {
    return db.read(tx -> profiles(tx, store.after(tx, above, rows)));
  }

  /// @throws Fault NO_SUCH_ACCOUNT
  public Profile require(AccountId id) {
    @Nullable Profile found = db.read(tx -> accounts.findProfile(tx, id));
    if (found == null) {
      throw Fault.of(FaultCode.NO_SUCH_ACCOUNT, "no account " + id);
    }
    return found;
  }

  private List<Profile> profiles(Tx tx, List<Account> found) {
    List<Profile> all = new ArrayList<>();
    found.forEach(account -> all.add(new Profile(account, accounts.names(tx, account.id()))));
    return all;
  }
}
