/// `gateway.GatewayService`: external gateways that hold the sockets of their clients and speak for
/// them over one stream each.
///
/// Invariants: a client that is registered is a live connection like any other, with the same order
/// and the same ends; a frame speaks only for a sender that is registered on its own gateway;
/// everything of one stream happens on its lane; a gateway that does not read is cut as a whole and
/// delays nobody.
@NullMarked
package io.parley.face.gateway;

import org.jspecify.annotations.NullMarked;
