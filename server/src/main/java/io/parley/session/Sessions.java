package io.parley.session;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.Code;
import io.parley.account.Scheme;
import io.parley.account.Source;
import io.parley.account.Standing;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.SessionId;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Opens, recognises and ends sessions. What operators do to them is the matter of
/// [LoginInterventions].
///
/// Recognised tokens are remembered for a minute, at most 100,000. Ending a session commits, then
/// forgets the token, then announces [Event.SessionEnded]; a token is looked up in the store again
/// after that and not found.
public final class Sessions {
  /// A new session and the only copy of its token.
  public record Opened(Session session, String token, Account account) {}

  /// Which programs are trusted: those of the configuration, and those that operators added.
  public record Programs(Trust configured, ServiceTokens stored) {}

  private static final int DEVICE_CHARS_MAX = 200;

  /// A use of a session is written, and moves its end, an hour after the last one was, or once this
  /// part of its life is gone.
  private static final int USE_PART = 14;

  private static final long USE_MS = Duration.ofHours(1).toMillis();

  /// A session that is renewed explicitly is written at most this often.
  private static final long RENEW_MIN_MS = 1000;

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final Entropy entropy;
  private final Accounts accounts;
  private final Trust trust;
  private final ServiceTokens programs;
  private final Jwt jwt;
  private final Limits limits;
  private final Powers powers;
  private final Opening opening;
  private final SessionStore store = new SessionStore();
  private final KnownTokens known = new KnownTokens();
  private final LongAdder opened = new LongAdder();

