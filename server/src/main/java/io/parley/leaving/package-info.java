/// Accounts that go for good: their owner deletes them, and what there is of them is erased.
///
/// Invariants: from the commit of the deletion on nobody finds the account or gets in by it; what
/// is erased is erased by the services that made it, so that counts, lists and those it concerns
/// hear of it as if the owner had taken it back; each step may be done again, by another server
/// too, and goes on after a kill where it was. What was said to others stays theirs.
///
/// Tables: `erasure`; it looks for what there is of an account, and deletes what only it saw, in
/// those of others.
@NullMarked
package io.parley.leaving;

import org.jspecify.annotations.NullMarked;
