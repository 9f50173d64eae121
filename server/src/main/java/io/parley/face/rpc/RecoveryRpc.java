package io.parley.face.rpc;

import io.parley.api.recovery.BeginRecoveryRequest;
import io.parley.api.recovery.BeginRecoveryResponse;
import io.parley.api.recovery.CompleteRecoveryRequest;
import io.parley.api.recovery.CompleteRecoveryResponse;
import io.parley.api.recovery.RecoveryServiceGrpc;
import io.parley.base.Caller;
import io.parley.session.Recovering;
import java.util.List;

/// The methods of `recovery.RecoveryService`, for those who cannot log in.
final class RecoveryRpc {
  private final Recovering recovering;

  RecoveryRpc(Recovering recovering) {
    this.recovering = recovering;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(RecoveryServiceGrpc.getBeginRecoveryMethod(), true, this::begin),
        UserRpc.method(RecoveryServiceGrpc.getCompleteRecoveryMethod(), true, this::complete));
  }

  private BeginRecoveryResponse begin(Caller caller, BeginRecoveryRequest request) {
    recovering.begin(caller, request.getName(), EmailRpc.language(request.getLanguage()));
    return BeginRecoveryResponse.getDefaultInstance();
  }

  private CompleteRecoveryResponse complete(Caller caller, CompleteRecoveryRequest request) {
    String name =
        recovering.complete(
            caller,
            request.getToken(),
            request.getPassword(),
            request.getTotpCode(),
            EmailRpc.language(request.getLanguage()));
    return CompleteRecoveryResponse.newBuilder().setName(name).build();
  }
}
