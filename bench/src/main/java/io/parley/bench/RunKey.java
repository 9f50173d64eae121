package io.parley.bench;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Names that no earlier run on the same server has used.
///
/// @param value eight hexadecimal digits
record RunKey(String value) {
  static RunKey fresh() {
    return new RunKey(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
  }

  /// The nickname of account `i`.
  String nickname(int i) {
    return "bench-" + value + "-" + i;
  }

  /// The prefix of sender `i`'s client_message_ids.
  String messages(int i) {
    return value + "-" + i;
  }
}
