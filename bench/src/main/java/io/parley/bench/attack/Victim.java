package io.parley.bench.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is attacked, and what the attackers have.
///
/// @param server where it listens
/// @param from the address that attackers call from, null for whatever the system gives
/// @param names login names of others
/// @param tokens of accounts of the attackers' own, at least one
/// @param key makes new names different from those of other runs
public record Victim(
    URI server, @Nullable InetAddress from, List<String> names, List<String> tokens, String key) {

  /// Attacks on a server of this machine come from another loopback address than the good callers,
  /// where the system has one.
  public static Victim of(URI server, List<String> names, List<String> tokens, String key) {
    return new Victim(server, elsewhere(server), names, tokens, key);
  }

  String token(long number) {
    return tokens.get((int) (number % tokens.size()));
  }

  String name(long number) {
    return names.get((int) (number % names.size()));
  }

  private static @Nullable InetAddress elsewhere(URI server) {
    try {
      if (!InetAddress.getByName(server.getHost()).isLoopbackAddress()) {
        return null;
      }
      InetAddress other = InetAddress.getByName("127.0.0.2");
      try (ServerSocket probe = new ServerSocket(0, 1, other)) {
        return probe.getInetAddress();
      }
    } catch (IOException e) {
      return null;
    }
  }
}
