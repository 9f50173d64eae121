package io.parley.face.rpc;

import static io.parley.face.rpc.UserRpc.method;
import static io.parley.face.rpc.UserRpc.pager;

import io.parley.api.group.CreateGroupRequest;
import io.parley.api.group.CreateGroupResponse;
import io.parley.api.group.DeleteGroupRequest;
import io.parley.api.group.DeleteGroupResponse;
import io.parley.api.group.GetGroupRequest;
import io.parley.api.group.GetGroupResponse;
import io.parley.api.group.GetGroupUserRequest;
import io.parley.api.group.GetGroupUserResponse;
import io.parley.api.group.GroupServiceGrpc;
import io.parley.api.group.JoinGroupRequest;
import io.parley.api.group.JoinGroupResponse;
import io.parley.api.group.QueryGroupRequest;
import io.parley.api.group.QueryGroupResponse;
import io.parley.api.group.QuitGroupRequest;
import io.parley.api.group.QuitGroupResponse;
import io.parley.api.group.UpdateGroupRequest;
import io.parley.api.group.UpdateGroupResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.base.Slice;
import io.parley.group.GroupMember;
import io.parley.group.GroupView;
import io.parley.group.Groups;
import io.parley.group.Roster;
import java.util.List;

/// The methods of `group.GroupService`.
final class GroupRpc {
  private final Groups groups;
  private final Roster roster;
  private final Limits limits;

  GroupRpc(Groups groups, Roster roster, Limits limits) {
    this.groups = groups;
    this.roster = roster;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(GroupServiceGrpc.getCreateGroupMethod(), false, this::create),
        method(GroupServiceGrpc.getUpdateGroupMethod(), false, this::update),
        method(GroupServiceGrpc.getGetGroupMethod(), false, this::get),
        method(GroupServiceGrpc.getQueryGroupMethod(), false, this::query),
        method(GroupServiceGrpc.getDeleteGroupMethod(), false, this::delete),
        method(GroupServiceGrpc.getJoinGroupMethod(), false, this::join),
        method(GroupServiceGrpc.getQuitGroupMethod(), false, this::quit),
        method(GroupServiceGrpc.getGetGroupUserMethod(), false, this::users));
  }

  private CreateGroupResponse create(Caller caller, CreateGroupRequest request) {
    GroupView group =
        groups.create(caller, request.getName(), request.getIntroduction(), request.getAvatarUrl());
    return CreateGroupResponse.newBuilder().setGroup(GroupWire.group(group)).build();
  }

  private UpdateGroupResponse update(Caller caller, UpdateGroupRequest request) {
    groups.update(
        caller,
        GroupWire.id("id", request.getId()),
        new Groups.Update(request.getName(), request.getIntroduction(), request.getAvatarUrl()));
    return UpdateGroupResponse.getDefaultInstance();
  }

  private GetGroupResponse get(Caller caller, GetGroupRequest request) {
    GroupView group = groups.get(caller, GroupWire.id("id", request.getId()));
    return GetGroupResponse.newBuilder().setGroup(GroupWire.group(group)).build();
  }

  private QueryGroupResponse query(Caller caller, QueryGroupRequest request) {
    if (!request.getCursor().isEmpty()) {
      return goOn(caller, request);
    }
    Page<GroupView> page =
        groups.search(
            caller,
            request.getKeyword(),
            Page.Request.of(request.getPage(), request.getPageSize(), limits.pageSizeMax()));
    return QueryGroupResponse.newBuilder()
        .setPager(pager(page))
        .addAllGroup(page.rows().stream().map(GroupWire::group).toList())
        .build();
  }

  /// A search by cursor, which begins with the word `start` and comes to all groups in the end.
  private QueryGroupResponse goOn(Caller caller, QueryGroupRequest request) {
    String cursor = request.getCursor().equals("start") ? "" : request.getCursor();
    Slice.Request part = Slice.Request.of(cursor, request.getPageSize(), limits.pageSizeMax());
    Slice<io.parley.api.group.Group> found =
        Room.fit(
            groups.search(caller, request.getKeyword(), part).map(GroupWire::group),
            caller,
            limits);
    return QueryGroupResponse.newBuilder()
        .addAllGroup(found.rows())
        .setNextCursor(found.next())
        .build();
  }

  private DeleteGroupResponse delete(Caller caller, DeleteGroupRequest request) {
    groups.delete(caller, GroupWire.id("id", request.getId()));
    return DeleteGroupResponse.getDefaultInstance();
  }

  private JoinGroupResponse join(Caller caller, JoinGroupRequest request) {
    boolean member =
        roster.join(
            caller,
            GroupWire.id("id", request.getId()),
            orSelf(caller, request.getUserId()),
            request.getNote());
    return JoinGroupResponse.newBuilder().setMember(member).build();
  }

  private QuitGroupResponse quit(Caller caller, QuitGroupRequest request) {
    roster.quit(caller, GroupWire.id("id", request.getId()), orSelf(caller, request.getUserId()));
    return QuitGroupResponse.getDefaultInstance();
  }

  private GetGroupUserResponse users(Caller caller, GetGroupUserRequest request) {
    Page<GroupMember> page =
        roster.list(
            caller,
            GroupWire.id("id", request.getId()),
            Page.Request.of(
                request.getPage(),
                request.getPageSize(),
                request.getCursor(),
                limits.pageSizeMax()));
    return GetGroupUserResponse.newBuilder()
        .setPager(pager(page))
        .setNextCursor(page.next())
        .addAllUser(page.rows().stream().map(row -> UserRpc.UserWire.user(row.account())).toList())
        .build();
  }

  private static AccountId orSelf(Caller caller, long id) {
    AccountId self = caller.requireAccount();
    return id == 0 ? self : MessageWire.accountId("user_id", id);
  }
}
