/// The live sockets: WebSockets on the port that also serves HTTP and gRPC, and the native protocol
/// spoken over them.
///
/// [io.parley.face.socket.SocketSniffer] looks at the first bytes of each connection. A `GET` of a
/// socket path takes the connection away from the HTTP server: its handlers leave,
/// [io.parley.face.socket.Handshake] answers the upgrade, and what stays is one handler,
/// [io.parley.face.socket.WebSocket]. Everything else passes through untouched.
///
/// Invariants:
/// - an idle socket holds no buffer, no timer and no map; deadlines are found by one sweep for each
///   event loop;
/// - answers and pushes of one turn of an event loop leave in one flush for each socket;
/// - what a socket may make the server keep is bounded: one message of `frame_bytes_max` coming in,
///   `socket_in_flight_max` requests, `outbox_bytes_max` of pushes and the answers to those
///   requests going out;
/// - a socket that ended, or whose session did, gets nothing more.
@NullMarked
package io.parley.face.socket;

import org.jspecify.annotations.NullMarked;
