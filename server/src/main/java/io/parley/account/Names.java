package io.parley.account;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Visible;

/// What a name may be, and how names are looked for.
public final class Names {
  private Names() {}

  /// A LIKE pattern, escaped with `!`, for folded text that contains `keyword`.
  public static String pattern(String keyword) {
    String escaped = Folding.fold(keyword).replace("!", "!!").replace("%", "!%").replace("_", "!_");
    return '%' + escaped + '%';
  }

  /// `name` if it has 1 … `codePointsMax` code points, none of them a control, an unpaired
  /// surrogate or something that cannot be seen where it stands, not all blank.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE, naming `field`
  public static String require(String field, String name, int codePointsMax) {
    // A code point has at most two chars, so this bounds the work before any is done.
    if (name.length() > 2 * codePointsMax
        || name.codePointCount(0, name.length()) > codePointsMax) {
      throw Fault.of(FaultCode.TOO_LARGE, field + ": longer than " + codePointsMax + " characters");
    }
    if (Visible.isBlank(name)) {
      throw Fault.invalid(field, "must not be empty");
    }
    if (name.codePoints().anyMatch(Names::unprintable)) {
      throw Fault.invalid(field, "must not contain control characters");
    }
    if (Visible.hides(name)) {
      throw Fault.invalid(field, "must not contain characters that cannot be seen");
    }
    return name;
  }

  private static boolean unprintable(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
