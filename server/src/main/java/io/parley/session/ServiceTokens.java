package io.parley.session;

import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Right;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.DuplicateKeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The service tokens that operators made while the server runs, beside those of the configuration.
///
/// A token is shown once and stored as a hash. All good ones are kept in memory, so that a revoked
/// one is refused as soon as its revocation is answered; [Event.TrustChanged] then has gateways
/// that hold a stream looked at again.
public final class ServiceTokens {
  /// A new token and the only copy of its secret.
  public record Created(ServiceToken token, String secret) {}

  private record Known(ServiceToken token, AtomicLong usedAt) {}

  private static final int SECRET_BYTES = 32;
  private static final int LIVE_MAX = 1000;
  private static final int LISTED_MAX = 1000;
  private static final Duration USE_WRITTEN = Duration.ofMinutes(10);
  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,50}");

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final Entropy entropy;
  private final Audit audit;
  private final List<Trust.Service> configured;
  private final ServiceTokenStore store = new ServiceTokenStore();
  private volatile Map<String, Known> byHash = Map.of();

  /// `trust`: of the configuration; listed here, and its names are taken.
  public ServiceTokens(Platform platform, Audit audit, Trust trust) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.entropy = platform.entropy();
    this.audit = audit;
    this.configured = trust.services();
    read();
    bus.subscribe(
        event -> {
          if (event instanceof Event.TrustChanged) {
            read();
          }
        });
    bus.onLoss(loss -> read());
  }

  /// Makes a token.
  ///
  /// @param name 1–50 letters, digits, `.`, `_`, `-`; not that of another good token
  /// @throws Fault INVALID_FIELD, ALREADY_EXISTS, QUOTA
  public Created create(Caller operator, String name, Set<Right> rights) {
    if (!NAME.matcher(name).matches()) {
      throw Fault.invalid("name", "must be 1–50 letters, digits, dots, dashes");
    }
    if (rights.isEmpty()) {
      throw Fault.invalid("rights", "needs at least one right");
    }
    if (configured.stream().anyMatch(each -> each.name().equals(name))) {
      throw taken(name);
    }
    String secret = HexFormat.of().formatHex(entropy.bytes(SECRET_BYTES));
    AccountId account = operator.accountId();
    ServiceToken token =
        new ServiceToken(
            ids.next(),
            name,
            Set.copyOf(rights),
            account == null ? 0 : account.value(),
            clock.millis(),
            null,
            null);
    db.change(
        tx -> {
          if (store.liveCount(tx) >= LIVE_MAX) {
            throw Fault.of(FaultCode.QUOTA, "there are " + LIVE_MAX + " tokens already");
          }
          try {
            store.insert(tx, token, Tokens.hash(secret));
          } catch (DuplicateKeyException e) {
            throw taken(name);
          }
          audit.record(
              tx, operator, "token.create", "token " + name, "rights " + Right.words(rights));
          bus.publish(tx, new Event.TrustChanged());
        });
    read();
    return new Created(token, secret);
  }

  /// Those of the configuration, then the stored ones, newest first, revoked ones too; at most
  /// 1,000 of these.
  public List<ServiceToken> list() {
    List<ServiceToken> all = new ArrayList<>();
    configured.forEach(
        each -> all.add(new ServiceToken(0, each.name(), each.rights(), 0, 0, null, null)));
    Map<Long, Long> used = new HashMap<>();
    byHash.values().forEach(known -> used.put(known.token().id(), known.usedAt().get()));
    for (ServiceToken token : db.read(tx -> store.list(tx, LISTED_MAX))) {
      // What is noted of its use may still wait for its commit.
      long last = used.getOrDefault(token.id(), 0L);
      all.add(last == 0 ? token : token.usedAt(last));
    }
    return all;
  }

  /// Revokes the good token with that id or, if `id` is 0, that name: it is refused everywhere from
  /// now on, and gateways that showed it lose their streams.
  ///
  /// @throws Fault NOT_FOUND; FAILED_PRECONDITION for one of the configuration
  public void revoke(Caller operator, long id, String name) {
    if (id == 0 && configured.stream().anyMatch(each -> each.name().equals(name))) {
      throw Fault.of(FaultCode.FAILED_PRECONDITION, "the token " + name + " is configured");
    }
    db.change(
        tx -> {
          List<ServiceToken> found = store.find(tx, id, id == 0 ? name : "");
          if (found.isEmpty()) {
            throw Fault.of(FaultCode.NOT_FOUND, "no such token");
          }
          ServiceToken token = found.getFirst();
          store.revoke(tx, token.id(), clock.millis());
          audit.record(tx, operator, "token.revoke", "token " + token.name(), "");
          tx.afterCommit(() -> forget(token.id()));
          bus.publish(tx, new Event.TrustChanged());
        });
  }

  /// Null if no good token has that hash. Never blocks.
  @Nullable Caller service(String tokenHash, Caller anonymous) {
    if (!bus.isCurrent()) {
      read();
    }
    // Whoever can find a hash by timing still lacks the 256 random bits behind it.
    Known known = byHash.get(tokenHash);
    if (known == null) {
      return null;
    }
    noteUse(known);
    return anonymous.as("token " + known.token().name(), known.token().rights());
  }

  private void noteUse(Known known) {
    long now = clock.millis();
    long last = known.usedAt().get();
    if (now - last >= USE_WRITTEN.toMillis() && known.usedAt().compareAndSet(last, now)) {
      try {
        db.submit(
            tx -> {
              store.used(tx, known.token().id(), now);
              return now;
            },
            Completion.ignored());
      } catch (Fault busy) {
        known.usedAt().set(last); // The next use tries again.
      }
    }
  }

  private synchronized void read() {
    Map<String, Known> fresh = new HashMap<>();
    for (ServiceTokenStore.Live live : db.readApart(store::live)) {
      Known before = byHash.get(live.hash());
      Long used = live.token().lastUsedAt();
      fresh.put(
          live.hash(),
          before != null
              ? before
              : new Known(live.token(), new AtomicLong(used == null ? 0 : used)));
    }
    byHash = Map.copyOf(fresh);
  }

  private synchronized void forget(long id) {
    Map<String, Known> fewer = new HashMap<>(byHash);
    fewer.values().removeIf(known -> known.token().id() == id);
    byHash = Map.copyOf(fewer);
  }

  private static Fault taken(String name) {
    return Fault.of(FaultCode.ALREADY_EXISTS, "there is a token " + name + " already");
  }
}
