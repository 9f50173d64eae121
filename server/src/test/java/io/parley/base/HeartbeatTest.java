package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Whether a thread is at work, as others see it.
class HeartbeatTest {
  private static final Duration LONG = Duration.ofHours(1);
  private final Heartbeat beat = new Heartbeat("parley-test");

  @Test
  void whoRests_beatsForEver() {
    assertEquals("parley-test", beat.name());
    assertTrue(beat.beats(Duration.ofNanos(-1)));
  }

  @Test
  void whoIsAtOneThingForTooLong_beatsNoMore_untilItIsDone() {
    beat.works();
    assertTrue(beat.beats(LONG));
    Waiting.until(() -> !beat.beats(Duration.ofMillis(5)));
    beat.works();
    assertTrue(beat.beats(LONG));
    beat.rests();
    assertTrue(beat.beats(Duration.ofNanos(-1)));
  }

  @Test
  void whoEnds_beatsNeverAgain() {
    beat.ends();
    assertFalse(beat.beats(LONG));
    beat.works();
    assertFalse(beat.beats(LONG));
    beat.rests();
    assertFalse(beat.beats(LONG));
  }
}
