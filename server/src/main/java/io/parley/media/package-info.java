/// Uploaded pictures: checked, re-encoded, stored once under a name made from their bytes.
///
/// Invariants: nothing that was uploaded is served as it came; the name a client gives never
/// becomes a path; bytes and pixels are capped before anything is decoded.
///
/// Tables: `media`.
@NullMarked
package io.parley.media;

import org.jspecify.annotations.NullMarked;
