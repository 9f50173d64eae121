package io.parley.bench.load;

import java.time.Duration;

/// How a run goes in time.
///
/// @param warmup traffic that is checked but not measured
/// @param measured the time that counts
/// @param drain the longest wait for what is under way when sending stops
/// @param pace what lets the next message go
/// @param deliveriesPerMessage devices that each message is pushed to
public record Plan(
    Duration warmup, Duration measured, Duration drain, Pace pace, int deliveriesPerMessage) {}
