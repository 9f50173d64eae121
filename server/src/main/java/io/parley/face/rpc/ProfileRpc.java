package io.parley.face.rpc;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Editing;
import io.parley.api.profile.GetProfileRequest;
import io.parley.api.profile.GetProfileResponse;
import io.parley.api.profile.LoginNames;
import io.parley.api.profile.Profile;
import io.parley.api.profile.ProfileServiceGrpc;
import io.parley.api.profile.UpdateProfileRequest;
import io.parley.api.profile.UpdateProfileResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.face.rpc.UserRpc.UserWire;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The methods of `profile.ProfileService`. They concern the caller's own account only.
final class ProfileRpc {
  private final Accounts accounts;
  private final Editing editing;

  ProfileRpc(Accounts accounts, Editing editing) {
    this.accounts = accounts;
    this.editing = editing;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(ProfileServiceGrpc.getGetProfileMethod(), false, this::get),
        UserRpc.method(ProfileServiceGrpc.getUpdateProfileMethod(), false, this::update));
  }

  private GetProfileResponse get(Caller caller, GetProfileRequest request) {
    return GetProfileResponse.newBuilder().setProfile(profile(caller.requireAccount())).build();
  }

  private UpdateProfileResponse update(Caller caller, UpdateProfileRequest request) {
    AccountId account = caller.requireAccount();
    editing.edit(
        account,
        new Editing.Edit(
            request.hasNickname() ? request.getNickname() : null,
            request.hasGender() ? UserWire.gender(request.getGender()) : null,
            request.hasExtra() ? request.getExtra() : null));
    return UpdateProfileResponse.newBuilder().setProfile(profile(account)).build();
  }

  private Profile profile(AccountId id) {
    io.parley.account.Profile profile = accounts.requireProfile(id);
    Account account = profile.account();
    Map<AliasKind, String> names = profile.names();
    return Profile.newBuilder()
        .setId(id.value())
        .setNickname(account.nickname())
        .setGenderValue(account.gender().code())
        .setAvatarUrl(account.avatarUrl())
        .setExtra(account.extra())
        .setLoginNames(
            LoginNames.newBuilder()
                .setUsername(names.getOrDefault(AliasKind.USERNAME, ""))
                .setPhone(names.getOrDefault(AliasKind.PHONE, ""))
                .setEmail(names.getOrDefault(AliasKind.EMAIL, ""))
                .setNickname(names.getOrDefault(AliasKind.NICKNAME, "")))
        .addAllRight(
            account.rights().stream()
                .map(right -> right.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList())
        .setPasswordExpired(account.passwordExpired())
        .setCreatedAt(Times.timestamp(account.createdAt()))
        .setUpdatedAt(Times.timestamp(account.updatedAt()))
        .setHandle(account.handle())
        .build();
  }
}
