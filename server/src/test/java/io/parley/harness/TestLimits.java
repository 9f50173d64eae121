package io.parley.harness;

import io.parley.base.Limits;
import io.parley.config.Config;
import java.util.Map;

/// The limits that a server without any configuration of its own has.
public final class TestLimits {
  private TestLimits() {}

  public static Limits defaults() {
    return with(Map.of());
  }

  /// `keys`: dotted keys such as `limits.write_queue_max`.
  public static Limits with(Map<String, String> keys) {
    return Config.load(null, Map.of(), keys).limits();
  }
}
