package io.parley.feed;

import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.media.Media;
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

  static Parts of(Media media, byte[] cursorKey, Limits limits) {
    PostStore posts = new PostStore();
    return new Parts(
        posts,
        new TextIndex("post_text"),
        new Visibility(posts),
        new Counting(posts),
        new PostRules(limits),
        media,
        new Cursors(cursorKey),
        new Scans(),
        limits);
  }

  /// Rows of one answer: 0 is the default, more than the maximum is the maximum.
  int rows(long num) {
    return (int) Page.Request.of(1, num, limits.pageSizeMax()).pageSize();
  }
}
