/// Mail for callers that may send it: over SMTP, or into a folder where no server is configured.
///
/// Invariants: whoever may not send mail sends none, so this is no open relay; a mail is answered
/// for once the server has taken it or it is on disk.
@NullMarked
package io.parley.mail;

import org.jspecify.annotations.NullMarked;
