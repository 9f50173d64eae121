package io.parley.account;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Limits;
import io.parley.base.Visible;
import java.util.stream.Stream;

/// What a name may be, and how names are looked for.
public final class Names {
  /// Code points of a login name that is registered.
  static final int LOGIN_CODE_POINTS_MAX = 64;

  private Names() {}

  /// Characters of a login name that is looked for: no account has one that is longer. A username
  /// that is also the display name may be as long as that.
  static int loginCharsMax(Limits limits) {
    return 2 * Math.max(LOGIN_CODE_POINTS_MAX, limits.nicknameCodePointsMax());
  }

  /// A LIKE pattern, escaped with `!`, for folded text that contains `keyword`.
  public static String pattern(String keyword) {
    String escaped = Folding.fold(keyword).replace("!", "!!").replace("%", "!%").replace("_", "!_");
    return '%' + escaped + '%';
  }

  /// The arguments of a statement that looks for names by a LIKE pattern and by how they begin: see
  /// [#pattern], the folded `keyword` and what sorts behind it.
  ///
  /// @param last the arguments after those
  public static Object[] matching(String keyword, Object... last) {
    String begin = Folding.fold(keyword);
    return Stream.concat(Stream.of(pattern(keyword), begin, behind(begin)), Stream.of(last))
        .toArray();
  }

  /// The first text that sorts, by code points, behind all that begin with `prefix`; the end of all
  /// texts where `prefix` is empty or only made of last code points.
  public static String behind(String prefix) {
    int[] points = prefix.codePoints().toArray();
    int last = points.length - 1;
    while (last >= 0 && points[last] == Character.MAX_CODE_POINT) {
      last--;
    }
    if (last < 0) {
      return prefix + Character.toString(Character.MAX_CODE_POINT);
    }
    // Surrogates are no code points that a text is sorted by.
    int next = points[last] + 1 == Character.MIN_SURROGATE ? 0xE000 : points[last] + 1;
    return new String(points, 0, last) + Character.toString(next);
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
