package io.parley.face.rpc;

import static io.parley.face.rpc.MessageWire.accountId;
import static io.parley.face.rpc.UserRpc.method;
import static io.parley.face.rpc.UserRpc.pager;

import io.parley.account.Account;
import io.parley.api.social.AcceptFriendRequest;
import io.parley.api.social.AcceptFriendResponse;
import io.parley.api.social.BlockRequest;
import io.parley.api.social.BlockResponse;
import io.parley.api.social.FollowRequest;
import io.parley.api.social.FollowResponse;
import io.parley.api.social.FollowServiceGrpc;
import io.parley.api.social.Friend;
import io.parley.api.social.FriendPolicy;
import io.parley.api.social.FriendRequest;
import io.parley.api.social.FriendServiceGrpc;
import io.parley.api.social.GetPrivacyRequest;
import io.parley.api.social.GetPrivacyResponse;
import io.parley.api.social.GetRelationRequest;
import io.parley.api.social.GetRelationResponse;
import io.parley.api.social.GroupPolicy;
import io.parley.api.social.ListBlockedRequest;
import io.parley.api.social.ListBlockedResponse;
import io.parley.api.social.ListFollowersRequest;
import io.parley.api.social.ListFollowersResponse;
import io.parley.api.social.ListFollowingRequest;
import io.parley.api.social.ListFollowingResponse;
import io.parley.api.social.ListFriendsRequest;
import io.parley.api.social.ListFriendsResponse;
import io.parley.api.social.ListRequestsRequest;
import io.parley.api.social.ListRequestsResponse;
import io.parley.api.social.MessagePolicy;
import io.parley.api.social.PresencePolicy;
import io.parley.api.social.RefuseFriendRequest;
import io.parley.api.social.RefuseFriendResponse;
import io.parley.api.social.Relation;
import io.parley.api.social.RemoveFriendRequest;
import io.parley.api.social.RemoveFriendResponse;
import io.parley.api.social.RequestFriendRequest;
import io.parley.api.social.RequestFriendResponse;
import io.parley.api.social.SetPrivacyRequest;
import io.parley.api.social.SetPrivacyResponse;
import io.parley.api.social.SetRemarkRequest;
import io.parley.api.social.SetRemarkResponse;
import io.parley.api.social.UnblockRequest;
import io.parley.api.social.UnblockResponse;
import io.parley.api.social.UnfollowRequest;
import io.parley.api.social.UnfollowResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.face.rpc.UserRpc.UserWire;
import io.parley.social.Follows;
import io.parley.social.Friends;
import io.parley.social.Privacy;
import java.util.List;

/// The methods of `social.FriendService` and `social.FollowService`.
final class SocialRpc {
  private final Friends friends;
  private final Follows follows;
  private final Limits limits;

