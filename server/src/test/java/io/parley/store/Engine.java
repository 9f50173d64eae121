package io.parley.store;

import io.parley.base.Limits;
import io.parley.harness.TestPostgres;
import java.nio.file.Path;

/// The engines that every store test runs on.
public enum Engine {
  SQLITE {
    @Override
    StoreSettings settings(Path dir) {
      return StoreSettings.sqlite();
    }
  },
  POSTGRESQL {
    @Override
    StoreSettings settings(Path dir) {
      return TestPostgres.of(dir);
    }
  };

  public Db open(Path dir, Limits limits) {
    return Db.open(settings(dir), dir, limits);
  }

  /// Where the records of the data folder `dir` are.
  abstract StoreSettings settings(Path dir);
}
