package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Gives messages of this contract, which have no id of their own, one that is the same when the
/// same device sends the same message again after a lost acknowledgement.
///
/// A message that carries a `createTime` is known by all it says; said twice over one socket it is
/// two messages, so the times it was said on this socket count too. Said again over the next socket
/// they start at one and meet what was stored. Without a `createTime` a repetition cannot be told
/// from a new message, and none is.
final class Repeats {
  private static final int REMEMBERED_MAX = 4096;
  private static final int HASH_BYTES = 20;

  private final String pushId;
  private final Map<String, Integer> said =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  Repeats(String pushId) {
    this.pushId = pushId;
  }

  /// At most 60 characters; empty for a message that cannot be known again.
  String key(JsonNode message) {
    if (Json.text(message, "createTime", 64).isEmpty()) {
      return "";
    }
    String hash = sha256(pushId + '\n' + message);
    int times = said.merge(hash, 1, Integer::sum);
    return hash + '.' + times;
  }

  /// Nothing of the packet was stored: it may come again.
  void forget(JsonNode messages) {
    for (JsonNode message : messages) {
      said.computeIfPresent(
          sha256(pushId + '\n' + message), (hash, times) -> times > 1 ? times - 1 : null);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
