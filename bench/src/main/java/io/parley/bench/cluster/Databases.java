package io.parley.bench.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The PostgreSQL servers of a cluster: which of them is the primary, and what is done about the
/// other.
public final class Databases {
  private final State state;
  private final Map<String, Postgres> servers = new LinkedHashMap<>();

  Databases(Path dir, State state, Processes processes, Programs programs) {
    this.state = state;
    for (String name : state.layout().databases()) {
      servers.put(name, new Postgres(name, dir, state, processes, programs));
    }
  }

  Postgres primary() {
    return server(state.primary());
  }

  private Postgres server(String name) {
    Postgres server = servers.get(name);
    if (server == null) {
      throw new IllegalStateException("no database is called " + name);
    }
    return server;
  }

  /// The one that is not the primary. Only where there are two.
  private Postgres other() {
    return server(
        state.primary().equals(Layout.POSTGRES_A) ? Layout.POSTGRES_B : Layout.POSTGRES_A);
  }

  /// Starts what is missing, the primary first.
  void up(Progress progress) {
    Postgres primary = primary();
    if (!primary.made()) {
      progress.step(primary.name() + ", the primary", primary::found);
    } else if (!primary.alive()) {
      progress.step(primary.name() + ", the primary", primary::start);
    }
    if (!state.layout().standby()) {
      return;
    }
    Postgres standby = other();
    if (!standby.alive()) {
      progress.step(standby.name() + ", the standby", this::restoreStandby);
    } else if (!whole()) {
      progress.step(standby.name() + ", the standby", () -> primary.requireStandby(standby));
    }
  }

  /// Starts the standby; one that was a primary before, or is not there, becomes a copy of the
  /// primary first. Commits wait for it from then on.
  public void restoreStandby() {
    Postgres standby = other();
    if (standby.follows()) {
      standby.start();
    } else {
      standby.follow(primary());
    }
    primary().requireStandby(standby);
  }

  /// Stops the primary in order and starts it again.
  public void restartPrimary() {
    primary().stop();
    primary().start();
  }

  /// Ends the primary as a power cut does.
  public void crashPrimary() {
    primary().crash();
  }

  /// Makes the standby the primary.
  public void promoteStandby() {
    Postgres next = other();
    next.promote();
    state.primary(next.name());
  }

  /// Whether the primary takes writes, and commits reach the standby if there is one.
  public boolean whole() {
    return primary().answers()
        && (!state.layout().standby() || primary().followers().contains("streaming quorum"));
  }

  /// Stops all in order, the standby first: a primary that ends waits until it has all.
  void down() {
    if (state.layout().standby()) {
      other().stop();
    }
    primary().stop();
  }

  /// What a server is at present: `primary`, `standby, streaming quorum`, `not answering`.
  String role(String name) {
    Postgres server = server(name);
    if (!server.answers()) {
      return "not answering";
    }
    if (!server.recovering()) {
      return "primary";
    }
    String follows = primary().followers();
    return "standby, " + (follows.isEmpty() ? "follows nobody" : follows);
  }
}
