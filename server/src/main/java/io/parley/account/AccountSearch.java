package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds accounts as operators look for them, disabled ones included.
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

  private final Db db;
  private final AccountStore store = new AccountStore();

  public AccountSearch(Db db) {
    this.db = db;
  }

  /// Accounts below `below`, newest first.
  ///
  /// @param below an account's id; 0: from the newest
  /// @throws Fault TOO_LARGE
  public List<Profile> list(Filter filter, long below, int rows) {
    if (filter.keyword().length() > KEYWORD_CHARS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "keyword: longer than " + KEYWORD_CHARS_MAX + " characters");
    }
    return db.read(
        tx ->
            profiles(
                tx, store.listForOperators(tx, filter, below == 0 ? Long.MAX_VALUE : below, rows)));
  }

  /// Accounts above `above`, oldest first: for reading all of them.
  public List<Profile> after(long above, int rows) {
    return db.read(tx -> profiles(tx, store.after(tx, above, rows)));
  }

  /// @throws Fault NO_SUCH_ACCOUNT
  public Profile require(AccountId id) {
    @Nullable Profile found =
        db.read(
            tx -> {
              Account account = store.find(tx, id);
              return account == null ? null : new Profile(account, store.names(tx, id));
            });
    if (found == null) {
      throw Fault.of(FaultCode.NO_SUCH_ACCOUNT, "no account " + id);
    }
    return found;
  }

  private List<Profile> profiles(Tx tx, List<Account> accounts) {
    List<Profile> all = new ArrayList<>();
    accounts.forEach(account -> all.add(new Profile(account, store.names(tx, account.id()))));
    return all;
  }
}
