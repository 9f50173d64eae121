/// What the operator orders of a data folder that is open, by whichever process: accounts, service
/// tokens and partner apps, and the socket in the folder over which a running server takes orders.
///
/// Whoever may open the folder may order everything; each act is in the audit log.
@NullMarked
package io.parley.control;

import org.jspecify.annotations.NullMarked;
