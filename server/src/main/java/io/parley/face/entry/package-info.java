/// The entry contracts, entry-rpc.md and entry-http.md: a small user system over gRPC and over
/// HTTP. Both stand on [EntryUsers] and differ in how they say what happened.
@NullMarked
package io.parley.face.entry;

import org.jspecify.annotations.NullMarked;
