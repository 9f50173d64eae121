/// What the admin console shows and takes away: how the server is, what is known of an account,
/// signed exports. The acts of operators belong to the services that carry them out.
///
/// Invariants: figures come from memory or are counted at most every ten seconds; an export is
/// never held in memory as a whole.
///
/// Tables: none of its own.
@NullMarked
package io.parley.admin;

import org.jspecify.annotations.NullMarked;