  /// `jwt`: makes and reads the tokens of [#openJwt].
  public Sessions(
      Platform platform, Accounts accounts, Jwt jwt, Programs programs, SessionPolicy policy) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.entropy = platform.entropy();
    this.accounts = accounts;
    this.trust = programs.configured();
    this.programs = programs.stored();
    this.jwt = jwt;
    this.limits = policy.limits();
    this.powers = new Powers(policy);
    this.opening = new Opening(accounts, limits.sessionsPerAccountMax(), this::ended);
    bus.subscribe(
        event -> {
          switch (event) {
            case Event.SessionEnded(AccountId account, SessionId session) ->
                known.forget(account, session);
            case Event.AccountChanged(AccountId account) -> known.forget(account);
            default -> {}
          }
        });
    bus.onLoss(loss -> known.forgetAll());
  }

  /// Logs in over the native API with a plain-text password: see [Accounts#verify] for the faults.
  public Opened login(String name, String password, Code code, Caller caller) {
    Account account = accounts.verify(name, new Scheme.Plain(), password, code, Source.of(caller));
    return open(account, Session.NATIVE, caller);
  }

  /// Opens a session without asking for a password: for an account that was just registered. Of
  /// more than `limits.sessions_per_account_max` the oldest ends.
  public Opened open(Account account, String contract, Caller caller) {
    String token = Tokens.random(entropy);
    return open(account, fresh(account, contract, 0, caller), token, token, false);
  }

  /// The same if the account has no other live session of this contract.
  ///
  /// @throws Fault ALREADY_EXISTS if it has
  public Opened openOnly(Account account, String contract, Caller caller) {
    String token = Tokens.random(entropy);
    return open(account, fresh(account, contract, 0, caller), token, token, true);
  }

  /// The same with a [Jwt] as the token, for a session that ends `life` after it was last used.
  public Opened openJwt(Account account, String contract, Duration life, Caller caller) {
    String jti = Tokens.random(entropy);
    Session session = fresh(account, contract, life.toMillis(), caller);
    return open(account, session, jwt.issue(jti), jwtKey(jti), false);
  }

  private Session fresh(Account account, String contract, long lifeMs, Caller caller) {
    long now = clock.millis();
    String device = caller.userAgent();
    return new Session(
        new SessionId(ids.next()),
        account.id(),
        contract,
        device.substring(0, Math.min(device.length(), DEVICE_CHARS_MAX)),
        caller.address(),
        now,
        now + life(lifeMs),
        lifeMs,
        0,
        account.secondFactor(), // Without a code the account was not verified.
        new Session.Use(now, caller.address()));
  }

  private Opened open(Account account, Session session, String token, String key, boolean only) {
    Session stored = db.write(opening, new Opening.Item(account, session, Tokens.hash(key), only));
    opened.increment();
    return new Opened(stored, token, account);
  }

  /// Sessions opened since the start.
  public long opened() {
    return opened.sum();
  }

  /// Who shows `token`: `anonymous` with the account, session and rights filled in; or with the
  /// rights of a trusted program. May read the store.
  ///
  /// @param token empty for none, which is enough for a trusted peer
  /// @throws Fault NOT_LOGGED_IN if the token is not live; PASSWORD_EXPIRED
  public Caller authenticate(String token, Caller anonymous) {
    return recognised(token, anonymous, false);
  }

  /// The same, for what is served to those as well who have to choose a password first.
  ///
  /// @throws Fault NOT_LOGGED_IN if the token is not live
  public Caller identify(String token, Caller anonymous) {
    return recognised(token, anonymous, true);
  }

  private Caller recognised(String token, Caller anonymous, boolean expiredToo) {
    if (token.isEmpty()) {
      Caller peer = trust.peer(anonymous);
      if (peer == null) {
        throw Fault.of(FaultCode.NOT_LOGGED_IN, "log in first");
      }
      return peer;
    }
    if (token.length() > Tokens.CHARS_MAX) {
      throw notLive();
    }
    String shown = Tokens.hash(token);
    Caller service = trust.service(shown, anonymous);
    if (service == null) {
      service = programs.service(shown, anonymous);
    }
    if (service != null) {
      return service;
    }
    String hash = hash(token);
    KnownTokens.Known found = require(hash);
    if (!expiredToo) {
      requireOwnPassword(found);
    }
    return caller(used(hash, found, anonymous), anonymous);
  }

  /// What is known once that use is written, if it is to be.
  private KnownTokens.Known used(String hash, KnownTokens.Known found, Caller anonymous) {
    Session session = found.session();
    long idle = clock.millis() - session.lastUse().at();
    if (idle < Math.min(USE_MS, life(session.lifeMs()) / USE_PART)) {
      return found;
    }
    KnownTokens.Known after = after(found, anonymous);
    // Of those who come at once one writes; where nothing is remembered, each reads first.
    if (bus.isCurrent() && !known.replace(hash, found, after)) {
      return found;
    }
    try {
      write(after.session());
    } catch (Fault busy) {
      // The next look-up after this one is forgotten tries again.
    }
    return after;
  }

  private KnownTokens.Known after(KnownTokens.Known found, Caller anonymous) {
    long now = clock.millis();
    Session.Use use = new Session.Use(now, anonymous.address());
    Session session = found.session();
    return new KnownTokens.Known(session.used(use, until(session, now)), found.standing());
  }

  private static void requireOwnPassword(KnownTokens.Known found) {
    if (found.standing().passwordExpired()) {
      throw Fault.of(
          FaultCode.PASSWORD_EXPIRED,
          "the password was set by an operator: choose another one first");
    }
  }

  /// As [#authenticate], and the session's time starts anew.
  ///
  /// @throws Fault NOT_LOGGED_IN, PASSWORD_EXPIRED, BUSY
  public Caller renew(String token, Caller anonymous) {
    String hash = hash(token);
    KnownTokens.Known found = require(hash);
    requireOwnPassword(found);
    if (clock.millis() - found.session().lastUse().at() >= RENEW_MIN_MS) {
      KnownTokens.Known after = after(found, anonymous);
      write(after.session());
      known.replace(hash, found, after);
    }
    return caller(found, anonymous);
  }

  /// What the session of `token` is stored under.
  private String hash(String token) {
    if (token.isEmpty() || token.length() > Tokens.CHARS_MAX) {
      throw notLive();
    }
    if (token.indexOf('.') < 0) {
      return Tokens.hash(token);
    }
    String jti = jwt.jti(token);
    if (jti == null) {
      throw notLive();
    }
    return Tokens.hash(jwtKey(jti));
  }

  /// Whoever reads a JWT reads its `jti`, so neither that alone nor this, which has a dot, is taken
  /// for a token.
  private static String jwtKey(String jti) {
    return "jwt." + jti;
  }

  private KnownTokens.Known require(String hash) {
    KnownTokens.Known found = bus.isCurrent() ? known.get(hash, this::load) : load(hash);
    if (found == null || found.session().expiresAt() <= clock.millis()) {
      throw notLive();
    }
    return found;
  }

  /// What [#authenticate] answers if that is remembered, else null. Never blocks.
  public @Nullable Caller recognise(String token, Caller anonymous) {
    if (token.isEmpty() || token.length() > Tokens.CHARS_MAX || token.indexOf('.') >= 0) {
      return null;
    }
    KnownTokens.Known found = known.peek(Tokens.hash(token));
    if (found == null
        || !bus.isCurrent()
        || found.session().expiresAt() <= clock.millis()
        || found.standing().passwordExpired()) {
      return null;
    }
    return caller(found, anonymous);
  }

  private Caller caller(KnownTokens.Known found, Caller anonymous) {
    return powers.caller(found, anonymous).at(clock.millis());
  }

  /// The account's live sessions, newest first.
  public List<Session> list(AccountId account) {
    return db.read(tx -> store.list(tx, account, clock.millis()));
  }

  /// Ends one session of `account`.
  ///
  /// @throws Fault NOT_FOUND if the account has no such session
  public void end(AccountId account, SessionId id) {
    boolean ended = db.write(tx -> delete(tx, account, id));
    if (!ended) {
      throw Fault.of(FaultCode.NOT_FOUND, "id: no such session");
    }
  }

  /// Inside a transaction: forgets what is remembered of an account's logins once this is
  /// committed, and announces that it changed.
  void forgetAfter(Tx tx, AccountId account) {
    tx.afterCommit(() -> known.forget(account));
    accounts.changed(tx, account);
  }

  /// Inside a transaction: passes while the account has that session.
  ///
  /// @throws Fault NOT_LOGGED_IN
  void requireLive(Tx tx, AccountId account, SessionId id) {
    if (store.find(tx, account, id, clock.millis()) == null) {
      throw notLive();
    }
  }

  /// Inside a transaction: ends all sessions of an account but `kept`; says how many.
  int endAll(Tx tx, AccountId account, @Nullable SessionId kept) {
    int ended = 0;
    for (Session session : store.list(tx, account, 0)) {
      if (!session.id().equals(kept) && delete(tx, account, session.id())) {
        ended++;
      }
    }
    return ended;
  }

  /// Inside a transaction: ends one session; false if the account has no such session.
  boolean delete(Tx tx, AccountId account, SessionId id) {
    if (!store.delete(tx, account, id)) {
      return false;
    }
    ended(tx, account, id);
    return true;
  }

  private void ended(Tx tx, AccountId account, SessionId id) {
    tx.afterCommit(() -> known.forget(account, id));
    bus.publish(tx, new Event.SessionEnded(account, id));
  }

  private KnownTokens.@Nullable Known load(String tokenHash) {
    long now = clock.millis();
    return db.read(
        tx -> {
          Session session = store.findLive(tx, tokenHash, now);
          Standing standing = session == null ? null : accounts.findStanding(tx, session.account());
          return session == null || standing == null
              ? null
              : new KnownTokens.Known(session, standing);
        });
  }

  /// When a session ends that is used now: its life from here on, but not longer than any may live.
  private long until(Session session, long now) {
    long last = session.createdAt() + Duration.ofDays(limits.sessionDaysMax()).toMillis();
    return Math.min(now + life(session.lifeMs()), last);
  }

  private void write(Session used) {
    db.submit(
        tx -> {
          store.use(tx, used);
          return used;
        },
        Completion.ignored());
  }

  private long life(long lifeMs) {
    return lifeMs > 0 ? lifeMs : Duration.ofDays(limits.sessionDays()).toMillis();
  }

  private static Fault notLive() {
    return Fault.of(FaultCode.NOT_LOGGED_IN, "the token is missing, wrong or no longer live");
  }
}
