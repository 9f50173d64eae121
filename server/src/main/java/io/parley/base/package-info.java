/// What every other package stands on: ids, faults, the caller, limits, time. It depends on nothing
/// of ours.
///
/// Time, randomness and sleeping are read here only ([io.parley.base.Clock],
/// [io.parley.base.Entropy]), so that a test or a simulation can own them.
@NullMarked
package io.parley.base;

import org.jspecify.annotations.NullMarked;
