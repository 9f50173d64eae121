/// Small facts that other parts of the program, and other nodes, must hear of: a message was
/// posted, a session ended, a membership changed.
///
/// Invariants: losing an event costs latency, never data, and does not go unnoticed
/// ([io.parley.bus.Bus#onLoss]). Events of one publisher arrive in the order published.
@NullMarked
package io.parley.bus;

import org.jspecify.annotations.NullMarked;
