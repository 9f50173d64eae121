package io.parley.bench.chaos;

/// A message that a server said it has stored.
///
/// @param sender the number of the sender
/// @param number which of the sender's messages
/// @param seq its place in its conversation
record Ack(int sender, int number, int seq) {}
