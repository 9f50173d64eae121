package io.parley.face.rpc;

import static io.parley.face.rpc.AdminRpc.method;

import io.parley.api.admin.AddAppRequest;
import io.parley.api.admin.AddAppResponse;
import io.parley.api.admin.AdminServiceGrpc;
import io.parley.api.admin.CreateTokenRequest;
import io.parley.api.admin.CreateTokenResponse;
import io.parley.api.admin.ListAppsRequest;
import io.parley.api.admin.ListAppsResponse;
import io.parley.api.admin.ListTokensRequest;
import io.parley.api.admin.ListTokensResponse;
import io.parley.api.admin.RemoveAppRequest;
import io.parley.api.admin.RemoveAppResponse;
import io.parley.api.admin.RevokeTokenRequest;
import io.parley.api.admin.RevokeTokenResponse;
import io.parley.api.admin.SetAppEnabledRequest;
import io.parley.api.admin.SetAppEnabledResponse;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.partner.Apps;
import io.parley.partner.PartnerApp;
import io.parley.session.ServiceTokens;
import java.util.List;

/// Of `admin.AdminService`: programs that may call, which are partner apps and service tokens.
final class AdminProgramsRpc {
  private final Apps apps;
  private final ServiceTokens tokens;

  AdminProgramsRpc(Apps apps, ServiceTokens tokens) {
    this.apps = apps;
    this.tokens = tokens;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(AdminServiceGrpc.getListAppsMethod(), this::apps),
        method(AdminServiceGrpc.getAddAppMethod(), this::addApp),
        method(AdminServiceGrpc.getSetAppEnabledMethod(), this::setAppEnabled),
        method(AdminServiceGrpc.getRemoveAppMethod(), this::removeApp),
        method(AdminServiceGrpc.getListTokensMethod(), this::tokens),
        method(AdminServiceGrpc.getCreateTokenMethod(), this::createToken),
        method(AdminServiceGrpc.getRevokeTokenMethod(), this::revokeToken));
  }

  private ListAppsResponse apps(Caller caller, ListAppsRequest request) {
    return ListAppsResponse.newBuilder()
        .addAllApp(apps.list().stream().map(AdminWire::app).toList())
        .build();
  }

  private AddAppResponse addApp(Caller caller, AddAppRequest request) {
    boolean random = request.getSecurityCode().isEmpty() && !request.getUnsigned();
    String code = random ? apps.freshCode() : request.getSecurityCode();
    apps.add(
        caller,
        new PartnerApp(
            request.getId(),
            code,
            request.getPasswordSalt().isEmpty()
                ? PartnerApp.SALT_DEFAULT
                : request.getPasswordSalt(),
            request.getServicesCount() == 0 ? List.of("*") : request.getServicesList(),
            PartnerApp.blocks("allow_ips", request.getAllowIpsList()),
            PartnerApp.blocks("deny_ips", request.getDenyIpsList()),
            request.getUnsigned()));
    return AddAppResponse.newBuilder().setSecurityCode(code).build();
  }

  private SetAppEnabledResponse setAppEnabled(Caller caller, SetAppEnabledRequest request) {
    apps.setEnabled(caller, request.getId(), request.getEnabled());
    return SetAppEnabledResponse.getDefaultInstance();
  }

  private RemoveAppResponse removeApp(Caller caller, RemoveAppRequest request) {
    apps.remove(caller, request.getId());
    return RemoveAppResponse.getDefaultInstance();
  }

  private ListTokensResponse tokens(Caller caller, ListTokensRequest request) {
    return ListTokensResponse.newBuilder()
        .addAllToken(tokens.list().stream().map(AdminWire::token).toList())
        .build();
  }

  private CreateTokenResponse createToken(Caller caller, CreateTokenRequest request) {
    ServiceTokens.Created created =
        tokens.create(caller, request.getName(), AdminWire.rights(request.getRightsList()));
    return CreateTokenResponse.newBuilder()
        .setToken(AdminWire.token(created.token()))
        .setSecret(created.secret())
        .build();
  }

  private RevokeTokenResponse revokeToken(Caller caller, RevokeTokenRequest request) {
    if (request.getId() <= 0) {
      throw Fault.invalid("id", "missing; tokens of the configuration are changed there");
    }
    tokens.revoke(caller, request.getId(), "");
    return RevokeTokenResponse.getDefaultInstance();
  }
}
