package io.parley.store;

import io.parley.base.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Work that many callers want at the same time and that is cheaper for all of them at once: an
/// engine that is another program is asked a few times for all, instead of a few times for each.
///
/// @param <I> what one caller wants
/// @param <O> what it gets
public interface Together<I, O> {
  /// Whether others may write the same at the same time, on other connections: everything that it
  /// reads to decide is changed by nobody who shares, or is in rows that it holds; it holds them in
  /// an order that all keep; and it commits nothing that is found by reading on from an id other
  /// than up to [Tx#settled].
  default boolean sharesTurn() {
    return false;
  }

  /// What became of each of `items`, in their order, each as if the ones before it had been alone.
  /// Whatever it throws undoes all of them; then each is run by itself, so that it costs nobody but
  /// the one that it came from.
  List<Outcome<O>> run(Tx tx, List<I> items);

  /// A result, or why there is none. Whoever is refused has changed nothing.
  record Outcome<O>(@Nullable O value, @Nullable Fault refused) {
    public static <O> Outcome<O> of(O value) {
      return new Outcome<>(value, null);
    }

    public static <O> Outcome<O> refused(Fault why) {
      return new Outcome<>(null, why);
    }

    /// The result.
    ///
    /// @throws Fault why there is none
    @SuppressWarnings("NullAway") // one of the two is there
    public O require() {
      if (refused != null) {
        throw refused;
      }
      return value;
    }
  }
}
