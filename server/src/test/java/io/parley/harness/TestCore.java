package io.parley.harness;

import io.parley.Core;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.config.Config;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// All services over one data folder, without a face, with a cheap password hash.
public final class TestCore {
  private TestCore() {}

  /// `keys`: dotted keys of parley.yaml that differ from a test's defaults.
  public static Core open(Path dir, Clock clock, Map<String, String> keys) {
    Map<String, String> flags = new HashMap<>(TestServer.CHEAP);
    flags.put("data.dir", dir.toString());
    flags.putAll(TestStore.keys(dir));
    flags.putAll(keys);
    return new Core(Config.load(null, Map.of(), flags), clock, Entropy.SYSTEM);
  }
}
