/// The phone contract (phone-im): JSON under `/android/` with a status in every answer, and a push
/// WebSocket with acknowledgements.
@NullMarked
package io.parley.face.phone;

import org.jspecify.annotations.NullMarked;
