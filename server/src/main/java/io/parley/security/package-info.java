/// The security log: who tried what, how often, from where; what changed who may do what.
///
/// Invariants: it holds no secret, no password, and no name that was typed in vain; its size is
/// bounded whatever strangers do; whoever tells it something never waits for it.
@NullMarked
package io.parley.security;

import org.jspecify.annotations.NullMarked;
