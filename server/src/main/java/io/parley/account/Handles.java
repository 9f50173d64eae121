package io.parley.account;

import io.parley.base.AccountId;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What tells two accounts apart whose display names are the same: no two have the same handle, and
/// it stays while the login names do.
///
/// It is the username, else the nickname to log in with; where there is none that may be shown, `#`
/// and the id to base 36. What looks like a phone number or an e-mail address is never shown, and
/// no login name can pass for such an id.
final class Handles {
  private static final Pattern PHONE = Pattern.compile("[+(]?[0-9][0-9 ()./-]{5,}");

  private Handles() {}

  /// @param loginName the username or nickname as it was typed first; null for neither
  static String of(AccountId id, @Nullable String loginName) {
    if (loginName != null
        && !loginName.startsWith("#")
        && loginName.indexOf('@') < 0
        && !isPhone(loginName)) {
      return loginName;
    }
    return "#" + Long.toString(id.value(), 36);
  }

  /// The same of an account with these login names.
  static String among(AccountId id, Map<AliasKind, String> names) {
    String username = names.get(AliasKind.USERNAME);
    return of(id, username != null ? username : names.get(AliasKind.NICKNAME));
  }

  /// Most names have a letter first, and there are many: those cost no match.
  private static boolean isPhone(String name) {
    String bare = name.strip();
    return !bare.isEmpty() && bare.charAt(0) <= '9' && PHONE.matcher(bare).matches();
  }
}
