/// Bytes in and out: protobuf fields and WebSocket frames read straight from a byte array, and
/// requests patched into a template. Everything here is pure and allocates nothing per message,
/// because the generator shares its cores with the server it measures.
@NullMarked
package io.parley.bench.wire;

import org.jspecify.annotations.NullMarked;
