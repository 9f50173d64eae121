package io.parley.cluster;

import io.parley.base.Node;

/// A server as all see it.
///
/// @param beatAt when it was last alive, epoch milliseconds by the database's clock; 0 once it left
/// @param startedAt by the same clock
/// @param address where it takes traffic, host and port
/// @param version of its program
/// @param figures what it last said of itself
public record Listed(
    Node node, long beatAt, long startedAt, String address, String version, Figures figures) {}
