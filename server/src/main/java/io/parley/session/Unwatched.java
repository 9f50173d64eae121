package io.parley.session;

import io.parley.base.Fault;
import io.parley.store.Completion;

/// The end of a write that nobody waits for.
final class Unwatched implements Completion<Long> {
  @Override
  public void done(Long result) {}

  @Override
  public void failed(Fault fault) {}
}
