package io.parley.face.edge;

import io.parley.base.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The proxies in front of this server (`server.trusted_proxies`), whose word
/// on who calls is taken.
/// What anybody else says of that is ignored.
public record Proxies(List<Cidr> blocks) {
  public static final Proxies NONE = new Proxies(List.of());

  boolean trusts(String address) {
    return Cidr.anyContains(blocks, address);
  }

  /// Who is behind `peer`: the last address of `X-Forwarded-For` that is no proxy of ours, because
  /// all before it may have been made up by whoever it is. What is no address ends the search.
  ///
  /// @param forwarded the header's values, in their order
  String behind(String peer, List<String> forwarded) {
    String known = peer;
    for (int i = forwarded.size() - 1; i >= 0; i--) {
      String[] hops = forwarded.get(i).split(",", -1);
      for (int j = hops.length - 1; j >= 0; j--) {
        if (!trusts(known)) {
          return known;
        }
        String hop = address(hops[j].strip());
        if (hop == null) {
          return known;
        }
        known = hop;
      }
    }
    return known;
  }

  /// Some proxies add the port.
  private static @Nullable String address(String hop) {
    String bare = hop;
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      bare = end < 0 ? "" : hop.substring(1, end);
    } else if (hop.indexOf(':') >= 0 && hop.indexOf(':') == hop.lastIndexOf(':')) {
      bare = hop.substring(0, hop.indexOf(':'));
    }
    return Cidr.canonical(bare);
  }
}
