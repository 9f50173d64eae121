/// The native API, free of any transport: one table of methods that gRPC, REST, the live socket and
/// the gateway call.
///
/// Each `XRpc` lists the methods of one service; each `XWire` translates between its protobuf
/// messages and the domain. Neither holds a business rule.
@NullMarked
package io.parley.face.rpc;

import org.jspecify.annotations.NullMarked;
