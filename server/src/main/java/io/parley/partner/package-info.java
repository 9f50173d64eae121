/// Partner back ends: the apps that may call signed-http, what each may do, and whether a request
/// is theirs, fresh and new.
///
/// Invariants: a security code is in the database only encrypted, and in no log; a transaction id
/// that was accepted is not accepted again while its request could still pass as fresh, also after
/// a restart; a request that is refused spends nothing.
///
/// Tables: `partner_app`, `partner_transaction`.
@NullMarked
package io.parley.partner;

import org.jspecify.annotations.NullMarked;