  SocialRpc(Friends friends, Follows follows, Limits limits) {
    this.friends = friends;
    this.follows = follows;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(FriendServiceGrpc.getRequestFriendMethod(), false, this::request),
        method(FriendServiceGrpc.getAcceptFriendMethod(), false, this::accept),
        method(FriendServiceGrpc.getRefuseFriendMethod(), false, this::refuse),
        method(FriendServiceGrpc.getRemoveFriendMethod(), false, this::remove),
        method(FriendServiceGrpc.getSetRemarkMethod(), false, this::setRemark),
        method(FriendServiceGrpc.getListFriendsMethod(), false, this::list),
        method(FriendServiceGrpc.getListRequestsMethod(), false, this::requests),
        method(FriendServiceGrpc.getBlockMethod(), false, this::block),
        method(FriendServiceGrpc.getUnblockMethod(), false, this::unblock),
        method(FriendServiceGrpc.getListBlockedMethod(), false, this::blocked),
        method(FriendServiceGrpc.getGetRelationMethod(), false, this::relation),
        method(FriendServiceGrpc.getGetPrivacyMethod(), false, this::privacy),
        method(FriendServiceGrpc.getSetPrivacyMethod(), false, this::setPrivacy),
        method(FollowServiceGrpc.getFollowMethod(), false, this::follow),
        method(FollowServiceGrpc.getUnfollowMethod(), false, this::unfollow),
        method(FollowServiceGrpc.getListFollowersMethod(), false, this::followers),
        method(FollowServiceGrpc.getListFollowingMethod(), false, this::following));
  }

  private RequestFriendResponse request(Caller caller, RequestFriendRequest request) {
    boolean now = friends.request(caller, peer(request.getUserId()), request.getNote());
    return RequestFriendResponse.newBuilder().setFriend(now).build();
  }

  private AcceptFriendResponse accept(Caller caller, AcceptFriendRequest request) {
    friends.accept(caller, peer(request.getUserId()));
    return AcceptFriendResponse.getDefaultInstance();
  }

  private RefuseFriendResponse refuse(Caller caller, RefuseFriendRequest request) {
    friends.refuse(caller, peer(request.getUserId()));
    return RefuseFriendResponse.getDefaultInstance();
  }

  private RemoveFriendResponse remove(Caller caller, RemoveFriendRequest request) {
    friends.remove(caller, peer(request.getUserId()));
    return RemoveFriendResponse.getDefaultInstance();
  }

  private SetRemarkResponse setRemark(Caller caller, SetRemarkRequest request) {
    friends.setRemark(caller, peer(request.getUserId()), request.getRemark());
    return SetRemarkResponse.getDefaultInstance();
  }

  private ListFriendsResponse list(Caller caller, ListFriendsRequest request) {
    Page<io.parley.social.Friend> page =
        friends.list(
            caller,
            request.getKeyword(),
            page(request.getPage(), request.getPageSize(), request.getCursor()));
    ListFriendsResponse.Builder answer =
        ListFriendsResponse.newBuilder().setPager(pager(page)).setNextCursor(page.next());
    for (io.parley.social.Friend friend : page.rows()) {
      answer.addFriend(
          Friend.newBuilder()
              .setUser(UserWire.user(friend.account()))
              .setRemark(friend.remark())
              .setCreatedAt(Times.timestamp(friend.since())));
    }
    return answer.build();
  }

  private ListRequestsResponse requests(Caller caller, ListRequestsRequest request) {
    Page<io.parley.social.FriendRequest> page =
        friends.requests(
            caller,
            !request.getOutgoing(),
            page(request.getPage(), request.getPageSize(), request.getCursor()));
    ListRequestsResponse.Builder answer =
        ListRequestsResponse.newBuilder().setPager(pager(page)).setNextCursor(page.next());
    for (io.parley.social.FriendRequest each : page.rows()) {
      answer.addRequest(
          FriendRequest.newBuilder()
              .setUser(UserWire.user(each.account()))
              .setNote(each.note())
              .setCreatedAt(Times.timestamp(each.at())));
    }
    return answer.build();
  }

  private BlockResponse block(Caller caller, BlockRequest request) {
    friends.block(caller, peer(request.getUserId()));
    return BlockResponse.getDefaultInstance();
  }

  private UnblockResponse unblock(Caller caller, UnblockRequest request) {
    friends.unblock(caller, peer(request.getUserId()));
    return UnblockResponse.getDefaultInstance();
  }

  private ListBlockedResponse blocked(Caller caller, ListBlockedRequest request) {
    Page<Account> page =
        friends.blocked(
            caller, page(request.getPage(), request.getPageSize(), request.getCursor()));
    return ListBlockedResponse.newBuilder()
        .setPager(pager(page))
        .setNextCursor(page.next())
        .addAllUser(page.rows().stream().map(UserWire::user).toList())
        .build();
  }

  private GetRelationResponse relation(Caller caller, GetRelationRequest request) {
    var relation = friends.relation(caller, peer(request.getUserId()));
    return GetRelationResponse.newBuilder()
        .setRelation(
            Relation.newBuilder()
                .setFriend(relation.friend())
                .setRemark(relation.remark())
                .setRequested(relation.requested())
                .setAsked(relation.asked())
                .setFollowing(relation.following())
                .setFollowed(relation.followed())
                .setBlocking(relation.blocking()))
        .build();
  }

  private GetPrivacyResponse privacy(Caller caller, GetPrivacyRequest request) {
    Privacy privacy = friends.privacy(caller.requireAccount());
    return GetPrivacyResponse.newBuilder()
        .setPrivacy(
            io.parley.api.social.Privacy.newBuilder()
                .setFriendPolicy(
                    switch (privacy.friends()) {
                      case OPEN -> FriendPolicy.FRIEND_OPEN;
                      case APPROVAL -> FriendPolicy.FRIEND_APPROVAL;
                      case CLOSED -> FriendPolicy.FRIEND_CLOSED;
                    })
                .setPresencePolicy(
                    switch (privacy.presence()) {
                      case EVERYBODY -> PresencePolicy.PRESENCE_EVERYBODY;
                      case FRIENDS -> PresencePolicy.PRESENCE_FRIENDS;
                      case NOBODY -> PresencePolicy.PRESENCE_NOBODY;
                    })
                .setGroupPolicy(
                    switch (privacy.groups()) {
                      case EVERYBODY -> GroupPolicy.GROUP_EVERYBODY;
                      case FRIENDS -> GroupPolicy.GROUP_FRIENDS;
                      case NOBODY -> GroupPolicy.GROUP_NOBODY;
                    })
                .setMessagePolicy(
                    switch (privacy.messages()) {
                      case EVERYBODY -> MessagePolicy.MESSAGE_EVERYBODY;
                      case FRIENDS -> MessagePolicy.MESSAGE_FRIENDS;
                    }))
        .build();
  }

  private SetPrivacyResponse setPrivacy(Caller caller, SetPrivacyRequest request) {
    Privacy.FriendPolicy friend =
        switch (request.getPrivacy().getFriendPolicy()) {
          case FRIEND_OPEN -> Privacy.FriendPolicy.OPEN;
          case FRIEND_APPROVAL -> Privacy.FriendPolicy.APPROVAL;
          case FRIEND_CLOSED -> Privacy.FriendPolicy.CLOSED;
          case UNRECOGNIZED -> throw Fault.invalid("privacy.friend_policy", "no such policy");
        };
    Privacy.PresencePolicy presence =
        switch (request.getPrivacy().getPresencePolicy()) {
          case PRESENCE_EVERYBODY -> Privacy.PresencePolicy.EVERYBODY;
          case PRESENCE_FRIENDS -> Privacy.PresencePolicy.FRIENDS;
          case PRESENCE_NOBODY -> Privacy.PresencePolicy.NOBODY;
          case UNRECOGNIZED -> throw Fault.invalid("privacy.presence_policy", "no such policy");
        };
    Privacy.GroupPolicy groups =
        switch (request.getPrivacy().getGroupPolicy()) {
          case GROUP_EVERYBODY -> Privacy.GroupPolicy.EVERYBODY;
          case GROUP_FRIENDS -> Privacy.GroupPolicy.FRIENDS;
          case GROUP_NOBODY -> Privacy.GroupPolicy.NOBODY;
          case UNRECOGNIZED -> throw Fault.invalid("privacy.group_policy", "no such policy");
        };
    Privacy.MessagePolicy messages =
        switch (request.getPrivacy().getMessagePolicy()) {
          case MESSAGE_EVERYBODY -> Privacy.MessagePolicy.EVERYBODY;
          case MESSAGE_FRIENDS -> Privacy.MessagePolicy.FRIENDS;
          case UNRECOGNIZED -> throw Fault.invalid("privacy.message_policy", "no such policy");
        };
    var set = request.getPrivacy();
    friends.setPrivacy(
        caller,
        old ->
            new Privacy(
                set.hasFriendPolicy() ? friend : old.friends(),
                set.hasPresencePolicy() ? presence : old.presence(),
                set.hasGroupPolicy() ? groups : old.groups(),
                set.hasMessagePolicy() ? messages : old.messages()));
    return SetPrivacyResponse.getDefaultInstance();
  }

  private FollowResponse follow(Caller caller, FollowRequest request) {
    follows.follow(caller, peer(request.getUserId()));
    return FollowResponse.getDefaultInstance();
  }

  private UnfollowResponse unfollow(Caller caller, UnfollowRequest request) {
    follows.unfollow(caller, peer(request.getUserId()));
    return UnfollowResponse.getDefaultInstance();
  }

  private ListFollowersResponse followers(Caller caller, ListFollowersRequest request) {
    Page<Account> page =
        follows.followers(
            orSelf(caller, request.getUserId()),
            page(request.getPage(), request.getPageSize(), request.getCursor()));
    return ListFollowersResponse.newBuilder()
        .setPager(pager(page))
        .setNextCursor(page.next())
        .addAllUser(page.rows().stream().map(UserWire::user).toList())
        .build();
  }

  private ListFollowingResponse following(Caller caller, ListFollowingRequest request) {
    Page<Account> page =
        follows.following(
            orSelf(caller, request.getUserId()),
            page(request.getPage(), request.getPageSize(), request.getCursor()));
    return ListFollowingResponse.newBuilder()
        .setPager(pager(page))
        .setNextCursor(page.next())
        .addAllUser(page.rows().stream().map(UserWire::user).toList())
        .build();
  }

  private Page.Request page(long page, long size, String cursor) {
    return Page.Request.of(page, size, cursor, limits.pageSizeMax());
  }

  private static AccountId peer(long id) {
    return accountId("user_id", id);
  }

  private static AccountId orSelf(Caller caller, long id) {
    AccountId self = caller.requireAccount();
    return id == 0 ? self : peer(id);
  }
}
