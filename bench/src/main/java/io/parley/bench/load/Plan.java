package io.parley.bench.load;

/// How a run goes in time.
///
/// @param warmupS seconds of traffic that is checked but not measured
/// @param measuredS seconds measured
/// @param drainS seconds at most that are waited for what is under way when sending stops
/// @param pace what lets the next message go
/// @param deliveriesPerMessage devices that each message is pushed to
public record Plan(int warmupS, int measuredS, int drainS, Pace pace, int deliveriesPerMessage) {}
