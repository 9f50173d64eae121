package io.parley.feed;

import io.parley.base.Caller;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.media.Media;
import io.parley.store.Scans;
import io.parley.store.TextIndex;

/// What the services of the feed share.
record Parts(
    PostStore posts,
    TextIndex texts,
    Visibility visibility,
    Counting counting,
    PostRules rules,
    Media media,
    Cursors cursors,
    Scans scans,
    Limits limits) {

  static Parts of(Media media, byte[] cursorKey, Scans scans, Limits limits) {
    PostStore posts = new PostStore();
    return new Parts(
        posts,
        new TextIndex("post_text"),
        new Visibility(posts),
        new Counting(posts),
        new PostRules(limits),
        media,
        new Cursors(cursorKey),
        scans,
        limits);
  }

  /// Runs `search` for `keyword`: at once where the index knows it or it is empty, else when it is
  /// its turn.
  ///
  /// @throws io.parley.base.Fault as [Scans#read]
  <T> T search(Caller caller, String keyword, Scans.Scan<T> search) {
    return keyword.isEmpty() || !TextIndex.reads(keyword)
        ? scans.lookUp(search)
        : scans.read(caller, search);
  }

  /// Rows of one answer: 0 is the default, more than the maximum is the maximum.
  int rows(long num) {
    return (int) Page.Request.of(1, num, limits.pageSizeMax()).pageSize();
  }
}
