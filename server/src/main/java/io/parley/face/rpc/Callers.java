package io.parley.face.rpc;

import io.parley.base.Caller;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Recognises who calls.
@FunctionalInterface
public interface Callers {
  /// `anonymous` with the account of `token` filled in. May block.
  ///
  /// @param token empty for none, which is enough for a trusted peer
  /// @throws io.parley.base.Fault NOT_LOGGED_IN if the token is not live; PASSWORD_EXPIRED
  Caller authenticate(String token, Caller anonymous);

  /// As [#authenticate], for what is served to those as well who have to choose a password first.
  default Caller identify(String token, Caller anonymous) {
    return authenticate(token, anonymous);
  }

  /// What [#authenticate] answers if that is remembered, else null. Never blocks.
  default @Nullable Caller recognise(String token, Caller anonymous) {
    return null;
  }

  /// The token in an `Authorization` value: after `Bearer `, in any case, or the whole of it. Null
  /// for none.
  static @Nullable String token(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    String value = authorization.strip();
    boolean bearer =
        value.length() >= 7 && value.substring(0, 7).toLowerCase(Locale.ROOT).equals("bearer ");
    String token = bearer ? value.substring(7).strip() : value;
    return token.isEmpty() ? null : token;
  }
}
