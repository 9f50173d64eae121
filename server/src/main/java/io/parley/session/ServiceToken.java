package io.parley.session;

import io.parley.base.Right;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A program that the operator trusts, by a token of its own; never the token.
///
/// @param id 0 for one of the configuration
/// @param createdBy the account that made it; 0 for the command line and the configuration
/// @param createdAt epoch milliseconds; 0 for one of the configuration
/// @param lastUsedAt epoch milliseconds, up to ten minutes old; null for never
/// @param revokedAt epoch milliseconds; null while it is good
public record ServiceToken(
    long id,
    String name,
    Set<Right> rights,
    long createdBy,
    long createdAt,
    @Nullable Long lastUsedAt,
    @Nullable Long revokedAt) {

  ServiceToken usedAt(long at) {
    return new ServiceToken(id, name, rights, createdBy, createdAt, at, revokedAt);
  }

  /// Whether it stands in the configuration, where alone it can be changed.
  public boolean configured() {
    return id == 0;
  }
}
