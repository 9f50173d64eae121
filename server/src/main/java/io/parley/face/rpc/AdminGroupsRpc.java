package io.parley.face.rpc;

import static io.parley.face.rpc.AdminRpc.method;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.api.admin.AdminServiceGrpc;
import io.parley.api.admin.DissolveGroupRequest;
import io.parley.api.admin.DissolveGroupResponse;
import io.parley.api.admin.GetGroupRequest;
import io.parley.api.admin.GetGroupResponse;
import io.parley.api.admin.GroupMember;
import io.parley.api.admin.ListAccountGroupsRequest;
import io.parley.api.admin.ListAccountGroupsResponse;
import io.parley.api.admin.ListGroupMembersRequest;
import io.parley.api.admin.ListGroupMembersResponse;
import io.parley.api.admin.MuteMemberRequest;
import io.parley.api.admin.MuteMemberResponse;
import io.parley.api.admin.RemoveMemberRequest;
import io.parley.api.admin.RemoveMemberResponse;
import io.parley.api.admin.SearchGroupsRequest;
import io.parley.api.admin.SearchGroupsResponse;
import io.parley.base.Caller;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.base.Slice;
import io.parley.group.GroupInterventions;
import io.parley.group.GroupView;
import java.util.List;

/// Of `admin.AdminService`: groups.
final class AdminGroupsRpc {
  private final GroupInterventions groups;
  private final Accounts accounts;
  private final Limits limits;

  AdminGroupsRpc(GroupInterventions groups, Accounts accounts, Limits limits) {
    this.groups = groups;
    this.accounts = accounts;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(AdminServiceGrpc.getSearchGroupsMethod(), this::search),
        method(AdminServiceGrpc.getGetGroupMethod(), this::get),
        method(AdminServiceGrpc.getListGroupMembersMethod(), this::members),
        method(AdminServiceGrpc.getDissolveGroupMethod(), this::dissolve),
        method(AdminServiceGrpc.getRemoveMemberMethod(), this::remove),
        method(AdminServiceGrpc.getMuteMemberMethod(), this::mute),
        method(AdminServiceGrpc.getListAccountGroupsMethod(), this::of));
  }

  private SearchGroupsResponse search(Caller caller, SearchGroupsRequest request) {
    Slice.Request part =
        Slice.Request.of(request.getCursor(), request.getNum(), limits.pageSizeMax());
    // Names and introductions are long enough that a hundred of them may fill a frame.
    Slice<io.parley.api.group.Group> found =
        Room.fit(
            groups.list(caller, request.getKeyword(), part).map(GroupWire::group), caller, limits);
    return SearchGroupsResponse.newBuilder()
        .addAllGroup(found.rows())
        .setNextCursor(found.next())
        .build();
  }

  private GetGroupResponse get(Caller caller, GetGroupRequest request) {
    GroupView view = groups.require(GroupWire.id("id", request.getId()));
    GetGroupResponse.Builder response =
        GetGroupResponse.newBuilder().setGroup(GroupWire.group(view));
    Account owner = accounts.findPresent(view.group().owner());
    if (owner != null) {
      response.setOwner(UserRpc.UserWire.user(owner));
    }
    return response.build();
  }

  private ListGroupMembersResponse members(Caller caller, ListGroupMembersRequest request) {
    Page<io.parley.group.GroupMember> page =
        groups.members(
            GroupWire.id("group_id", request.getGroupId()),
            Page.Request.of(request.getPage(), request.getPageSize(), limits.pageSizeMax()));
    return ListGroupMembersResponse.newBuilder()
        .setPager(UserRpc.pager(page))
        .addAllMember(
            page.rows().stream()
                .map(
                    row ->
                        GroupMember.newBuilder()
                            .setUser(UserRpc.UserWire.user(row.account()))
                            .setRole(GroupWire.role(row.member().role()))
                            .setJoinedAt(Times.timestamp(row.member().joinedAt()))
                            .build())
                .toList())
        .build();
  }

  private DissolveGroupResponse dissolve(Caller caller, DissolveGroupRequest request) {
    groups.dissolve(caller, GroupWire.id("id", request.getId()), request.getReason());
    return DissolveGroupResponse.getDefaultInstance();
  }

  private RemoveMemberResponse remove(Caller caller, RemoveMemberRequest request) {
    groups.remove(
        caller,
        GroupWire.id("group_id", request.getGroupId()),
        MessageWire.accountId("user_id", request.getUserId()),
        request.getReason());
    return RemoveMemberResponse.getDefaultInstance();
  }

  private MuteMemberResponse mute(Caller caller, MuteMemberRequest request) {
    groups.mute(
        caller,
        GroupWire.id("group_id", request.getGroupId()),
        MessageWire.accountId("user_id", request.getUserId()),
        request.getSeconds(),
        request.getReason());
    return MuteMemberResponse.getDefaultInstance();
  }

  private ListAccountGroupsResponse of(Caller caller, ListAccountGroupsRequest request) {
    Page<GroupView> page =
        groups.of(
            MessageWire.accountId("id", request.getId()),
            Page.Request.of(request.getPage(), request.getPageSize(), limits.pageSizeMax()));
    return ListAccountGroupsResponse.newBuilder()
        .setPager(UserRpc.pager(page))
        .addAllGroup(page.rows().stream().map(GroupWire::group).toList())
        .build();
  }
}
