package io.parley.store;

import io.parley.base.Fault;
import org.jspecify.annotations.Nullable;

/// Hears once how a submitted write ended, on the store's completion thread, in commit order. It
/// must not block.
public interface Completion<T extends @Nullable Object> {
  /// The write is on disk.
  void done(T result);

  /// Nothing of the write was kept; where `fault` is UNAVAILABLE, nobody sees anything of it while
  /// this process lives, and a restart may find it.
  void failed(Fault fault);
}
