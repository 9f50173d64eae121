package io.parley.face.rpc;

import io.parley.api.group.CreateGroupRequest;
import io.parley.api.group.CreateGroupResponse;
import io.parley.api.group.GetGroupRequest;
import io.parley.api.group.GetGroupResponse;
import io.parley.api.group.Group;
import io.parley.api.group.GroupServiceGrpc;
import io.parley.api.group.JoinGroupRequest;
import io.parley.api.group.JoinGroupResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.group.Groups;
import java.util.List;

/// The methods of `group.GroupService`.
public final class GroupRpc {
  private final Groups groups;

  public GroupRpc(Groups groups) {
    this.groups = groups;
  }

  public List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(GroupServiceGrpc.getCreateGroupMethod(), false, this::create),
        UserRpc.method(GroupServiceGrpc.getGetGroupMethod(), false, this::get),
        UserRpc.method(GroupServiceGrpc.getJoinGroupMethod(), false, this::join));
  }

  private CreateGroupResponse create(Caller caller, CreateGroupRequest request) {
    var group =
        groups.create(caller, request.getName(), request.getIntroduction(), request.getAvatarUrl());
    return CreateGroupResponse.newBuilder().setGroup(group(group)).build();
  }

  private GetGroupResponse get(Caller caller, GetGroupRequest request) {
    caller.requireAccount();
    var group = groups.require(new ConversationId(request.getId()));
    return GetGroupResponse.newBuilder().setGroup(group(group)).build();
  }

  private JoinGroupResponse join(Caller caller, JoinGroupRequest request) {
    AccountId account =
        request.getUserId() == 0
            ? caller.requireAccount()
            : MessageWire.accountId("user_id", request.getUserId());
    groups.join(caller, new ConversationId(request.getId()), account);
    return JoinGroupResponse.getDefaultInstance();
  }

  private static Group group(io.parley.group.Group group) {
    return Group.newBuilder()
        .setId(group.id().value())
        .setName(group.name())
        .setIntroduction(group.introduction())
        .setAvatarUrl(group.avatarUrl())
        .setExtra(group.extra())
        .setUserId(group.owner().value())
        .setCreatedAt(Times.timestamp(group.createdAt()))
        .setUpdatedAt(Times.timestamp(group.updatedAt()))
        .build();
  }
}
