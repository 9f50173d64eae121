/// The client side of `/ws`: a minimal handshake, then WebSocket frames parsed where they were
/// read. One [Lane] per event loop; everything about a socket happens on its lane's thread, so
/// nothing here is locked.
@NullMarked
package io.parley.bench.socket;

import org.jspecify.annotations.NullMarked;
