package io.parley.partner;

import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.store.Db;
import io.parley.store.DuplicateKeyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The partner apps: those of the configuration and, beside them, those in the database, which are
/// read once, when this is made. Of two with one id that of the configuration counts.
public final class Apps {
  private static final int STORED_MAX = 1000;

  /// Every salt costs each new password one slow hash.
  private static final int SALTS_MAX = 16;

  private final Db db;
  private final Clock clock;
  private final PartnerStore store;
  private final List<PartnerApp> configured;
  private volatile Map<String, PartnerApp> byId = Map.of();

  /// `key`: 32 bytes kept with the data, outside the database.
  public Apps(Db db, Clock clock, List<PartnerApp> configured, byte[] key, Entropy entropy) {
    this.db = db;
    this.clock = clock;
    this.configured = configured;
    store = new PartnerStore(new Seal(key, entropy));
    read();
  }

  /// Null for an id that no app has.
  public @Nullable PartnerApp find(String id) {
    return byId.get(id);
  }

  public Collection<PartnerApp> list() {
    return byId.values();
  }

  public boolean isConfigured(String id) {
    return configured.stream().anyMatch(app -> app.id().equals(id));
  }

  /// The password salts of all apps.
  public Set<String> salts() {
    Set<String> salts = new LinkedHashSet<>();
    list().forEach(app -> salts.add(app.passwordSalt()));
    return salts;
  }

  /// Stores an app.
  ///
  /// @throws Fault ALREADY_EXISTS; QUOTA for too many apps or password salts
  public void add(PartnerApp app) {
    if (find(app.id()) != null) {
      throw taken(app);
    }
    Set<String> salts = salts();
    salts.add(app.passwordSalt());
    if (salts.size() > SALTS_MAX || list().size() >= STORED_MAX) {
      throw Fault.of(
          FaultCode.QUOTA,
          "there may be " + STORED_MAX + " apps with " + SALTS_MAX + " password salts at most");
    }
    db.write(
        tx -> {
          try {
            store.insert(tx, app, clock.millis());
          } catch (DuplicateKeyException e) {
            throw taken(app);
          }
          return app;
        });
    read();
  }

  /// Removes a stored app.
  ///
  /// @throws Fault NOT_FOUND; FAILED_PRECONDITION for one of the configuration
  public void remove(String id) {
    if (!db.write(tx -> store.delete(tx, id))) {
      throw isConfigured(id)
          ? Fault.of(FaultCode.FAILED_PRECONDITION, "the app " + id + " is in the configuration")
          : Fault.of(FaultCode.NOT_FOUND, "no app " + id);
    }
    read();
  }

  PartnerStore store() {
    return store;
  }

  private void read() {
    Map<String, PartnerApp> all = new LinkedHashMap<>();
    List<PartnerApp> stored = new ArrayList<>(db.read(store::list));
    configured.forEach(app -> all.put(app.id(), app));
    stored.forEach(app -> all.putIfAbsent(app.id(), app));
    byId = all;
  }

  private static Fault taken(PartnerApp app) {
    return Fault.of(FaultCode.ALREADY_EXISTS, "there is an app " + app.id() + " already");
  }
}
