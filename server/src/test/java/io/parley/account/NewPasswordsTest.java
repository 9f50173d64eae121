package io.parley.account;

import static io.parley.account.AccountWorld.refused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.harness.TestLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewPasswordsTest {
  private static final Limits LIMITS = TestLimits.defaults();

  private final NewPasswords rules = new NewPasswords(LIMITS, true);
  private final NewPasswords lenient = new NewPasswords(LIMITS, false);

  @Test
  void length_isFromTheLeastToTheMost() {
    for (NewPasswords each : new NewPasswords[] {rules, lenient}) {
      each.require("x7".repeat(LIMITS.passwordCharsMin() / 2));
      each.require("x7".repeat(LIMITS.passwordCharsMax() / 2));
      assertEquals(
          "password: must have at least 8 characters",
          refused(FaultCode.INVALID_FIELD, () -> each.require("x7k2m9q")));
      assertEquals(
          "password: longer than 128 characters",
          refused(FaultCode.TOO_LARGE, () -> each.require("x".repeat(129))));
    }
  }

  @Test
  void contractThatAllowsLess_isAskedInItsPlace() {
    rules.require("x7k2m9", 6);
    assertEquals(
        "password: must have at least 6 characters",
        refused(FaultCode.INVALID_FIELD, () -> rules.require("x7k2m", 6)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret-1\u0000", "secret-1\ud83d", "\ude00secret-1"})
  void textThatIsNone_isRefused(String password) {
    assertTrue(
        refused(FaultCode.INVALID_FIELD, () -> lenient.require(password)).contains("U+0000"));
  }

  @Test
  void wholeCharacters_areText() {
    assertDoesNotThrow(() -> rules.require("秘密😀秘密-1"));
    assertDoesNotThrow(() -> rules.require("\u0001 tab\t and more"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "PassWord", "12345678", "iloveyou", "ＰＡＳＳＷＯＲＤ"})
  void oneThatEverybodyTriesFirst_isRefused_whereTheOperatorWantsThat(String password) {
    assertEquals(
        "password: is one of the 10000 most common ones, which are tried first",
        refused(FaultCode.INVALID_FIELD, () -> rules.require(password)));
    assertDoesNotThrow(() -> lenient.require(password));
  }

  @Test
  void commonBeginning_makesNoCommonPassword() {
    assertDoesNotThrow(() -> rules.require("password of mine"));
  }
}
