package io.parley.blob;

import java.time.Duration;

/// How S3 is spoken to.
///
/// @param accessKey,secretKey both empty: those that the environment gives, as Amazon's tools find
///     them
/// @param answer for which a connection, an answer, and then each next byte is waited for
/// @param store that one request which stores up to 8 MiB may take
/// @param tries of one request, the first counted
/// @param readsMax objects being read at once
/// @param linkLife of an address that [Blobs#link] makes; zero: none are made
public record S3Settings(
    S3Address address,
    String accessKey,
    String secretKey,
    Duration answer,
    Duration store,
    int tries,
    int readsMax,
    Duration linkLife) {
  /// Without the keys: it may end up in a log.
  @Override
  public String toString() {
    return "S3Settings[" + address + "]";
  }
}
