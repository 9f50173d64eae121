package io.parley.face.rpc;

import static io.parley.face.rpc.UserRpc.method;
import static io.parley.face.rpc.UserRpc.pager;

import io.parley.api.group.MemberRole;
import io.parley.api.membership.AcceptGroupInvitationRequest;
import io.parley.api.membership.AcceptGroupInvitationResponse;
import io.parley.api.membership.AnnounceRequest;
import io.parley.api.membership.AnnounceResponse;
import io.parley.api.membership.AnswerJoinRequestRequest;
import io.parley.api.membership.AnswerJoinRequestResponse;
import io.parley.api.membership.DeclineGroupInvitationRequest;
import io.parley.api.membership.DeclineGroupInvitationResponse;
import io.parley.api.membership.GroupInvitation;
import io.parley.api.membership.Invited;
import io.parley.api.membership.JoinRequest;
import io.parley.api.membership.ListGroupInvitationsRequest;
import io.parley.api.membership.ListGroupInvitationsResponse;
import io.parley.api.membership.ListInvitedRequest;
import io.parley.api.membership.ListInvitedResponse;
import io.parley.api.membership.ListJoinRequestsRequest;
import io.parley.api.membership.ListJoinRequestsResponse;
import io.parley.api.membership.ListMembersRequest;
import io.parley.api.membership.ListMembersResponse;
import io.parley.api.membership.ListMyGroupsRequest;
import io.parley.api.membership.ListMyGroupsResponse;
import io.parley.api.membership.Member;
import io.parley.api.membership.MembershipServiceGrpc;
import io.parley.api.membership.MuteAllRequest;
import io.parley.api.membership.MuteAllResponse;
import io.parley.api.membership.MuteRequest;
import io.parley.api.membership.MuteResponse;
import io.parley.api.membership.SetJoinPolicyRequest;
import io.parley.api.membership.SetJoinPolicyResponse;
import io.parley.api.membership.SetRoleRequest;
import io.parley.api.membership.SetRoleResponse;
import io.parley.api.membership.TransferRequest;
import io.parley.api.membership.TransferResponse;
import io.parley.api.membership.WithdrawGroupInvitationRequest;
import io.parley.api.membership.WithdrawGroupInvitationResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.group.GroupMember;
import io.parley.group.GroupView;
import io.parley.group.Groups;
import io.parley.group.Invitation;
import io.parley.group.Invitations;
import io.parley.group.Roster;
import java.util.List;

/// The methods of `membership.MembershipService`.
final class MembershipRpc {
  private final Groups groups;
  private final Roster roster;
  private final Invitations invitations;
  private final Limits limits;

