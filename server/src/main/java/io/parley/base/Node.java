package io.parley.base;

/// Which of the programs that share one store this is.
///
/// @param number 0 … 1023, of no other node that lives
/// @param epoch grows with each start under the same number; who still speaks under an older one is
///     not heard any more
public record Node(int number, long epoch) {
  /// One more than the largest number of a node.
  public static final int NUMBERS = 1024;

  public Node {
    if (number < 0 || number >= NUMBERS) {
      throw new IllegalArgumentException("number must be 0 … 1023, is " + number);
    }
  }

  /// The only node there is.
  public static Node alone(Clock clock) {
    return new Node(0, clock.millis());
  }
}
