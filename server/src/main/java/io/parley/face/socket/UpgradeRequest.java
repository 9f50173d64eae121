package io.parley.face.socket;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.edge.Cookies;
import io.parley.face.edge.Peers;
import io.parley.face.rpc.Callers;
import io.parley.realtime.SocketEndpoint;
import io.parley.realtime.Upgrade;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// An upgrade request that was found well-formed.
///
/// @param key of `Sec-WebSocket-Key`, as it came
record UpgradeRequest(Upgrade upgrade, SocketEndpoint endpoint, String key) {
  private static final String COOKIE = "sessionid";
  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;
  private static final int USER_AGENT_CHARS_MAX = 200;
  private static final int QUERY_PARAMETERS_MAX = 16;
  private static final int TOKEN_CHARS_MAX = 2048;

  /// Fails with NO_SUCH_METHOD, FAILED_PRECONDITION (no upgrade, or of another version), FORBIDDEN
  /// (a foreign Origin), MALFORMED.
  static UpgradeRequest parse(HttpRequest head, SocketEngine engine, Channel channel) {
    QueryStringDecoder uri = query(head);
    SocketEndpoint endpoint = engine.endpoint(uri.path());
    if (endpoint == null) {
      throw Fault.of(FaultCode.NO_SUCH_METHOD, "no such path");
    }
    HttpHeaders headers = head.headers();
    if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
      throw Fault.of(FaultCode.FAILED_PRECONDITION, "this is a WebSocket: send Upgrade: websocket");
    }
    if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      throw Fault.of(FaultCode.FAILED_PRECONDITION, "Sec-WebSocket-Version must be 13");
    }
    String key = key(headers);
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    if (origin != null && !engine.allows(origin)) {
      throw Fault.of(FaultCode.FORBIDDEN, "Origin: pages of this origin may not open a socket");
    }
    Upgrade upgrade =
        new Upgrade(
            uri.path(),
            uri.parameters(),
            bearer(headers),
            Cookies.find(headers.getAll(HttpHeaderNames.COOKIE), COOKIE),
            Peers.address(channel, headers.getAll("x-forwarded-for")),
            userAgent(headers));
    return new UpgradeRequest(upgrade, endpoint, key);
  }

  private static QueryStringDecoder query(HttpRequest head) {
    try {
      QueryStringDecoder uri =
          QueryStringDecoder.builder().maxParams(QUERY_PARAMETERS_MAX).build(head.uri());
      uri.parameters();
      return uri;
    } catch (IllegalArgumentException e) {
      throw Fault.of(FaultCode.MALFORMED, "the query is not URL-encoded");
    }
  }

  private static String key(HttpHeaders headers) {
    String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "").strip();
    try {
      if (Base64.getDecoder().decode(key).length == KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw Fault.of(FaultCode.MALFORMED, "Sec-WebSocket-Key must be 16 bytes in Base64");
  }

  private static @Nullable String bearer(HttpHeaders headers) {
    String value = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (value == null) {
      return null;
    }
    String token = Callers.token(value);
    if (token == null || token.length() > TOKEN_CHARS_MAX) {
      throw Fault.of(FaultCode.NOT_LOGGED_IN, "Authorization: no token");
    }
    return token;
  }

  private static String userAgent(HttpHeaders headers) {
    String agent = headers.get(HttpHeaderNames.USER_AGENT, "");
    return agent.length() <= USER_AGENT_CHARS_MAX
        ? agent
        : agent.substring(0, USER_AGENT_CHARS_MAX);
  }

  @Override
  public String toString() {
    return upgrade.toString();
  }
}
