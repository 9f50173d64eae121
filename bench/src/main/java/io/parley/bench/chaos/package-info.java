/// Load on a cluster while parts of it fail, and the judgement of what came of it.
///
/// A sender repeats each message under its key until it is acknowledged, one at a time; a receiver
/// takes pushes and pulls when a client should (it reconnected, it sees a gap, it is told to); a
/// walker follows its Sync cursor from node to node. After each fault all of them come to rest, and
/// what they know is compared with what is stored.
@NullMarked
package io.parley.bench.chaos;

import org.jspecify.annotations.NullMarked;
