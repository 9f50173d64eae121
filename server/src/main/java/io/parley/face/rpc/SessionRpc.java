package io.parley.face.rpc;

import io.parley.api.session.ConfirmPasswordRequest;
import io.parley.api.session.ConfirmPasswordResponse;
import io.parley.api.session.EndSessionRequest;
import io.parley.api.session.EndSessionResponse;
import io.parley.api.session.ListSessionsRequest;
import io.parley.api.session.ListSessionsResponse;
import io.parley.api.session.LogoutRequest;
import io.parley.api.session.LogoutResponse;
import io.parley.api.session.Session;
import io.parley.api.session.SessionServiceGrpc;
import io.parley.base.Caller;
import io.parley.base.SessionId;
import io.parley.session.Confirming;
import io.parley.session.Sessions;
import java.util.List;

/// The methods of `session.SessionService`.
final class SessionRpc {
  private final Sessions sessions;
  private final Confirming confirming;

  SessionRpc(Sessions sessions, Confirming confirming) {
    this.confirming = confirming;
    this.sessions = sessions;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(SessionServiceGrpc.getListSessionsMethod(), false, this::list),
        UserRpc.method(SessionServiceGrpc.getConfirmPasswordMethod(), false, this::confirm),
        UserRpc.method(SessionServiceGrpc.getEndSessionMethod(), false, this::end),
        UserRpc.method(SessionServiceGrpc.getLogoutMethod(), false, this::logout));
  }

  private ListSessionsResponse list(Caller caller, ListSessionsRequest request) {
    ListSessionsResponse.Builder response = ListSessionsResponse.newBuilder();
    for (var session : sessions.list(caller.requireAccount())) {
      response.addSession(session(session, caller));
    }
    return response.build();
  }

  static Session session(io.parley.session.Session session, Caller caller) {
    return Session.newBuilder()
        .setId(session.id().value())
        .setContract(session.contract())
        .setDevice(session.device())
        .setCreatedAt(Times.timestamp(session.createdAt()))
        .setExpiresAt(Times.timestamp(session.expiresAt()))
        .setUsedAt(Times.timestamp(session.lastUse().at()))
        .setAddress(session.lastUse().address())
        .setCurrent(session.id().equals(caller.sessionId()))
        .build();
  }

  private ConfirmPasswordResponse confirm(Caller caller, ConfirmPasswordRequest request) {
    long until = confirming.confirm(caller, request.getPassword(), request.getTotpCode());
    return ConfirmPasswordResponse.newBuilder().setFreshUntil(Times.timestamp(until)).build();
  }

  private EndSessionResponse end(Caller caller, EndSessionRequest request) {
    sessions.end(caller.requireAccount(), new SessionId(request.getId()));
    return EndSessionResponse.getDefaultInstance();
  }

  private LogoutResponse logout(Caller caller, LogoutRequest request) {
    sessions.end(caller.requireAccount(), caller.requireSession());
    return LogoutResponse.getDefaultInstance();
  }
}
