package io.parley.session;

import io.parley.base.Caller;
import io.parley.base.Cidr;
import io.parley.base.Right;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Programs that the operator trusts: by a token of their own, or by the address they call from.
/// They are callers with rights and without an account.
///
/// @param services `security.service_tokens`
/// @param peers `security.trusted_peers`; one address may be in several
public record Trust(List<Service> services, List<Peer> peers) {
  public static final Trust NOBODY = new Trust(List.of(), List.of());

  /// @param tokenHash of the token, which is kept nowhere; made by [#of]
  public record Service(String name, String tokenHash, Set<Right> rights) {
    public static Service of(String name, String token, Set<Right> rights) {
      return new Service(name, Tokens.hash(token), rights);
    }
  }

  public record Peer(Cidr block, Set<Right> rights) {}

  /// Null if no service has that token. Looks at all of them, in constant time.
  @Nullable Caller service(String tokenHash, Caller anonymous) {
    byte[] shown = tokenHash.getBytes(StandardCharsets.US_ASCII);
    Service found = null;
    for (Service service : services) {
      if (MessageDigest.isEqual(shown, service.tokenHash().getBytes(StandardCharsets.US_ASCII))) {
        found = service;
      }
    }
    return found == null ? null : anonymous.as("token " + found.name(), found.rights());
  }

  /// Null if the caller's address is not trusted.
  @Nullable Caller peer(Caller anonymous) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (Peer peer : peers) {
      if (peer.block().contains(anonymous.address())) {
        rights.addAll(peer.rights());
      }
    }
    return rights.isEmpty() ? null : anonymous.as("address " + anonymous.address(), rights);
  }
}
