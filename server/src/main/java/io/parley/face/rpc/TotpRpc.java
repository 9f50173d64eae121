package io.parley.face.rpc;

import io.parley.account.SecondFactors;
import io.parley.api.totp.BeginTotpRequest;
import io.parley.api.totp.BeginTotpResponse;
import io.parley.api.totp.ConfirmTotpRequest;
import io.parley.api.totp.ConfirmTotpResponse;
import io.parley.api.totp.DisableTotpRequest;
import io.parley.api.totp.DisableTotpResponse;
import io.parley.api.totp.RegenerateRecoveryCodesRequest;
import io.parley.api.totp.RegenerateRecoveryCodesResponse;
import io.parley.api.totp.TotpServiceGrpc;
import io.parley.api.totp.TotpStatusRequest;
import io.parley.api.totp.TotpStatusResponse;
import io.parley.base.Caller;
import io.parley.session.OwnSecondFactor;
import java.util.List;

/// The methods of `totp.TotpService`. They concern the caller's own account only.
final class TotpRpc {
  private final OwnSecondFactor own;

  TotpRpc(OwnSecondFactor own) {
    this.own = own;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(TotpServiceGrpc.getTotpStatusMethod(), false, this::status),
        UserRpc.method(TotpServiceGrpc.getBeginTotpMethod(), false, this::begin),
        UserRpc.method(TotpServiceGrpc.getConfirmTotpMethod(), false, this::confirm),
        UserRpc.method(TotpServiceGrpc.getDisableTotpMethod(), false, this::disable),
        UserRpc.method(TotpServiceGrpc.getRegenerateRecoveryCodesMethod(), false, this::renew));
  }

  private TotpStatusResponse status(Caller caller, TotpStatusRequest request) {
    SecondFactors.Status status = own.status(caller);
    return TotpStatusResponse.newBuilder()
        .setOn(status.on())
        .setRecoveryCodesLeft((int) status.codesLeft())
        .build();
  }

  private BeginTotpResponse begin(Caller caller, BeginTotpRequest request) {
    SecondFactors.Begun begun = own.begin(caller);
    return BeginTotpResponse.newBuilder()
        .setSecret(begun.secret())
        .setOtpauthUri(begun.uri())
        .build();
  }

  private ConfirmTotpResponse confirm(Caller caller, ConfirmTotpRequest request) {
    return ConfirmTotpResponse.newBuilder()
        .addAllRecoveryCode(own.turnOn(caller, request.getCode()))
        .build();
  }

  private DisableTotpResponse disable(Caller caller, DisableTotpRequest request) {
    own.turnOff(caller, request.getTotpCode());
    return DisableTotpResponse.getDefaultInstance();
  }

  private RegenerateRecoveryCodesResponse renew(
      Caller caller, RegenerateRecoveryCodesRequest request) {
    return RegenerateRecoveryCodesResponse.newBuilder()
        .addAllRecoveryCode(own.renewCodes(caller))
        .build();
  }
}
