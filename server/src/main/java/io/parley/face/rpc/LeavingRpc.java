package io.parley.face.rpc;

import io.parley.api.leaving.DeleteAccountRequest;
import io.parley.api.leaving.DeleteAccountResponse;
import io.parley.api.leaving.LeavingServiceGrpc;
import io.parley.base.Caller;
import io.parley.leaving.Leaving;
import java.util.List;

/// The method of `leaving.LeavingService`. It concerns the caller's own account only.
final class LeavingRpc {
  private final Leaving leaving;

  LeavingRpc(Leaving leaving) {
    this.leaving = leaving;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(LeavingServiceGrpc.getDeleteAccountMethod(), false, this::delete));
  }

  private DeleteAccountResponse delete(Caller caller, DeleteAccountRequest request) {
    leaving.leave(caller, request.getPassword(), request.getTotpCode());
    return DeleteAccountResponse.getDefaultInstance();
  }
}
