package io.parley.face.rpc;

import static io.parley.face.rpc.AdminRpc.method;

import io.parley.account.AccountSearch;
import io.parley.admin.AccountViews;
import io.parley.api.admin.Account;
import io.parley.api.admin.AdminServiceGrpc;
import io.parley.api.admin.DisableAccountRequest;
import io.parley.api.admin.DisableAccountResponse;
import io.parley.api.admin.EnableAccountRequest;
import io.parley.api.admin.EnableAccountResponse;
import io.parley.api.admin.EndSessionsRequest;
import io.parley.api.admin.EndSessionsResponse;
import io.parley.api.admin.GetAccountRequest;
import io.parley.api.admin.GetAccountResponse;
import io.parley.api.admin.RemoveTotpRequest;
import io.parley.api.admin.RemoveTotpResponse;
import io.parley.api.admin.ResetPasswordRequest;
import io.parley.api.admin.ResetPasswordResponse;
import io.parley.api.admin.SearchAccountsRequest;
import io.parley.api.admin.SearchAccountsResponse;
import io.parley.api.admin.SetRightsRequest;
import io.parley.api.admin.SetRightsResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Limits;
import io.parley.base.SessionId;
import io.parley.base.Slice;
import io.parley.session.LoginInterventions;
import java.util.List;

/// Of `admin.AdminService`: accounts and who may log in.
final class AdminAccountsRpc {
  private final AccountSearch search;
  private final AccountViews views;
  private final LoginInterventions logins;
  private final Limits limits;

  AdminAccountsRpc(
      AccountSearch search, AccountViews views, LoginInterventions logins, Limits limits) {
    this.search = search;
    this.views = views;
    this.logins = logins;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(AdminServiceGrpc.getSearchAccountsMethod(), this::search),
        method(AdminServiceGrpc.getGetAccountMethod(), this::get),
        method(AdminServiceGrpc.getDisableAccountMethod(), this::disable),
        method(AdminServiceGrpc.getEnableAccountMethod(), this::enable),
        method(AdminServiceGrpc.getEndSessionsMethod(), this::endSessions),
        method(AdminServiceGrpc.getResetPasswordMethod(), this::resetPassword),
        method(AdminServiceGrpc.getRemoveTotpMethod(), this::removeTotp),
        method(AdminServiceGrpc.getSetRightsMethod(), this::setRights));
  }

  private SearchAccountsResponse search(Caller caller, SearchAccountsRequest request) {
    AccountSearch.Filter filter =
        new AccountSearch.Filter(request.getKeyword(), request.getDisabled(), request.getAdmin());
    Slice.Request part =
        Slice.Request.of(request.getCursor(), request.getNum(), limits.pageSizeMax());
    Slice<Account> found =
        Room.fit(search.list(caller, filter, part).map(AdminWire::account), caller, limits);
    return SearchAccountsResponse.newBuilder()
        .addAllAccount(found.rows())
        .setNextCursor(found.next())
        .build();
  }

  private GetAccountResponse get(Caller caller, GetAccountRequest request) {
    AccountViews.View view = views.require(id(request.getId()));
    return GetAccountResponse.newBuilder()
        .setAccount(AdminWire.account(view.profile()))
        .addAllSession(
            view.sessions().stream().map(each -> SessionRpc.session(each, caller)).toList())
        .setPasswordExpired(view.profile().account().passwordExpired())
        .setTotp(view.profile().account().secondFactor())
        .setSockets(view.sockets())
        .setGroups(view.groups())
        .setUploadBytes(view.uploadBytes())
        .setUploadBytesMax(limits.uploadQuotaBytesMax())
        .build();
  }

  private DisableAccountResponse disable(Caller caller, DisableAccountRequest request) {
    logins.setDisabled(caller, id(request.getId()), true, request.getReason());
    return DisableAccountResponse.getDefaultInstance();
  }

  private EnableAccountResponse enable(Caller caller, EnableAccountRequest request) {
    logins.setDisabled(caller, id(request.getId()), false, request.getReason());
    return EnableAccountResponse.getDefaultInstance();
  }

  private EndSessionsResponse endSessions(Caller caller, EndSessionsRequest request) {
    SessionId session = request.getSessionId() == 0 ? null : new SessionId(request.getSessionId());
    int ended = logins.endSessions(caller, id(request.getId()), session);
    return EndSessionsResponse.newBuilder().setEnded(ended).build();
  }

  private ResetPasswordResponse resetPassword(Caller caller, ResetPasswordRequest request) {
    String password = logins.resetPassword(caller, id(request.getId()), request.getReason());
    return ResetPasswordResponse.newBuilder().setPassword(password).build();
  }

  private RemoveTotpResponse removeTotp(Caller caller, RemoveTotpRequest request) {
    logins.removeSecondFactor(caller, id(request.getId()), request.getReason());
    return RemoveTotpResponse.getDefaultInstance();
  }

  private SetRightsResponse setRights(Caller caller, SetRightsRequest request) {
    logins.setRights(caller, id(request.getId()), AdminWire.rights(request.getRightsList()));
    return SetRightsResponse.getDefaultInstance();
  }

  private static AccountId id(long id) {
    return MessageWire.accountId("id", id);
  }
}
