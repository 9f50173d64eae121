/// Stretches of network of the generator's own, in front of servers on this machine: a balancer
/// over equal servers, and links that can be slow, silent or cut.
///
/// Nothing here knows what the bytes mean. Each direction of a connection is carried by itself, so
/// that one side may end its half while the other still speaks.
@NullMarked
package io.parley.bench.net;

import org.jspecify.annotations.NullMarked;
