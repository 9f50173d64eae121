package io.parley.partner;

import io.parley.audit.Audit;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.DuplicateKeyException;
import io.parley.store.Seal;
import io.parley.store.Tx;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The partner apps: those of the configuration and, beside them, those in the database, which are
/// read when this is made and after each change. Of two with one id that of the configuration
/// counts.
public final class Apps {
  /// An app as operators see it.
  ///
  /// @param configured whether it stands in the configuration, where alone it can be changed
  /// @param enabled whether it may call
  /// @param createdAt epoch milliseconds; 0 for one of the configuration
  public record Listed(PartnerApp app, boolean configured, boolean enabled, long createdAt) {}

  private static final int STORED_MAX = 1000;
  private static final int CODE_BYTES = 24;

  /// Every salt costs each new password one slow hash.
  private static final int SALTS_MAX = 16;

  private final Db db;
  private final Bus bus;
  private final Clock clock;
  private final PartnerStore store;
  private final List<PartnerApp> configured;
  private final Audit audit;
  private final Entropy entropy;
  private volatile Map<String, Listed> byId = Map.of();
  private volatile Set<String> salts = Set.of();

  /// `key`: 32 bytes kept with the data, outside the database.
  public Apps(Platform platform, Audit audit, List<PartnerApp> configured, byte[] key) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.clock = platform.clock();
    this.entropy = platform.entropy();
    this.audit = audit;
    this.configured = configured;
    store = new PartnerStore(new Seal(key, platform.entropy()));
    read();
    bus.subscribe(
        event -> {
          if (event instanceof Event.TrustChanged) {
            read();
          }
        });
    bus.onLoss(loss -> read());
  }

  /// Null for an id that no app has, or one that is switched off.
  public @Nullable PartnerApp find(String id) {
    if (!bus.isCurrent()) {
      read();
    }
    Listed listed = byId.get(id);
    return listed == null || !listed.enabled() ? null : listed.app();
  }

  public Collection<Listed> list() {
    return byId.values();
  }

  /// The password salts of all apps.
  public Set<String> salts() {
    return salts;
  }

  /// A security code for an app that brings none.
  public String freshCode() {
    return HexFormat.of().formatHex(entropy.bytes(CODE_BYTES));
  }

  /// Stores an app; it may call at once.
  ///
  /// @throws Fault ALREADY_EXISTS; QUOTA for too many apps or password salts
  public void add(Caller operator, PartnerApp app) {
    if (byId.containsKey(app.id())) {
      throw taken(app);
    }
    int more = salts.contains(app.passwordSalt()) ? 0 : 1;
    if (salts.size() + more > SALTS_MAX || list().size() >= STORED_MAX) {
      throw Fault.of(
          FaultCode.QUOTA,
          "there may be " + STORED_MAX + " apps with " + SALTS_MAX + " password salts at most");
    }
    db.change(
        tx -> {
          bus.publish(tx, new Event.TrustChanged());
          try {
            store.insert(tx, app, clock.millis());
          } catch (DuplicateKeyException e) {
            throw taken(app);
          }
          audit.record(tx, operator, "app.add", "app " + app.id(), "services " + app.services());
        });
    read();
  }

  /// Removes a stored app; it may not call any more.
  ///
  /// @throws Fault NOT_FOUND; FAILED_PRECONDITION for one of the configuration
  public void remove(Caller operator, String id) {
    change(operator, "app.remove", id, tx -> store.delete(tx, id));
  }

  /// Lets a stored app call or not.
  ///
  /// @throws Fault NOT_FOUND; FAILED_PRECONDITION for one of the configuration
  public void setEnabled(Caller operator, String id, boolean enabled) {
    change(
        operator,
        enabled ? "app.enable" : "app.disable",
        id,
        tx -> store.setEnabled(tx, id, enabled));
  }

  private interface Change {
    /// Whether there was such an app.
    boolean run(Tx tx);
  }

  private void change(Caller operator, String act, String id, Change change) {
    db.change(
        tx -> {
          if (!change.run(tx)) {
            throw configured.stream().anyMatch(app -> app.id().equals(id))
                ? Fault.of(
                    FaultCode.FAILED_PRECONDITION, "the app " + id + " is in the configuration")
                : Fault.of(FaultCode.NOT_FOUND, "no app " + id);
          }
          audit.record(tx, operator, act, "app " + id, "");
          bus.publish(tx, new Event.TrustChanged());
        });
    read();
  }

  PartnerStore store() {
    return store;
  }

  private synchronized void read() {
    Map<String, Listed> all = new LinkedHashMap<>();
    configured.forEach(app -> all.put(app.id(), new Listed(app, true, true, 0)));
    db.readApart(store::list).forEach(stored -> all.putIfAbsent(stored.app().id(), stored));
    Set<String> found = new LinkedHashSet<>();
    all.values().forEach(listed -> found.add(listed.app().passwordSalt()));
    byId = all;
    salts = found;
  }

  private static Fault taken(PartnerApp app) {
    return Fault.of(FaultCode.ALREADY_EXISTS, "there is an app " + app.id() + " already");
  }
}
