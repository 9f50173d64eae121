package io.parley.cluster;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells the second arrival of an event that comes on two ways, live and from the store, whichever
/// is first. Equal events are as many as came on either way.
final class Twice {
  private static final int REMEMBERED_MAX = 20_000;

  /// By how many more often an event came live than from the store.
  private final Map<ByteBuffer, Integer> ahead =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Integer> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /// Whether the event, which came live, is to be delivered: false if it was, from the store.
  boolean live(byte[] event) {
    return move(event, 1) > 0;
  }

  /// The same of one that was found in the store.
  boolean stored(byte[] event) {
    return move(event, -1) < 0;
  }

  private synchronized int move(byte[] event, int by) {
    ByteBuffer key = ByteBuffer.wrap(event);
    int now = ahead.merge(key, by, Integer::sum);
    if (now == 0) {
      ahead.remove(key);
    }
    return now;
  }
}
