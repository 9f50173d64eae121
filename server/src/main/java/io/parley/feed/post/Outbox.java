package io.parley.feed.post;

import io.parley.store.Tx;

/// Posts on their way into timelines: one that others may see from now on is noted in the
/// transaction that makes it so, and stays noted until the fan-out has served everybody.
public final class Outbox {
  private final Runnable wake;
  private final PostStore store = new PostStore();

  /// `wake`: asks for the fan-out to run soon on another thread; called within commits.
  public Outbox(Runnable wake) {
    this.wake = wake;
  }

  /// Inside a transaction. Noting a post twice changes nothing.
  public void add(Tx tx, Post post) {
    store.enqueue(tx, post.id(), post.author());
    tx.afterCommit(wake);
  }
}
