package io.parley.session;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.SessionId;
import io.parley.store.Together;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stores new sessions, as many at a time as come together.
///
/// First it reads of all accounts what they may and which sessions they have. Then each session is
/// decided in turn, as if the ones before it were stored. At the end all are,
/// and accounts that have too many then lose their oldest: the same are left as if each login had
/// made its room.
final class Opening implements Together<Opening.Item, Session> {
  /// @param account as it was when its password was checked
  /// @param tokenHash what the token is stored as
  /// @param only whether the account may have no other of this contract
  record Item(Account account, Session session, String tokenHash, boolean only) {}

  /// Told inside a transaction of a session that it ended.
  @FunctionalInterface
  interface Ended {
    void tell(Tx tx, AccountId account, SessionId id);
  }

  private final Accounts accounts;
  private final int perAccountMax;
  private final Ended ended;
  private final SessionStore store = new SessionStore();

  Opening(Accounts accounts, int perAccountMax, Ended ended) {
    this.accounts = accounts;
    this.perAccountMax = perAccountMax;
    this.ended = ended;
  }

  @Override
  public List<Outcome<Session>> run(Tx tx, List<Item> items) {
    Batch batch = new Batch(tx, items);
    List<Outcome<Session>> outcomes = items.stream().map(batch::decide).toList();
    batch.settle();
    return outcomes;
  }

  private final class Batch {
    private final Tx tx;
    private final Map<AccountId, Long> versions;
    private final Map<AccountId, SessionStore.Held> held;

    /// Decided and not stored yet.
    private final List<SessionStore.Row> rows = new ArrayList<>();

    /// Accounts that have more sessions than they may, those not stored yet included.
    private final Set<AccountId> full = new LinkedHashSet<>();

    Batch(Tx tx, List<Item> items) {
      this.tx = tx;
      Set<AccountId> ids = new LinkedHashSet<>();
      items.forEach(item -> ids.add(item.account().id()));
      versions = accounts.loginVersions(tx, ids);
      held = store.held(tx, ids);
    }

    Outcome<Session> decide(Item item) {
      Fault refused = refusal(item);
      if (refused != null) {
        return Outcome.refused(refused);
      }
      AccountId id = item.account().id();
      SessionStore.Held others = unexpired(item, held.getOrDefault(id, SessionStore.Held.NONE));
      long nextEnd = Math.min(others.nextEnd(), item.session().expiresAt());
      held.put(id, new SessionStore.Held(others.count() + 1, nextEnd));
      rows.add(new SessionStore.Row(item.session(), item.tokenHash()));
      if (others.count() >= perAccountMax) {
        full.add(id);
      }
      return Outcome.of(item.session());
    }

    private @Nullable Fault refusal(Item item) {
      AccountId id = item.account().id();
      // The password was checked outside this transaction: what changed since then must win.
      Long version = versions.get(id);
      if (version == null || version != item.account().loginVersion()) {
        return Fault.of(
            FaultCode.ACCOUNT_DISABLED,
            "the account was disabled or its password changed meanwhile");
      }
      if (item.only()) {
        settle();
        Session session = item.session();
        boolean other =
            store.list(tx, id, session.createdAt()).stream()
                .anyMatch(each -> each.contract().equals(session.contract()));
        return other ? Fault.of(FaultCode.ALREADY_EXISTS, "logged in already") : null;
      }
      return null;
    }

    /// What an account has when those that expired are gone.
    private SessionStore.Held unexpired(Item item, SessionStore.Held others) {
      long now = item.session().createdAt();
      if (others.nextEnd() > now) {
        return others;
      }
      int gone = store.deleteExpired(tx, item.account().id(), now);
      // Of those that are left none ends before this batch does.
      return new SessionStore.Held(others.count() - gone, Long.MAX_VALUE);
    }

    void settle() {
      store.insert(tx, rows);
      rows.clear();
      for (AccountId id : full) {
        SessionStore.Held all = held.getOrDefault(id, SessionStore.Held.NONE);
        store
            .deleteOldest(tx, id, all.count() - perAccountMax)
            .forEach(oldest -> ended.tell(tx, id, oldest));
        held.put(id, new SessionStore.Held(perAccountMax, all.nextEnd()));
      }
      full.clear();
    }
  }
}
