package io.parley.platform;

import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Ids;
import io.parley.bus.Bus;
import io.parley.store.Db;

/// What every service stands on: where records are kept, how facts travel, and the sources of ids,
/// time and chance. One for each program; a test makes its own.
public record Platform(Db db, Bus bus, Ids ids, Clock clock, Entropy entropy) {}
