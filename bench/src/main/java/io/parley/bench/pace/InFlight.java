package io.parley.bench.pace;

/// The messages of one socket that wait for their answer, and when each was due. Answers may come
/// in any order.
public final class InFlight {
  /// The protocol's bound on requests in flight on one socket.
  public static final int MAX = 64;

  private static final int SPAN = 1024;

  private final long[] dueNanos = new long[SPAN];
  private final int[] numbers = new int[SPAN];
  private int count;

  /// Whether message `number` may go out now: fewer than `window` wait, and its slot is free (it is
  /// not while a message 1,024 numbers older still waits).
  public boolean admits(int number, int window) {
    return count < window && numbers[number & (SPAN - 1)] == 0;
  }

  /// Notes that message `number` (1 …) went out.
  public void sent(int number, long due) {
    numbers[number & (SPAN - 1)] = number;
    dueNanos[number & (SPAN - 1)] = due;
    count++;
  }

  /// Whether message `number` waits for its answer.
  public boolean waits(int number) {
    return number > 0 && numbers[number & (SPAN - 1)] == number;
  }

  /// Notes the answer to message `number`, which must wait for one, and returns when it had been
  /// due.
  public long answered(int number) {
    if (!waits(number)) {
      throw new IllegalStateException("no message " + number + " in flight");
    }
    numbers[number & (SPAN - 1)] = 0;
    count--;
    return dueNanos[number & (SPAN - 1)];
  }

  public int count() {
    return count;
  }
}
