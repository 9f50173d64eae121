/// Devices that acknowledge what they were pushed, for contracts whose clients keep no cursor of
/// their own: the server keeps it for them, in the same conversations that everybody reads.
///
/// Invariants: nothing is queued; what a device has not acknowledged is read again from its
/// conversations, so a crash can empty nothing. A cursor never goes back.
///
/// Tables: `device`, `device_cursor`; it reads those of messaging, social and groups.
@NullMarked
package io.parley.device;

import org.jspecify.annotations.NullMarked;
