package io.parley.bench.capacity;

/// What is to be carried, and on what.
///
/// @param connections that are open at once
/// @param sends a second
/// @param receivers connections that each message is pushed to
/// @param sessionHours after which a connection logs in again
/// @param pingSeconds between two heartbeats of a connection
/// @param keptDays that messages are kept
/// @param cores of a server
/// @param memoryBytes of a server
/// @param busy which part of a server's cores may be in use, 0 to 1
public record Wish(
    double connections,
    double sends,
    double receivers,
    double sessionHours,
    double pingSeconds,
    double keptDays,
    double cores,
    double memoryBytes,
    double busy) {
  private static final double SECONDS_PER_HOUR = 3600;

  double logins() {
    return connections / (sessionHours * SECONDS_PER_HOUR);
  }

  double pings() {
    return connections / pingSeconds;
  }

  Wish part(double parts) {
    return new Wish(
        connections / parts,
        sends / parts,
        receivers,
        sessionHours,
        pingSeconds,
        keptDays,
        cores,
        memoryBytes,
        busy);
  }
}
