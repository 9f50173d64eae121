package io.parley.face.rpc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every unary method of the native API by its full name.
public final class RpcTable {
  private final Map<String, RpcMethod<?, ?>> methods = new LinkedHashMap<>();

  public RpcTable(Collection<RpcMethod<?, ?>> methods) {
    for (RpcMethod<?, ?> method : methods) {
      if (this.methods.put(method.name(), method) != null) {
        throw new IllegalArgumentException("listed twice: " + method.name());
      }
    }
  }

  /// `name`: `package.Service/Method`. Null where there is none.
  public @Nullable RpcMethod<?, ?> find(String name) {
    return methods.get(name);
  }

  public Collection<RpcMethod<?, ?>> methods() {
    return methods.values();
  }
}
