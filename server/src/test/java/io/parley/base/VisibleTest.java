package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \t\n",
        "\u3164",
        "\u200b",
        "\u2060",
        "\u00ad",
        "\u2800",
        "\u115f",
        "\ufeff",
        "\u00a0",
        "\u3000",
        "\u202e",
        "\ufffa",
        "\ufe0f",
        "\u3164\u200b \udb40\udc61",
        "\ud834\udd59"
      })
  void nothingToSee_isBlank(String text) {
    assertTrue(Visible.isBlank(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", " .", "\u200b👋", "。", "\u0301", "\u3164안"})
  void somethingToSee_isNotBlank(String text) {
    assertFalse(Visible.isBlank(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bo\u200bss",
        "boss\u200d",
        "boss\u00ad",
        "\u2060boss",
        "boss\ufe0f",
        "boss1\ufe0f",
        "invoice\u202egnp.exe",
        "a\u2066b",
        "bo\u2800ss",
        "a\u200cb",
        "a\udb40\udc61",
        "1\u200d2",
        "boss\u200e",
        "\ufeffboss",
        "bo\u034fss",
        "👋\udb40\udc61",
        "a\u180b",
        "ᠠ\u180e\u200b",
        "a\udb40\udd00",
        "a\ufe0f\u20e3",
        "1\ufe0f2",
        "👋\u200d",
        "\u200d👋",
        "می\u200c",
        "می\u200cann",
        "🏴a\udb40\udc67",
        "🏳\udb40\udc67",
        "1🏽\u200d🚀",
        "a\ufff9b",
        "a\ufffbb"
      })
  void hiddenCharacters_areFound(String name) {
    assertTrue(Visible.hides(name));
  }

  @Test
  void whatAScriptOrAnEmojiNeeds_mayStay() {
    for (String name :
        new String[] {
          "❤\ufe0f", // red heart
          "👩\u200d🚀", // woman, joined to a rocket
          "👩🏽\u200d🚀 ann",
          "👨\u200d👩\u200d👧",
          "🏳\ufe0f\u200d🌈",
          "1\ufe0f\u20e3",
          "🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f",
          "می\u200cخواهم", // Persian
          "ක්\u200dර", // Sinhala
          "ന്\u200d", // Malayalam
          "葛\udb40\udd00", // a form of a Han letter
          "葛\udb40\uddef", // the last of them
          "ᠠ\u180b", // a form of a Mongolian letter
          "ᠠ\u180f",
          "👋🏻\u200d🚀",
          "👋🏿\u200d🚀",
          "🏴\udb40\udc20\udb40\udc7f", // the first tag and the last
          "a\ufffcb" // seen as a box
        }) {
      assertFalse(Visible.hides(name), name);
    }
  }

  @Test
  void textThatTurnsItsOrderRound_isFound() {
    assertTrue(Visible.turns("invoice\u202egnp.exe"));
    assertTrue(Visible.turns("\u202da"));
    assertFalse(Visible.turns("a\u202cb\u2066"));
  }
}
