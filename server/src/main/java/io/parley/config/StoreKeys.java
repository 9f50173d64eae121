package io.parley.config;

import io.parley.store.StoreSettings;
import java.time.Duration;

/// The keys under `store`: where the records are.
public record StoreKeys(
    String url,
    String user,
    String password,
    int connections,
    int connectTimeoutS,
    int statementTimeoutS,
    int lockTimeoutS) {
  public StoreSettings settings() {
    return new StoreSettings(
        url,
        user,
        password,
        connections,
        Duration.ofSeconds(connectTimeoutS),
        Duration.ofSeconds(statementTimeoutS),
        Duration.ofSeconds(lockTimeoutS));
  }

  /// Without what may be secret: it may end up in a log.
  @Override
  public String toString() {
    return settings().toString();
  }

  void validate() {
    Config.require(
        url.equals(StoreSettings.SQLITE) || url.startsWith(StoreSettings.POSTGRESQL),
        "store.url must be sqlite or jdbc:postgresql://host/database");
    Config.require(connections >= 1 && connections <= 200, "store.connections must be 1 … 200");
    Config.require(
        connectTimeoutS >= 1 && connectTimeoutS <= 60, "store.connect_timeout_s must be 1 … 60");
    Config.require(
        statementTimeoutS >= 1 && statementTimeoutS <= 600,
        "store.statement_timeout_s must be 1 … 600");
    Config.require(lockTimeoutS >= 1 && lockTimeoutS <= 60, "store.lock_timeout_s must be 1 … 60");
  }
}
