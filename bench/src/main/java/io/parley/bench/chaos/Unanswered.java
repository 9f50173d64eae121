package io.parley.bench.chaos;

/// A call got no answer: the connection could not be made, was lost, or was silent for too long.
/// What was asked may have been done.
final class Unanswered extends RuntimeException {
  Unanswered(String why, Throwable cause) {
    super(why, cause);
  }
}
