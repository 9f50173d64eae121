package io.parley.face.rpc;

import static io.parley.face.rpc.UserRpc.method;
import static io.parley.face.rpc.UserRpc.pager;

import io.parley.account.Account;
import io.parley.api.invite.AcceptInviteRequest;
import io.parley.api.invite.AcceptInviteResponse;
import io.parley.api.invite.CreateInviteRequest;
import io.parley.api.invite.CreateInviteResponse;
import io.parley.api.invite.InviteKind;
import io.parley.api.invite.InviteServiceGrpc;
import io.parley.api.invite.InviteState;
import io.parley.api.invite.ListInvitesRequest;
import io.parley.api.invite.ListInvitesResponse;
import io.parley.api.invite.LookAtInviteRequest;
import io.parley.api.invite.LookAtInviteResponse;
import io.parley.api.invite.LookAtServerRequest;
import io.parley.api.invite.LookAtServerResponse;
import io.parley.api.invite.Registration;
import io.parley.api.invite.RevokeInviteRequest;
import io.parley.api.invite.RevokeInviteResponse;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.group.GroupView;
import io.parley.invite.Invite;
import io.parley.invite.Invites;
import java.util.List;

/// The methods of `invite.InviteService`.
final class InviteRpc {
  private final Invites invites;
  private final String publicUrl;
  private final Limits limits;

  /// `publicUrl`: how browsers reach the server, without a trailing slash.
  InviteRpc(Invites invites, String publicUrl, Limits limits) {
    this.invites = invites;
    this.publicUrl = publicUrl;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(InviteServiceGrpc.getCreateInviteMethod(), false, this::create),
        method(InviteServiceGrpc.getListInvitesMethod(), false, this::list),
        method(InviteServiceGrpc.getRevokeInviteMethod(), false, this::revoke),
        method(InviteServiceGrpc.getLookAtInviteMethod(), true, this::look),
        method(InviteServiceGrpc.getAcceptInviteMethod(), false, this::accept),
        method(InviteServiceGrpc.getLookAtServerMethod(), true, this::lookAtServer));
  }

  private CreateInviteResponse create(Caller caller, CreateInviteRequest request) {
    Invite.Kind kind =
        switch (request.getKind()) {
          case INVITE_GROUP -> Invite.Kind.GROUP;
          case INVITE_PERSON -> Invite.Kind.PERSON;
          case INVITE_SERVER -> Invite.Kind.SERVER;
          case INVITE_NONE, UNRECOGNIZED ->
              throw Fault.invalid("kind", "must be INVITE_GROUP, INVITE_PERSON or INVITE_SERVER");
        };
    boolean group = kind == Invite.Kind.GROUP;
    if (!group && request.getGroupId() != 0) {
      throw Fault.invalid("group_id", "only for INVITE_GROUP");
    }
    Invite made =
        invites.create(
            caller,
            new Invite.Wish(
                kind,
                group ? GroupWire.id("group_id", request.getGroupId()) : null,
                Integer.toUnsignedLong(request.getExpiresInS()),
                request.getNever(),
                request.getUsesMax()));
    return CreateInviteResponse.newBuilder().setInvite(wire(made)).build();
  }

  private ListInvitesResponse list(Caller caller, ListInvitesRequest request) {
    Page.Request part =
        Page.Request.of(
            request.getPage(), request.getPageSize(), request.getCursor(), limits.pageSizeMax());
    Page<Invite> page;
    if (request.getAll()) {
      page = invites.all(caller, part);
    } else if (request.getGroupId() != 0) {
      page = invites.into(caller, GroupWire.id("group_id", request.getGroupId()), part);
    } else {
      page = invites.mine(caller, part);
    }
    return ListInvitesResponse.newBuilder()
        .setPager(pager(page))
        .setNextCursor(page.next())
        .addAllInvite(page.rows().stream().map(this::wire).toList())
        .build();
  }

  private RevokeInviteResponse revoke(Caller caller, RevokeInviteRequest request) {
    invites.revoke(caller, request.getId());
    return RevokeInviteResponse.getDefaultInstance();
  }

  private LookAtInviteResponse look(Caller caller, LookAtInviteRequest request) {
    Invite.Sight sight = invites.look(caller, request.getToken());
    LookAtInviteResponse.Builder answer =
        LookAtInviteResponse.newBuilder()
            .setKind(kind(sight.kind()))
            .setState(state(sight.state()));
    Account maker = sight.maker();
    if (maker != null) {
      answer.setMakerName(maker.nickname()).setMakerAvatarUrl(maker.avatarUrl());
    }
    GroupView group = sight.group();
    if (group != null) {
      answer
          .setGroupName(group.group().name())
          .setGroupAvatarUrl(group.group().avatarUrl())
          .setMemberCount((int) group.members());
    }
    return answer.build();
  }

  private AcceptInviteResponse accept(Caller caller, AcceptInviteRequest request) {
    Invite.Arrival arrival = invites.accept(caller, request.getToken());
    ConversationId group = arrival.group();
    Account maker = arrival.maker();
    return AcceptInviteResponse.newBuilder()
        .setKind(kind(arrival.kind()))
        .setGroupId(group == null ? 0 : group.value())
        .setUserId(maker == null ? 0 : maker.id().value())
        .build();
  }

  private LookAtServerResponse lookAtServer(Caller caller, LookAtServerRequest request) {
    return LookAtServerResponse.newBuilder()
        .setRegistration(
            switch (invites.policy()) {
              case OPEN -> Registration.REGISTRATION_OPEN;
              case INVITE -> Registration.REGISTRATION_INVITE;
              case CLOSED -> Registration.REGISTRATION_CLOSED;
            })
        .setIsNew(invites.isEmptyServer())
        .build();
  }

  private io.parley.api.invite.Invite wire(Invite invite) {
    var wire =
        io.parley.api.invite.Invite.newBuilder()
            .setId(invite.id())
            .setToken(invite.token())
            .setKind(kind(invite.kind()))
            .setCreatedAt(Times.timestamp(invite.createdAt()))
            .setUses(invite.uses())
            .setUsesMax(invite.usesMax());
    if (!invite.token().isEmpty()) {
      wire.setLink(publicUrl + "/#invite:" + invite.token());
    }
    Account maker = invite.maker();
    if (maker != null) {
      wire.setMaker(UserRpc.UserWire.user(maker));
    }
    ConversationId group = invite.group();
    if (group != null) {
      wire.setGroupId(group.value());
    }
    if (invite.expiresAt() != 0) {
      wire.setExpiresAt(Times.timestamp(invite.expiresAt()));
    }
    return wire.build();
  }

  private static InviteKind kind(Invite.Kind kind) {
    return switch (kind) {
      case GROUP -> InviteKind.INVITE_GROUP;
      case PERSON -> InviteKind.INVITE_PERSON;
      case SERVER -> InviteKind.INVITE_SERVER;
    };
  }

  private static InviteState state(Invite.State state) {
    return switch (state) {
      case LIVE -> InviteState.INVITE_LIVE;
      case EXPIRED -> InviteState.INVITE_EXPIRED;
      case REVOKED -> InviteState.INVITE_REVOKED;
      case USED_UP -> InviteState.INVITE_USED_UP;
      case ENDED -> InviteState.INVITE_ENDED;
    };
  }
}
