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

  boolean told() {
    return !key.isEmpty();
  }
}
