package io.parley.store;

import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;

/// How much one scan may read. It counts what is read, not rows: twenty thousand short messages are
/// little, as many long ones are not.
public final class Budget {
  /// What a row costs besides its text, in characters.
  public static final int ROW = 16;

  private final long charsMax;
  private final long nanosMax;
  private final Clock clock;
  private final long began;
  private long spent;
  private volatile boolean aborted;

  /// @param charsMax characters that may be read
  /// @param time that may pass from now on
  public Budget(long charsMax, Duration time, Clock clock) {
    this.charsMax = charsMax;
    this.nanosMax = time.toNanos();
    this.clock = clock;
    this.began = clock.nanos();
  }

  /// Counts a row with `chars` characters, folded ones if they had to be folded. False once the
  /// scan is to end after this row, and to say where it goes on.
  ///
  /// @throws Fault UNAVAILABLE if whoever asked has gone
  public boolean spend(long chars) {
    if (aborted) {
      throw Fault.of(FaultCode.UNAVAILABLE, "interrupted");
    }
    spent += ROW + chars;
    return spent < charsMax && clock.nanos() - began < nanosMax;
  }

  /// Characters that were read so far.
  public long spent() {
    return spent;
  }

  /// Has the next [#spend] end the scan. From any thread.
  void abort() {
    aborted = true;
  }
}
