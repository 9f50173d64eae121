/// The bus of several nodes, and what they count together, over one Valkey or Redis server,
/// sentinel group or cluster.
///
/// All nodes add what they announce to one stream, and each reads all of it. Nothing in it is
/// needed: what cannot be sent is dropped, what was lost is noticed by its number, and told to
/// [io.parley.bus.Bus#onLoss], whose listeners look into the store.
///
/// Invariants: no commit waits for the server; a node that hears nothing says so within three
/// seconds and heals without anybody's help; what arrives from the server is never trusted to be
/// well formed. The client library is known to this package only, and loaded only where it is
/// configured.
///
/// Keys: `{prefix}:ev`, the stream; `node:N`, the lease of node N, its epoch; `at:A`, at which
/// nodes account A is; `try:…`, failed logins by hashes. The braces keep all keys of an
/// installation on one node of a cluster.
@NullMarked
package io.parley.valkey;

import org.jspecify.annotations.NullMarked;
