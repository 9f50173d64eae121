package io.parley.bench.subject;

/// An account made for this run, with a live session.
///
/// @param id the account
/// @param token of its session
public record BenchAccount(long id, String token) {}
