package io.parley.face.rpc;

import com.google.protobuf.Message;
import io.parley.session.Proof;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every unary method of the native API by its full name, each behind [Access].
public final class RpcTable {
  private static final Set<String> SERVE_EXPIRED =
      Set.of(
          "profile.ProfileService/GetProfile",
          "user.UserService/UpdatePassword",
          "session.SessionService/Logout");

  private final Map<String, RpcMethod<?, ?>> methods = new LinkedHashMap<>();

  /// `proof`: what is asked of callers at each call.
  public RpcTable(Collection<RpcMethod<?, ?>> methods, Proof proof) {
    for (RpcMethod<?, ?> method : methods) {
      if (this.methods.put(method.name(), Access.guarded(strict(method), proof)) != null) {
        throw new IllegalArgumentException("listed twice: " + method.name());
      }
    }
  }

  /// Whatever the transport, no method sees a text that no contract takes.
  private static <Q extends Message, R extends Message> RpcMethod<Q, R> strict(
      RpcMethod<Q, R> method) {
    RpcMethod.Handler<Q, R> handler =
        switch (method.handler()) {
          case RpcMethod.Blocking<Q, R> blocking ->
              (RpcMethod.Blocking<Q, R>)
                  (caller, request) -> {
                    Texts.require(request);
                    return blocking.call(caller, request);
                  };
          case RpcMethod.Direct<Q, R> direct ->
              (RpcMethod.Direct<Q, R>)
                  (caller, request, reply) -> {
                    Texts.require(request);
                    direct.call(caller, request, reply);
                  };
        };
    return new RpcMethod<>(method.descriptor(), method.open(), handler);
  }

  /// `name`: `package.Service/Method`. Null where there is none.
  public @Nullable RpcMethod<?, ?> find(String name) {
    return methods.get(name);
  }

  /// Whether a method is served to those as well who have to choose a password first: who they are,
  /// the new password, and the way out.
  public static boolean servesExpired(RpcMethod<?, ?> method) {
    return SERVE_EXPIRED.contains(method.name());
  }

  public Collection<RpcMethod<?, ?>> methods() {
    return methods.values();
  }
}
