package io.parley.bench.chaos;

/// A message that History gives.
///
/// @param seq its place in its conversation
/// @param sender the number of the sender
/// @param number which of the sender's messages
record Stored(int seq, int sender, int number) {}
