package io.parley.face.rpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.parley.account.Account;
import io.parley.account.AccountSearch;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Code;
import io.parley.account.Gender;
import io.parley.api.common.Pager;
import io.parley.api.user.UpdateAvatarRequest;
import io.parley.api.user.UpdateAvatarResponse;
import io.parley.api.user.UpdatePasswordRequest;
import io.parley.api.user.UpdatePasswordResponse;
import io.parley.api.user.UserCreateRequest;
import io.parley.api.user.UserCreateResponse;
import io.parley.api.user.UserGetRequest;
import io.parley.api.user.UserGetResponse;
import io.parley.api.user.UserLoginRequest;
import io.parley.api.user.UserLoginResponse;
import io.parley.api.user.UserQueryRequest;
import io.parley.api.user.UserQueryResponse;
import io.parley.api.user.UserServiceGrpc;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.invite.Invites;
import io.parley.session.OwnPassword;
import io.parley.session.Sessions;
import java.util.List;
import java.util.Map;

/// The methods of `user.UserService`. The nickname given at creation is the login name.
final class UserRpc {
  private final Accounts accounts;
  private final Invites invites;
  private final AccountSearch found;
  private final Sessions sessions;
  private final OwnPassword ownPassword;
  private final Limits limits;

  UserRpc(
      Accounts accounts,
      Invites invites,
      AccountSearch found,
      Sessions sessions,
      OwnPassword ownPassword,
      Limits limits) {
    this.ownPassword = ownPassword;
    this.found = found;
    this.accounts = accounts;
    this.invites = invites;
    this.sessions = sessions;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(UserServiceGrpc.getCreateUserMethod(), true, this::create),
        method(UserServiceGrpc.getUserLoginMethod(), true, this::login),
        method(UserServiceGrpc.getGetUserMethod(), false, this::get),
        method(UserServiceGrpc.getQueryUserMethod(), false, this::query),
        method(UserServiceGrpc.getUpdatePasswordMethod(), false, this::updatePassword),
        method(UserServiceGrpc.getUpdateAvatarMethod(), false, this::updateAvatar));
  }

  static <Q extends Message, R extends Message> RpcMethod<Q, R> method(
      MethodDescriptor<Q, R> descriptor, boolean open, RpcMethod.Blocking<Q, R> handler) {
    return new RpcMethod<>(descriptor, open, handler);
  }

  private UserCreateResponse create(Caller caller, UserCreateRequest request) {
    requireRepeated(request.getPassword(), request.getPasswordRpt());
    Account account =
        invites.register(
            caller,
            new Accounts.Registration(
                Map.of(AliasKind.NICKNAME, request.getNickname()),
                request.getNickname(),
                UserWire.gender(request.getGender()),
                request.getAvatarUrl(),
                request.getPassword()),
            request.getInvite());
    return UserCreateResponse.newBuilder().setUser(UserWire.user(account)).build();
  }

  private UserLoginResponse login(Caller caller, UserLoginRequest request) {
    Sessions.Opened opened =
        sessions.login(
            request.getNickname(), request.getPassword(), Code.of(request.getTotpCode()), caller);
    UserLoginResponse.Builder response = UserLoginResponse.newBuilder().setToken(opened.token());
    if (opened.account().passwordExpired()) {
      response.setPasswordExpired(true); // Others get what the contract's document shows.
    }
    return response.build();
  }

  private UserGetResponse get(Caller caller, UserGetRequest request) {
    Account account = accounts.require(MessageWire.accountId("id", request.getId()));
    return UserGetResponse.newBuilder().setUser(UserWire.user(account)).build();
  }

  private UserQueryResponse query(Caller caller, UserQueryRequest request) {
    Page<Account> page =
        found.named(
            caller,
            request.getKeyword(),
            Page.Request.of(request.getPage(), request.getPageSize(), limits.pageSizeMax()));
    return UserQueryResponse.newBuilder()
        .setPager(pager(page))
        .addAllUser(page.rows().stream().map(UserWire::user).toList())
        .build();
  }

  private UpdatePasswordResponse updatePassword(Caller caller, UpdatePasswordRequest request) {
    requireRepeated(request.getPassword(), request.getPasswordRpt());
    boolean shown = ownPassword.change(caller, request.getCurrentPassword(), request.getPassword());
    return UpdatePasswordResponse.newBuilder().setWithoutCurrent(!shown).build();
  }

  private UpdateAvatarResponse updateAvatar(Caller caller, UpdateAvatarRequest request) {
    accounts.setAvatar(caller.requireAccount(), request.getUrl());
    return UpdateAvatarResponse.getDefaultInstance();
  }

  static Pager pager(Page<?> page) {
    return Pager.newBuilder()
        .setPage(page.page())
        .setPageZie(page.pageSize())
        .setTotalRows(page.totalRows())
        .setTotalPages(page.totalPages())
        .build();
  }

  private static void requireRepeated(String password, String repeated) {
    if (!password.equals(repeated)) {
      throw Fault.invalid("password_rpt", "differs from password");
    }
  }

  /// Accounts between the wire and the domain.
  static final class UserWire {
    private UserWire() {}

    static io.parley.api.user.User user(Account account) {
      var user =
          io.parley.api.user.User.newBuilder()
              .setId(account.id().value())
              .setNickname(account.nickname())
              .setGenderValue(account.gender().code())
              .setAvatarUrl(account.avatarUrl())
              .setExtra(account.extra())
              .setCreatedAt(Times.timestamp(account.createdAt()))
              .setUpdatedAt(Times.timestamp(account.updatedAt()))
              .setHandle(account.handle());
      return account.version() == 0 ? user.build() : user.setVersion(account.version()).build();
    }

    static Gender gender(io.parley.api.common.Gender gender) {
      return switch (gender) {
        case Unknown -> Gender.UNKNOWN;
        case Male -> Gender.MALE;
        case Female -> Gender.FEMALE;
        case UNRECOGNIZED -> throw Fault.invalid("gender", "must be 0, 1 or 2");
      };
    }
  }
}
