package io.parley.invite;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.Source;
import io.parley.account.Throttle;
import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.base.Right;
import io.parley.group.Doorway;
import io.parley.group.GroupView;
import io.parley.messaging.Blocks;
import io.parley.platform.Platform;
import io.parley.social.Friends;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Makes invites, shows them, takes them back, and lets in who comes by one. Also who may register:
/// the one place that knows [Policy].
public final class Invites {
  private static final Duration LEAST = Duration.ofHours(1);
  private static final Duration USUAL = Duration.ofDays(7);
  private static final Duration MOST = Duration.ofDays(30);
  private static final int USES_MAX = 1000;

  /// Who is asked what an invite leads to.
  public record Guests(Accounts accounts, Friends friends, Blocks blocks, Doorway doorway) {}

  private final Db db;
  private final Ids ids;
  private final Clock clock;
  private final Guests guests;
  private final Throttle throttle;
  private final Audit audit;
  private final InviteTokens tokens;
  private final Policy policy;
  private final Limits limits;
  private final InviteStore store = new InviteStore();
  private final Admitting admitting;

  /// `key`: what tokens are made with, kept outside the database.
  public Invites(
      Platform platform,
      Guests guests,
      Throttle throttle,
      Audit audit,
      byte[] key,
      Policy policy,
      Limits limits) {
    this.db = platform.db();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.guests = guests;
    this.admitting = new Admitting(clock, guests, store);
    this.throttle = throttle;
    this.audit = audit;
    this.tokens = new InviteTokens(key);
    this.policy = policy;
    this.limits = limits;
  }

  /// Who may register here.
  public Policy policy() {
    return policy;
  }

  /// Whether nobody was ever registered here.
  public boolean isEmptyServer() {
    return db.read(store::isEmptyServer);
  }

  /// Makes one: into a group its owner and admins, to the server and for ever operators only.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN; INVALID_FIELD naming the field; QUOTA
  public Invite create(Caller caller, Invite.Wish wish) {
    boolean server = wish.kind() == Invite.Kind.SERVER;
    if (server || wish.never()) {
      caller.require(Right.ADMIN);
    }
    AccountId self = server ? caller.accountId() : caller.requireAccount();
    long now = clock.millis();
    InviteStore.Row row =
        new InviteStore.Row(
            ids.next(),
            wish.kind(),
            self,
            wish.group(),
            now,
            wish.never() ? 0 : now + lasting(wish.seconds()).toMillis(),
            uses(wish.uses()),
            0,
            0);
    return db.write(
        tx -> {
          if (wish.group() != null && self != null) {
            guests.doorway().requireInviting(tx, wish.group(), self);
            requireRoom(store.countInto(tx, wish.group(), now));
          }
          requireRoom(store.countOf(tx, self, now));
          store.insert(tx, row);
          store.tidy(tx, self, now);
          if (server) {
            audit.record(tx, caller, "invite.create", "invite " + row.id(), facts(row));
          }
          return shown(tx, row, true);
        });
  }

  /// The live ones that the caller made, latest first.
  public Page<Invite> mine(Caller caller, Page.Request page) {
    AccountId self = caller.requireAccount();
    long now = clock.millis();
    return db.read(
        tx ->
            Page.of(
                page,
                store.of(tx, self, now, page),
                row -> new long[] {row.createdAt(), row.id()},
                row -> shown(tx, row, true),
                store.countOf(tx, self, now)));
  }

