package io.parley.store;

import io.parley.base.Limits;
import java.nio.file.Path;

/// The engines that every store test runs on.
public enum Engine {
  SQLITE("sqlite");

  private final String url;

  Engine(String url) {
    this.url = url;
  }

  public Db open(Path dir, Limits limits) {
    return Db.open(url, dir, limits);
  }

  String url() {
    return url;
  }
}
