package io.parley.feed.post;

import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.store.Budget;
import io.parley.store.Scans;
import io.parley.store.TextIndex;
import io.parley.store.Tx;

/// The texts of posts, found by any part of them.
public final class PostTexts {
  private static final int KEYWORD_CHARS_MAX = 128;

  private final Scans scans;
  private final TextIndex index = new TextIndex("post_text");

  /// `scans`: where texts are read that no index knows.
  public PostTexts(Scans scans) {
    this.scans = scans;
  }

  void put(Tx tx, PostId id, String content) {
    index.put(tx, id.value(), Folding.searched(content));
  }

  void remove(Tx tx, PostId id) {
    index.remove(tx, id.value());
  }

  /// A keyword as texts are searched for it: case- and width-folded.
  ///
  /// @throws Fault TOO_LARGE for one of more than 128 characters
  public static String folded(String keyword) {
    if (keyword.length() > KEYWORD_CHARS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "keyword: longer than " + KEYWORD_CHARS_MAX + " characters");
    }
    return Folding.fold(keyword.replace("\0", ""));
  }

  /// Posts with `keyword`, see [TextIndex#find].
  public TextIndex.Found find(Tx tx, String keyword, long below, int limit, Budget budget) {
    return index.find(tx, keyword, below, limit, budget);
  }

  /// Runs `search` for `keyword`: at once where the index knows it or it is empty, else when it is
  /// its turn.
  ///
  /// @throws Fault as [Scans#read]
  public <T> T search(Caller caller, String keyword, Scans.Scan<T> search) {
    return keyword.isEmpty() || !TextIndex.reads(keyword)
        ? scans.lookUp(search)
        : scans.read(caller, search);
  }

  /// Runs `search`, which reads texts whatever the keyword, when it is its turn.
  ///
  /// @throws Fault as [Scans#read]
  <T> T read(Caller caller, Scans.Scan<T> search) {
    return scans.read(caller, search);
  }
}
