package io.parley.bench.chaos;

/// An account with a session.
///
/// @param number in this run, which its messages carry
/// @param id the account
/// @param nickname what it logs in with
/// @param token of its session
record Person(int number, long id, String nickname, String token) {}
