package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// Makes accounts, one by one.
final class Registering {
  private final Db db;
  private final Ids ids;
  private final Clock clock;
  private final Limits limits;
  private final Naming naming;
  private final Influx influx;
  private final boolean limited;
  private final AccountStore store = new AccountStore();

  /// `limited`: whether the limits on one source are in force.
  Registering(Platform platform, Limits limits, Naming naming, boolean limited) {
    this.db = platform.db();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.limits = limits;
    this.naming = naming;
    this.limited = limited;
    // Half of the queue, so that no address has it to itself.
    influx =
        new Influx(clock, limits.registrationsPerHourMax(), Math.max(1, limits.hashQueueMax() / 2));
  }

  /// Checks, then asks for `verifiers`, which takes long, then inserts, `also` in the same
  /// transaction.
  Account register(
      Accounts.Registration registration,
      Source source,
      Supplier<Map<String, String>> verifiers,
      BiConsumer<Tx, AccountId> also) {
    boolean strange = !source.equals(Source.OPERATOR);
    check(registration, strange);
    // Before the slow hash, so that a taken name costs nothing; the transaction decides.
    db.read(
        tx -> {
          requireFree(tx, registration, strange);
          return registration;
        });
    if (!limited || !strange || !source.told()) {
      return insert(registration, strange, verifiers.get(), also);
    }
    return influx.admit(source, () -> insert(registration, strange, verifiers.get(), also));
  }

  private void check(Accounts.Registration registration, boolean strange) {
    Names.require("nickname", registration.nickname(), limits.nicknameCodePointsMax());
    registration
        .aliases()
        .forEach((kind, name) -> Names.require(field(kind), name, Names.LOGIN_CODE_POINTS_MAX));
    if (strange) {
      naming.requireUnreserved("nickname", registration.nickname());
      registration.aliases().forEach((kind, name) -> naming.requireUnreserved(field(kind), name));
    }
    Editing.requireUrl("avatar_url", registration.avatarUrl(), limits);
  }

  private void requireFree(Tx tx, Accounts.Registration registration, boolean strange) {
    registration
        .aliases()
        .forEach(
            (kind, name) -> {
              if (store.findByAlias(tx, name) != null) {
                throw taken(kind);
              }
              if (strange) {
                naming.requireFree(tx, Naming.NOBODY, field(kind), name);
              }
            });
  }

  private Account insert(
      Accounts.Registration registration,
      boolean strange,
      Map<String, String> verifiers,
      BiConsumer<Tx, AccountId> also) {
    long now = clock.millis();
    AccountId id = new AccountId(ids.next());
    Account account =
        Account.fresh(
            id,
            registration.nickname(),
            Handles.among(id, registration.aliases()),
            registration.gender(),
            registration.avatarUrl(),
            now);
    return db.write(
        tx -> {
          requireFree(tx, registration, strange);
          store.insert(tx, account);
          registration
              .aliases()
              .forEach(
                  (kind, name) -> {
                    if (!store.insertAlias(tx, account.id(), kind, name)) {
                      throw taken(kind);
                    }
                    naming.took(tx, account.id(), name);
                  });
          store.putVerifiers(tx, account.id(), verifiers);
          also.accept(tx, account.id());
          return account;
        });
  }

  private static String field(AliasKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static Fault taken(AliasKind kind) {
    return Fault.of(FaultCode.ALREADY_EXISTS, field(kind) + ": already taken");
  }
}
