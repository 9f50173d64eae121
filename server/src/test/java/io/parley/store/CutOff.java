package io.parley.store;

import java.sql.Connection;
import java.sql.SQLException;

/// PostgreSQL over a connection that is cut at the worst moment when it is told to.
final class CutOff extends EngineBeneath {
  enum When {
    NEVER,
    BEFORE_THE_COMMIT,
    AFTER_THE_COMMIT
  }

  /// When the connection of the next commit is cut.
  volatile When cuts = When.NEVER;

  CutOff(StoreSettings settings) {
    super(new Postgres(settings));
  }

  @Override
  public void commit(Connection writer) throws SQLException {
    When when = cuts;
    cuts = When.NEVER;
    if (when == When.NEVER) {
      engine.commit(writer);
      return;
    }
    if (when == When.AFTER_THE_COMMIT) {
      engine.commit(writer);
    }
    writer.abort(Runnable::run);
    throw new SQLException("cut", "08006");
  }
}