  /// The live ones into a group, latest first: for its owner and admins.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public Page<Invite> into(Caller caller, ConversationId group, Page.Request page) {
    AccountId self = caller.requireAccount();
    long now = clock.millis();
    return db.read(
        tx -> {
          guests.doorway().requireInviting(tx, group, self);
          return Page.of(
              page,
              store.into(tx, group, now, page),
              row -> new long[] {row.createdAt(), row.id()},
              row -> shown(tx, row, true),
              store.countInto(tx, group, now));
        });
  }

  /// All live ones, latest first, without what lets anybody in: for operators.
  ///
  /// @throws Fault FORBIDDEN
  public Page<Invite> all(Caller caller, Page.Request page) {
    caller.require(Right.ADMIN);
    long now = clock.millis();
    return db.read(
        tx ->
            Page.of(
                page,
                store.all(tx, now, page),
                row -> new long[] {row.createdAt(), row.id()},
                row -> shown(tx, row, false),
                store.countAll(tx, now)));
  }

  /// Takes one back: its maker, whoever leads its group, or an operator. Twice changes nothing.
  ///
  /// @throws Fault NOT_FOUND, also for one that is not the caller's business
  public void revoke(Caller caller, long id) {
    AccountId self = caller.has(Right.ADMIN) ? caller.accountId() : caller.requireAccount();
    db.change(
        tx -> {
          InviteStore.Row row = store.find(tx, id);
          boolean own =
              row != null
                  && self != null
                  && (self.equals(row.maker()) || admitting.leads(tx, row, self));
          if (row == null || !(own || caller.has(Right.ADMIN))) {
            throw unknown();
          }
          if (row.revokedAt() == 0) {
            store.revoke(tx, id, clock.millis());
            if (!own) {
              audit.record(tx, caller, "invite.revoke", "invite " + id, facts(row));
            }
          }
        });
  }

  /// What whoever has `token` may know of it without having logged in: of a live one whose it is
  /// and where it leads, of any other one what became of it.
  ///
  /// @throws Fault NOT_FOUND if this server made no such token; THROTTLED
  public Invite.Sight look(Caller caller, String token) {
    return found(
        caller,
        token,
        (tx, row) -> {
          Invite.State state = admitting.state(tx, row);
          boolean live = state == Invite.State.LIVE;
          AccountId maker = row.maker();
          ConversationId group = row.group();
          Account account = live && maker != null ? account(tx, maker) : null;
          GroupView view =
              live && group != null && maker != null
                  ? guests.doorway().sight(tx, group, maker)
                  : null;
          return new Invite.Sight(row.kind(), state, account, view);
        });
  }

  /// Lets the caller in. Whoever is in already, or is a friend, is told where and does not count.
  ///
  /// @throws Fault NOT_FOUND for no such token; FAILED_PRECONDITION for one that is good for
  ///     nothing, or not for this caller; QUOTA where there is no room; THROTTLED
  public Invite.Arrival accept(Caller caller, String token) {
    AccountId self = caller.requireAccount();
    long id = requireMade(caller, token);
    return db.write(tx -> admitting.accept(tx, require(tx, id), self, false));
  }

  /// Registers whoever may: anybody where registration is open, else who has a `token` for it. With
  /// a token the new account also is where it leads, in the same transaction.
  ///
  /// @param token empty for none
  /// @throws Fault FORBIDDEN where it takes an invite, or another one; of [#accept]; of
  ///     [Accounts#register]
  public Account register(Caller caller, Accounts.Registration registration, String token) {
    Source source = Source.of(caller);
    if (token.isEmpty()) {
      requireOpen();
      return guests.accounts().register(registration, source);
    }
    // Before the slow hash; the transaction decides.
    long id =
        found(
            caller,
            token,
            (tx, row) -> {
              if (policy == Policy.CLOSED && row.kind() != Invite.Kind.SERVER) {
                throw refused();
              }
              Admitting.requireLive(admitting.state(tx, row));
              return row.id();
            });
    return guests
        .accounts()
        .register(
            registration,
            source,
            limits.passwordCharsMin(),
            (tx, account) -> {
              var unused = admitting.accept(tx, require(tx, id), account, true);
            });
  }

  /// Passes where anybody may register.
  ///
  /// @throws Fault FORBIDDEN
  public void requireOpen() {
    if (policy != Policy.OPEN) {
      throw refused();
    }
  }

  private <T> T found(Caller caller, String token, BiFunction<Tx, InviteStore.Row, T> view) {
    long id = requireMade(caller, token);
    return db.read(tx -> view.apply(tx, require(tx, id)));
  }

  private InviteStore.Row require(Tx tx, long id) {
    InviteStore.Row row = store.find(tx, id);
    if (row == null) {
      throw unknown();
    }
    return row;
  }

  /// A token that this server did not make is a guess, and counts as a failed login of that source
  /// does. Others count for nothing, whatever became of their invites.
  private long requireMade(Caller caller, String token) {
    Source source = Source.of(caller);
    if (source.equals(Source.UNTOLD)) {
      return requireNumber(tokens.idOf(token));
    }
    Throttle.Try attempt;
    try {
      attempt = throttle.begin("an invite from " + source.key(), source, () -> false);
    } catch (Fault e) {
      throw e.code() == FaultCode.THROTTLED
          ? Fault.retry(e.code(), "too many invites that there are not", e.retryAfter())
          : e;
    }
    long id = requireNumber(tokens.idOf(token));
    attempt.abandoned();
    return id;
  }

  private static long requireNumber(long id) {
    if (id == 0) {
      throw unknown();
    }
    return id;
  }

  private Invite shown(Tx tx, InviteStore.Row row, boolean whole) {
    AccountId maker = row.maker();
    return new Invite(
        row.id(),
        whole ? tokens.of(row.id()) : "",
        row.kind(),
        maker == null ? null : account(tx, maker),
        row.group(),
        row.createdAt(),
        row.expiresAt(),
        row.uses(),
        row.usesMax());
  }

  private @Nullable Account account(Tx tx, AccountId id) {
    return guests.accounts().findEvenDeleted(tx, id);
  }

  private static String facts(InviteStore.Row row) {
    return row.kind() + ", for " + row.usesMax() + (row.expiresAt() == 0 ? ", for ever" : "");
  }

  private void requireRoom(long live) {
    if (live >= limits.invitesMax()) {
      throw Fault.of(
          FaultCode.QUOTA, "limits.invites_max = " + limits.invitesMax() + " invites are live");
    }
  }

  private static Duration lasting(long seconds) {
    if (seconds == 0) {
      return USUAL;
    }
    if (seconds < LEAST.toSeconds() || seconds > MOST.toSeconds()) {
      throw Fault.invalid("expires_in_s", "must be 3600 … 2592000");
    }
    return Duration.ofSeconds(seconds);
  }

  private static int uses(int uses) {
    if (uses < 0 || uses > USES_MAX) {
      throw Fault.invalid("uses_max", "must be 1 … " + USES_MAX);
    }
    return Math.max(1, uses);
  }

  private static Fault unknown() {
    return Fault.of(FaultCode.NOT_FOUND, "there is no such invite");
  }

  private Fault refused() {
    return Fault.of(
        FaultCode.FORBIDDEN,
        policy == Policy.CLOSED ? "registration is closed" : "registration is by invite");
  }
}
