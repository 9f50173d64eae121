package io.parley.admin;

import io.parley.base.Histogram;
import java.util.function.LongSupplier;

/// Where [Vitals] reads. The first group grows from the start on, the second is how things stand.
public record Gauges(
    LongSupplier requests,
    LongSupplier messages,
    LongSupplier deliveries,
    LongSupplier logins,
    LongSupplier faults,
    LongSupplier cuts,
    LongSupplier sockets,
    LongSupplier gateways,
    LongSupplier writesWaiting,
    LongSupplier eventsWaiting,
    Histogram writes) {}
