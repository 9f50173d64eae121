/// Small facts that other parts of the program, and later other nodes, must hear of: a message was
/// posted, a session ended, a membership changed.
///
/// Invariant: losing an event costs latency, never data. Events of one publisher arrive in the
/// order published.
@NullMarked
package io.parley.bus;

import org.jspecify.annotations.NullMarked;
