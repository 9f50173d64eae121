package io.parley.face.edge;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.parley.base.Caller;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a request comes from: the one place that decides it for the throttle, address lists,
/// trusted peers and the audit log.
public final class Peers {
  private static final String FORWARDED = "x-forwarded-for";
  private static final int USER_AGENT_CHARS_MAX = 200;

  private Peers() {}

  /// A caller that has shown no token yet.
  public static Caller anonymous(ServiceRequestContext context) {
    RequestHeaders headers = context.request().headers();
    String agent = headers.get(HttpHeaderNames.USER_AGENT, "");
    return Caller.anonymous(
        address(context),
        agent.length() <= USER_AGENT_CHARS_MAX ? agent : agent.substring(0, USER_AGENT_CHARS_MAX));
  }

  /// The caller's IP address as text.
  public static String address(ServiceRequestContext context) {
    ConnectionGuard guard = guard(context);
    if (guard == null) {
      return Connections.text(context.remoteAddress());
    }
    return guard.connections().proxies().blocks().isEmpty()
        ? guard.address()
        : behind(guard, context.request().headers().getAll(FORWARDED));
  }

  /// The same for a connection that no HTTP server serves.
  ///
  /// @param forwarded the values of `X-Forwarded-For`
  public static String address(Channel channel, List<String> forwarded) {
    ConnectionGuard guard = channel.attr(ConnectionGuard.KEY).get();
    if (guard != null) {
      return behind(guard, forwarded);
    }
    return channel.remoteAddress() instanceof InetSocketAddress inet
        ? Connections.text(inet)
        : "unknown";
  }

  private static String behind(ConnectionGuard guard, List<String> forwarded) {
    return guard.connections().proxies().behind(guard.address(), forwarded);
  }

  static @Nullable ConnectionGuard guard(ServiceRequestContext context) {
    Channel channel = context.log().ensureAvailable(RequestLogProperty.SESSION).channel();
    return channel == null ? null : channel.attr(ConnectionGuard.KEY).get();
  }
}
