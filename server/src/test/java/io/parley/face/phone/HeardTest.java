package io.parley.face.phone;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeardTest {
  @Test
  void deviceThatAnswersPings_hadWhatItReadAPingOf() {
    Pushing.Heard heard = new Pushing.Heard(5, 3);
    assertTrue(heard.has(2, true));
    assertTrue(heard.has(3, false));
    assertFalse(heard.has(4, false));
    assertFalse(heard.has(4, true), "the oldest that is left may be on its way");
  }

  @Test
  void deviceThatAnswersNoPings_answersPacketsOneByOne() {
    Pushing.Heard heard = new Pushing.Heard(5, 0);
    assertTrue(heard.has(4, true));
    assertFalse(heard.has(5, false));
    assertFalse(heard.has(6, true), "it was not even written when the answer came");
  }
}
