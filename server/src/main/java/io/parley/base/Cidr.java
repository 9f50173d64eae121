package io.parley.base;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A block of IP addresses, such as `10.0.0.0/8` or `2001:db8::/32`. A bare address is a block of
/// one. Bits after the prefix are ignored. Names are never looked up.
///
/// @param network any address of the block
/// @param prefix how many leading bits count
public record Cidr(InetAddress network, int prefix) {

  /// @throws IllegalArgumentException if `text` is no block; the message quotes it
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    InetAddress network = literal(slash < 0 ? text : text.substring(0, slash));
    if (network == null) {
      throw new IllegalArgumentException("\"" + text + "\" is not an address block");
    }
    int bits = network.getAddress().length * 8;
    String count = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
    if (!count.matches("\\d{1,3}") || Integer.parseInt(count) > bits) {
      throw new IllegalArgumentException(
          "\"" + text + "\": the prefix must be a number from 0 to " + bits);
    }
    return new Cidr(network, Integer.parseInt(count));
  }

  /// Whether one of `blocks` has `address`.
  public static boolean anyContains(List<Cidr> blocks, String address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /// An address as every part of the program writes it; null for what is none.
  public static @Nullable String canonical(String text) {
    InetAddress known = literal(text);
    return known == null ? null : known.getHostAddress();
  }

  /// Whether `address`, as text, is in the block; false for what is no address. An IPv4 address
  /// that is mapped into IPv6 counts as IPv4; the zone of a link-local address is ignored.
  public boolean contains(String address) {
    InetAddress known = literal(address);
    if (known == null) {
      return false;
    }
    byte[] ours = network.getAddress();
    byte[] theirs = known.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += 8) {
      int mask = prefix - bit >= 8 ? 0xff : (0xff << (8 - (prefix - bit))) & 0xff;
      if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable InetAddress literal(String text) {
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    // The library also reads "10.1" as 10.0.0.1, which nobody means.
    if (plain.length() > 45
        || !(plain.contains(":") || plain.matches("\\d{1,3}(\\.\\d{1,3}){3}"))) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(plain);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
