/// Bookkeeping that finds faults: what was acknowledged, what was pushed, and whether the two
/// agree. Pure; every ledger belongs to one thread while traffic runs.
@NullMarked
package io.parley.bench.ledger;

import org.jspecify.annotations.NullMarked;
