package io.parley.base;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Hears once, from any thread, how something ended that was begun elsewhere. It must not block.
///
/// Of a write it hears on the store's completion thread, in commit order: done, it is on disk;
/// failed, nothing of it was kept, and where the fault is UNAVAILABLE nobody sees anything of it
/// while this process lives, and a restart may find it.
public interface Completion<T extends @Nullable Object> {
  void done(T result);

  void failed(Fault fault);

  /// One that is done with what `made` makes of its result.
  default <S extends @Nullable Object> Completion<S> of(Function<? super S, ? extends T> made) {
    Completion<T> outer = this;
    return new Completion<>() {
      @Override
      public void done(S result) {
        outer.done(made.apply(result));
      }

      @Override
      public void failed(Fault fault) {
        outer.failed(fault);
      }
    };
  }

  /// For what nobody waits for.
  static <T extends @Nullable Object> Completion<T> ignored() {
    return new Completion<>() {
      @Override
      public void done(T result) {}

      @Override
      public void failed(Fault fault) {}
    };
  }
}
