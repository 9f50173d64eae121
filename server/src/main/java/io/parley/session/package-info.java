/// Sessions: one store of tokens for every contract, and everything that opens or ends one.
///
/// Invariants: a token is stored only as its SHA-256; a token issued by one contract authenticates
/// every other; once a session's end is committed its token authenticates nothing on this node, and
/// its live connections close through [io.parley.bus.Event.SessionEnded].
///
/// Tables: `session`, `service_token`.
@NullMarked
package io.parley.session;

import org.jspecify.annotations.NullMarked;
