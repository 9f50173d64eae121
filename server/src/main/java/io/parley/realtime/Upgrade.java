package io.parley.realtime;

import io.parley.base.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An upgrade request whose Origin was found acceptable.
///
/// @param path without query
/// @param query decoded; tokens are never read from it
/// @param bearer the token of `Authorization`, without `Bearer `; null without that header
/// @param cookie the value of the cookie `sessionid`; null without one. A browser that is made to
///     send it by a foreign page always says the page's Origin, which was looked at before
/// @param address the peer's IP address as text
/// @param userAgent at most 200 characters
public record Upgrade(
    String path,
    Map<String, List<String>> query,
    @Nullable String bearer,
    @Nullable String cookie,
    String address,
    String userAgent) {

  /// Who asks, before a token was looked at.
  public Caller stranger() {
    return Caller.anonymous(address, userAgent);
  }

  /// The first value of a query parameter; empty if there is none.
  public String parameter(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  @Override
  public String toString() {
    return "upgrade of " + path + " from " + address;
  }
}
