package io.parley.account;

import com.nulabinc.zxcvbn.StandardDictionaries;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;

/// What a password that somebody chooses may be. Source: NIST SP 800-63B, 3.1.1.2: a least length,
/// no rules on what it is made of, none that everybody tries first.
public final class NewPasswords {
  /// How many of the most common ones are refused.
  private static final int COMMON = 10_000;

  private final Limits limits;
  private final boolean refuseCommon;

  public NewPasswords(Limits limits, boolean refuseCommon) {
    this.limits = limits;
    this.refuseCommon = refuseCommon;
  }

  /// `password` has `limits.password_chars_min` to `limits.password_chars_max` characters, half
  /// characters and U+0000 not among them, and is not one of the most common ones, whatever its
  /// case.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming `password`
  void require(String password) {
    require(password, limits.passwordCharsMin());
  }

  /// The same with the least length that a contract's document names.
  void require(String password, int charsMin) {
    if (password.length() > limits.passwordCharsMax()) {
      throw Accounts.passwordTooLong(limits);
    }
    if (password.length() < charsMin) {
      throw Fault.invalid("password", "must have at least " + charsMin + " characters");
    }
    if (password.codePoints().anyMatch(NewPasswords::isNoText)) {
      throw Fault.invalid("password", "must not contain half a character or U+0000");
    }
    if (refuseCommon && Common.LIST.contains(Folding.fold(password))) {
      throw Fault.of(
          FaultCode.INVALID_FIELD,
          "password: is one of the " + COMMON + " most common ones, which are tried first");
    }
  }

  private static boolean isNoText(int codePoint) {
    return codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE;
  }

  /// Read when the first password is chosen, not when a server starts.
  private static final class Common {
    static final Set<String> LIST = load();

    private static Set<String> load() {
      try {
        return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
            .limit(COMMON)
            .map(Folding::fold)
            .collect(Collectors.toUnmodifiableSet());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
