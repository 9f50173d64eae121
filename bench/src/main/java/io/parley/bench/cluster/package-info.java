/// A whole cluster on one machine, in one folder: PostgreSQL with its standby, Valkey or Redis, an
/// S3 server, nodes, and a balancer before them. For a laptop, for tests and for measurements.
///
/// Every part is a process that outlives whoever started it and listens on 127.0.0.1 only. What
/// was chosen (ports, secrets, who is the primary) and what runs is in `cluster.json` of the
/// folder.
@NullMarked
package io.parley.bench.cluster;

import org.jspecify.annotations.NullMarked;
