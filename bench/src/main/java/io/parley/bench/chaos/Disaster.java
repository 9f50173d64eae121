package io.parley.bench.chaos;

import java.util.function.Consumer;
import java.util.function.Function;

/// Something that happens to a cluster under load, and is over when its work returns.
///
/// @param name as `--faults` names it
/// @param what in a few words
/// @param logout what of a logout must hold in the middle of it
/// @param unable why it cannot be made here; empty: it can
/// @param work makes it happen, lets it last, and repairs what an operator would
record Disaster(
    String name, String what, Logout logout, Function<Stage, String> unable, Consumer<Stage> work) {

  /// A logout at the first node, in the middle of a disaster.
  enum Logout {
    /// Nobody could carry it out, or see it.
    NONE,
    /// Every other node refuses the token and closes the socket.
    EVERYWHERE,
    /// The same, and the victim at least refuses the token: it cannot know, and so must take none.
    VICTIM_REFUSES,
    /// Every node but the victim, which does not run.
    NOT_VICTIM
  }
}
