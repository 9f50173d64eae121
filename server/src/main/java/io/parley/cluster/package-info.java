/// Several equal servers over one database: who is there and how they are, how each hears of what
/// the others did, and which of them holds which gateway.
///
/// Tables: `gateway_stream`, `node`, `node_event`, `node_secret`.
@NullMarked
package io.parley.cluster;

import org.jspecify.annotations.NullMarked;
