package io.parley.face.rpc;

import io.parley.leaving.Leaving;
import io.parley.session.OwnEmail;
import io.parley.session.Recovering;
import java.util.List;
import java.util.stream.Stream;

/// The methods of the native API by which an account stays its owner's: its address, and
/// another password for who forgot it, its end.
public final class OwnerMethods {
  private final List<RpcMethod<?, ?>> all;

  public OwnerMethods(OwnEmail email, Recovering recovering, Leaving leaving) {
    all =
        Stream.of(
                new EmailRpc(email).methods(),
                new RecoveryRpc(recovering).methods(),
                new LeavingRpc(leaving).methods())
            .<RpcMethod<?, ?>>flatMap(List::stream)
            .toList();
  }

  public List<RpcMethod<?, ?>> all() {
    return all;
  }
}
