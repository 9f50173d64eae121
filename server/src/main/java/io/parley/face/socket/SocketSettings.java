package io.parley.face.socket;

import io.parley.base.Clock;
import io.parley.base.Limits;
import io.parley.base.Tally;
import java.util.Set;

/// What the live sockets are configured with.
///
/// @param origins the origins whose pages may open a socket: the public URL's and
///     `server.allowed_origins`, each as `scheme://host[:port]`. A client that sends no Origin is
///     not a page and is accepted.
/// @param tally counts the calls that come over native sockets
public record SocketSettings(Limits limits, Set<String> origins, Clock clock, Tally tally) {}
