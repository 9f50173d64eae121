/// Several equal servers over one database: who is there, and how each hears of what the others
/// did.
///
/// Tables: `node`, `node_event`, `node_secret`.
@NullMarked
package io.parley.cluster;

import org.jspecify.annotations.NullMarked;