  MembershipRpc(Groups groups, Roster roster, Invitations invitations, Limits limits) {
    this.groups = groups;
    this.roster = roster;
    this.invitations = invitations;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(MembershipServiceGrpc.getListMyGroupsMethod(), false, this::mine),
        method(MembershipServiceGrpc.getListMembersMethod(), false, this::members),
        method(MembershipServiceGrpc.getSetRoleMethod(), false, this::setRole),
        method(MembershipServiceGrpc.getTransferMethod(), false, this::transfer),
        method(MembershipServiceGrpc.getMuteMethod(), false, this::mute),
        method(MembershipServiceGrpc.getMuteAllMethod(), false, this::muteAll),
        method(MembershipServiceGrpc.getAnnounceMethod(), false, this::announce),
        method(MembershipServiceGrpc.getSetJoinPolicyMethod(), false, this::setJoinPolicy),
        method(MembershipServiceGrpc.getListJoinRequestsMethod(), false, this::requests),
        method(MembershipServiceGrpc.getAnswerJoinRequestMethod(), false, this::answer),
        method(MembershipServiceGrpc.getListGroupInvitationsMethod(), false, this::invitations),
        method(MembershipServiceGrpc.getAcceptGroupInvitationMethod(), false, this::accept),
        method(MembershipServiceGrpc.getDeclineGroupInvitationMethod(), false, this::decline),
        method(MembershipServiceGrpc.getListInvitedMethod(), false, this::invited),
        method(MembershipServiceGrpc.getWithdrawGroupInvitationMethod(), false, this::withdraw));
  }

  private ListMyGroupsResponse mine(Caller caller, ListMyGroupsRequest request) {
    Page<GroupView> page =
        groups.mine(caller, page(request.getPage(), request.getPageSize(), request.getCursor()));
    return ListMyGroupsResponse.newBuilder()
        .setPager(pager(page))
        .setNextCursor(page.next())
        .addAllGroup(page.rows().stream().map(GroupWire::group).toList())
        .build();
  }

  private ListMembersResponse members(Caller caller, ListMembersRequest request) {
    Page<GroupMember> page =
        roster.list(
            caller,
            group(request.getGroupId()),
            page(request.getPage(), request.getPageSize(), request.getCursor()));
    ListMembersResponse.Builder answer =
        ListMembersResponse.newBuilder().setPager(pager(page)).setNextCursor(page.next());
    for (GroupMember row : page.rows()) {
      Member.Builder member =
          Member.newBuilder()
              .setUser(UserRpc.UserWire.user(row.account()))
              .setRole(GroupWire.role(row.member().role()))
              .setJoinedAt(Times.timestamp(row.member().joinedAt()));
      if (row.member().mutedUntil() != 0) {
        member.setMutedUntil(Times.timestamp(row.member().mutedUntil()));
      }
      answer.addMember(member);
    }
    return answer.build();
  }

  private SetRoleResponse setRole(Caller caller, SetRoleRequest request) {
    MemberRole role = request.getRole();
    if (role != MemberRole.ROLE_ADMIN && role != MemberRole.ROLE_MEMBER) {
      throw Fault.invalid("role", "must be ROLE_ADMIN or ROLE_MEMBER");
    }
    roster.setRole(
        caller,
        group(request.getGroupId()),
        user(request.getUserId()),
        role == MemberRole.ROLE_ADMIN);
    return SetRoleResponse.getDefaultInstance();
  }

  private TransferResponse transfer(Caller caller, TransferRequest request) {
    roster.transfer(caller, group(request.getGroupId()), user(request.getUserId()));
    return TransferResponse.getDefaultInstance();
  }

  private MuteResponse mute(Caller caller, MuteRequest request) {
    roster.mute(
        caller, group(request.getGroupId()), user(request.getUserId()), request.getSeconds());
    return MuteResponse.getDefaultInstance();
  }

  private MuteAllResponse muteAll(Caller caller, MuteAllRequest request) {
    roster.muteAll(caller, group(request.getGroupId()), request.getMuted());
    return MuteAllResponse.getDefaultInstance();
  }

  private AnnounceResponse announce(Caller caller, AnnounceRequest request) {
    groups.announce(caller, group(request.getGroupId()), request.getAnnouncement());
    return AnnounceResponse.getDefaultInstance();
  }

  private SetJoinPolicyResponse setJoinPolicy(Caller caller, SetJoinPolicyRequest request) {
    groups.setJoinPolicy(
        caller, group(request.getGroupId()), GroupWire.joinPolicy(request.getJoinPolicy()));
    return SetJoinPolicyResponse.getDefaultInstance();
  }

  private ListJoinRequestsResponse requests(Caller caller, ListJoinRequestsRequest request) {
    Page<io.parley.group.JoinRequest> page =
        roster.requests(
            caller,
            group(request.getGroupId()),
            page(request.getPage(), request.getPageSize(), request.getCursor()));
    ListJoinRequestsResponse.Builder answer =
        ListJoinRequestsResponse.newBuilder().setPager(pager(page)).setNextCursor(page.next());
    for (io.parley.group.JoinRequest row : page.rows()) {
      answer.addRequest(
          JoinRequest.newBuilder()
              .setUser(UserRpc.UserWire.user(row.account()))
              .setNote(row.note())
              .setCreatedAt(Times.timestamp(row.at())));
    }
    return answer.build();
  }

  private AnswerJoinRequestResponse answer(Caller caller, AnswerJoinRequestRequest request) {
    roster.answer(
        caller, group(request.getGroupId()), user(request.getUserId()), request.getAccept());
    return AnswerJoinRequestResponse.getDefaultInstance();
  }

  private ListGroupInvitationsResponse invitations(
      Caller caller, ListGroupInvitationsRequest request) {
    Page<Invitation> page =
        invitations.mine(
            caller, page(request.getPage(), request.getPageSize(), request.getCursor()));
    ListGroupInvitationsResponse.Builder answer =
        ListGroupInvitationsResponse.newBuilder().setPager(pager(page)).setNextCursor(page.next());
    for (Invitation row : page.rows()) {
      answer.addInvitation(
          GroupInvitation.newBuilder()
              .setGroup(GroupWire.group(row.group()))
              .setInviter(UserRpc.UserWire.user(row.inviter()))
              .setCreatedAt(Times.timestamp(row.at())));
    }
    return answer.build();
  }

  private AcceptGroupInvitationResponse accept(
      Caller caller, AcceptGroupInvitationRequest request) {
    invitations.accept(caller, group(request.getGroupId()));
    return AcceptGroupInvitationResponse.getDefaultInstance();
  }

  private DeclineGroupInvitationResponse decline(
      Caller caller, DeclineGroupInvitationRequest request) {
    invitations.decline(caller, group(request.getGroupId()));
    return DeclineGroupInvitationResponse.getDefaultInstance();
  }

  private ListInvitedResponse invited(Caller caller, ListInvitedRequest request) {
    Page<io.parley.group.Invited> page =
        invitations.into(
            caller,
            group(request.getGroupId()),
            page(request.getPage(), request.getPageSize(), request.getCursor()));
    ListInvitedResponse.Builder answer =
        ListInvitedResponse.newBuilder().setPager(pager(page)).setNextCursor(page.next());
    for (io.parley.group.Invited row : page.rows()) {
      answer.addInvited(
          Invited.newBuilder()
              .setUser(UserRpc.UserWire.user(row.account()))
              .setInviter(UserRpc.UserWire.user(row.inviter()))
              .setCreatedAt(Times.timestamp(row.at())));
    }
    return answer.build();
  }

  private WithdrawGroupInvitationResponse withdraw(
      Caller caller, WithdrawGroupInvitationRequest request) {
    invitations.withdraw(caller, group(request.getGroupId()), user(request.getUserId()));
    return WithdrawGroupInvitationResponse.getDefaultInstance();
  }

  private Page.Request page(long page, long size, String cursor) {
    return Page.Request.of(page, size, cursor, limits.pageSizeMax());
  }

  private static ConversationId group(long id) {
    return GroupWire.id("group_id", id);
  }

  private static AccountId user(long id) {
    return MessageWire.accountId("user_id", id);
  }
}
