/// Who is online, and who may know.
///
/// Invariants: what is told of an account is what its privacy allows the hearer; losing a notice
/// costs nothing but its time, because everybody can ask.
///
/// Tables: `last_seen`.
@NullMarked
package io.parley.presence;

import org.jspecify.annotations.NullMarked;
