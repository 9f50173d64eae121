/// Traffic: who sends when, who checks what arrives, and the run from warm-up to audit. What the
/// send and the fan-out scenario have in common.
@NullMarked
package io.parley.bench.load;

import org.jspecify.annotations.NullMarked;
