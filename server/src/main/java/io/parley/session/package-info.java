/// Sessions: one store of tokens for every contract, and everything that opens or ends one; what
/// the owner of one does with the account's password, second factor and address.
///
/// Invariants: a token is stored only as its SHA-256; a token issued by one contract authenticates
/// every other; once a session's end is committed its token authenticates nothing on this node, and
/// its live connections close through [io.parley.bus.Event.SessionEnded].
///
/// Tables: `session`, `service_token`, `recovery`.
@NullMarked
package io.parley.session;

import org.jspecify.annotations.NullMarked;
