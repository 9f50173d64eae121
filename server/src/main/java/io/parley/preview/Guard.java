package io.parley.preview;

import io.parley.base.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/// Which addresses this server may connect to because a stranger's link says so: those of the
/// public internet, and nothing that could be a machine beside it.
///
/// Of IPv6 only what is given out to the public (2000::/3) passes, so every other form is refused
/// without being known: loopback, link-local, unique local, multicast, mapped and compatible IPv4,
/// NAT64. Within it the forms that carry an IPv4 address (6to4, Teredo) are refused too.
final class Guard {
  private static final List<Cidr> NOT_PUBLIC_4 =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  private static final List<Cidr> PUBLIC_6 = blocks("2000::/3");

  private static final List<Cidr> NOT_PUBLIC_6 =
      blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private Guard() {}

  private static List<Cidr> blocks(String... texts) {
    return List.of(texts).stream().map(Cidr::parse).toList();
  }

  static boolean isPublic(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet4Address
        ? !Cidr.anyContains(NOT_PUBLIC_4, text)
        : Cidr.anyContains(PUBLIC_6, text) && !Cidr.anyContains(NOT_PUBLIC_6, text);
  }
}
