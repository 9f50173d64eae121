package io.parley.account;

import io.parley.base.Caller;
import io.parley.base.Right;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// Where logins and registrations come from, as far as tries are counted by it.
///
/// @param key an IPv4 address; of IPv6 the /64 that one household or server has; or a program
public record Source(String key) {
  private static final int IPV6_COUNTED = 8;

  /// It says nothing of who tries: a trusted program passes on the tries of many.
  public static final Source UNTOLD = new Source("");

  /// Whoever owns the machine: no rule for strangers holds.
  public static final Source OPERATOR = new Source("operator");

  /// The caller's address, unless it is a trusted program that logs in other people.
  public static Source of(Caller caller) {
    return caller.program().isEmpty() && !caller.has(Right.GATEWAY)
        ? ofAddress(caller.address())
        : UNTOLD;
  }

  /// A partner's app, whatever address it calls from.
  public static Source app(String id) {
    return new Source("app " + id);
  }

  /// `address`: an IP address as text; anything else is counted as it is.
  public static Source ofAddress(String address) {
    int zone = address.indexOf('%');
    String bare = zone < 0 ? address : address.substring(0, zone);
    if (isCanonical(bare)) {
      return new Source(bare);
    }
    try {
      InetAddress ip = InetAddress.ofLiteral(bare);
      if (ip instanceof Inet6Address) {
        return new Source(HexFormat.of().formatHex(ip.getAddress(), 0, IPV6_COUNTED) + "/64");
      }
      return new Source(ip.getHostAddress());
    } catch (IllegalArgumentException e) {
      return new Source(bare);
    }
  }

  /// Whether it is an IPv4 address as every one is written here, or at least no other address of
  /// the same host: digits and dots, no number beginning with a 0 that could be left out.
  private static boolean isCanonical(String text) {
    char before = '.';
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char at = text.charAt(i);
      boolean digit = at >= '0' && at <= '9';
      if ((!digit && at != '.') || (at == '.' && before == '.')) {
        return false;
      }
      boolean nought = at == '0' && before == '.';
      if (nought && i + 1 < text.length() && text.charAt(i + 1) != '.') {
        return false;
      }
      dots += digit ? 0 : 1;
      before = at;
    }
    return dots == 3 && before != '.';
  }

  boolean told() {
    return !key.isEmpty();
  }
}
