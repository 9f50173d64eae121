package io.parley.base;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/// What an account or a service token may do beyond an ordinary account.
public enum Right {
  /// The admin console and its calls.
  ADMIN,
  /// Hold other accounts' sockets (GatewayService).
  GATEWAY,
  /// Send mail.
  MAIL,
  /// Name any account in the entry contracts.
  ENTRY;

  /// As people write it: `admin`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Rights as people write them: `[admin, mail]`.
  public static String words(Collection<Right> rights) {
    return rights.stream().sorted().map(Right::word).collect(Collectors.joining(", ", "[", "]"));
  }

  /// The right that is written `name` in configuration and on the command line.
  ///
  /// @throws IllegalArgumentException naming the rights that there are
  public static Right of(String name) {
    for (Right right : values()) {
      if (right.name().equalsIgnoreCase(name)) {
        return right;
      }
    }
    throw new IllegalArgumentException(
        "no right is called \"" + name + "\"; there are admin, gateway, mail and entry");
  }
}
