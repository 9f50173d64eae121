/// Mail for callers that may send it, and the server's own: over SMTP, or into a folder where no
/// server is configured.
///
/// Invariants: whoever may not send mail sends none, so this is no open relay: the server's own
/// letters ([Letter]) have no word in them that a caller chose but an address and a code; a mail is
/// answered for once the server has taken it or it is on disk.
@NullMarked
package io.parley.mail;

import org.jspecify.annotations.NullMarked;
