package io.parley.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.parley.api.admin.AdminServiceGrpc;
import io.parley.api.admin.ListAuditRequest;
import io.parley.api.common.CommonResponse;
import io.parley.api.conversation.ConversationServiceGrpc;
import io.parley.api.feed.FeedServiceGrpc;
import io.parley.api.feedplus.CommentServiceGrpc;
import io.parley.api.feedplus.ModerationServiceGrpc;
import io.parley.api.group.CreateGroupRequest;
import io.parley.api.group.GetGroupRequest;
import io.parley.api.group.Group;
import io.parley.api.group.GroupServiceGrpc;
import io.parley.api.group.JoinGroupRequest;
import io.parley.api.group.MemberRole;
import io.parley.api.membership.MembershipServiceGrpc;
import io.parley.api.membership.SetRoleRequest;
import io.parley.api.membership.SetRoleResponse;
import io.parley.api.message.MessageServiceGrpc;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.SendGroupTextMessageResponse;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.message.SendUserTextMessageResponse;
import io.parley.api.message.TextMessage;
import io.parley.api.profile.ProfileServiceGrpc;
import io.parley.api.report.ReportServiceGrpc;
import io.parley.api.session.SessionServiceGrpc;
import io.parley.api.social.AcceptFriendRequest;
import io.parley.api.social.FollowServiceGrpc;
import io.parley.api.social.FriendServiceGrpc;
import io.parley.api.social.RequestFriendRequest;
import io.parley.api.user.UpdatePasswordRequest;
import io.parley.api.user.UpdatePasswordResponse;
import io.parley.api.user.UserCreateRequest;
import io.parley.api.user.UserLoginRequest;
import io.parley.api.user.UserServiceGrpc;
import java.util.concurrent.Callable;

/// Somebody with a gRPC channel and, unless anonymous, a token.
///
/// @param id the account's, 0 where it was not registered here
public record GrpcPerson(ManagedChannel channel, String token, long id) implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  public static GrpcPerson anonymous(TestServer server) {
    return withToken(server, "", 0);
  }

  public static GrpcPerson withToken(TestServer server, String token, long id) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    return new GrpcPerson(channel, token, id);
  }

  public static GrpcPerson register(TestServer server, String name) {
    return register(server, name, "secret1");
  }

  public static GrpcPerson register(TestServer server, String name, String password) {
    GrpcPerson nobody = anonymous(server);
    long id =
        nobody
            .users()
            .createUser(
                UserCreateRequest.newBuilder()
                    .setNickname(name)
                    .setPassword(password)
                    .setPasswordRpt(password)
                    .build())
            .getUser()
            .getId();
    return nobody.loggedIn(name, password, id);
  }

  public static GrpcPerson login(TestServer server, String name, String password) {
    return anonymous(server).loggedIn(name, password, 0);
  }

  private GrpcPerson loggedIn(String name, String password, long account) {
    String fresh =
        users()
            .userLogin(
                UserLoginRequest.newBuilder().setNickname(name).setPassword(password).build())
            .getToken();
    return new GrpcPerson(channel, fresh, account);
  }

  public UserServiceGrpc.UserServiceBlockingStub users() {
    return with(UserServiceGrpc.newBlockingStub(channel));
  }

  public ProfileServiceGrpc.ProfileServiceBlockingStub profiles() {
    return with(ProfileServiceGrpc.newBlockingStub(channel));
  }

  public MessageServiceGrpc.MessageServiceBlockingStub messages() {
    return with(MessageServiceGrpc.newBlockingStub(channel));
  }

  public ConversationServiceGrpc.ConversationServiceBlockingStub conversations() {
    return with(ConversationServiceGrpc.newBlockingStub(channel));
  }

  public GroupServiceGrpc.GroupServiceBlockingStub groups() {
    return with(GroupServiceGrpc.newBlockingStub(channel));
  }

  public MembershipServiceGrpc.MembershipServiceBlockingStub memberships() {
    return with(MembershipServiceGrpc.newBlockingStub(channel));
  }

  public SessionServiceGrpc.SessionServiceBlockingStub sessions() {
    return with(SessionServiceGrpc.newBlockingStub(channel));
  }

  public FriendServiceGrpc.FriendServiceBlockingStub friends() {
    return with(FriendServiceGrpc.newBlockingStub(channel));
  }

  public FollowServiceGrpc.FollowServiceBlockingStub follows() {
    return with(FollowServiceGrpc.newBlockingStub(channel));
  }

  public FeedServiceGrpc.FeedServiceBlockingStub feeds() {
    return with(FeedServiceGrpc.newBlockingStub(channel));
  }

  public CommentServiceGrpc.CommentServiceBlockingStub comments() {
    return with(CommentServiceGrpc.newBlockingStub(channel));
  }

  public ModerationServiceGrpc.ModerationServiceBlockingStub moderation() {
    return with(ModerationServiceGrpc.newBlockingStub(channel));
  }

  public AdminServiceGrpc.AdminServiceBlockingStub admin() {
    return with(AdminServiceGrpc.newBlockingStub(channel));
  }

  public ReportServiceGrpc.ReportServiceBlockingStub reports() {
    return with(ReportServiceGrpc.newBlockingStub(channel));
  }

  /// Asks `other` to be friends, who accepts.
  public void befriend(GrpcPerson other) {
    if (!friends()
        .requestFriend(RequestFriendRequest.newBuilder().setUserId(other.id).build())
        .getFriend()) {
      var unused =
          other.friends().acceptFriend(AcceptFriendRequest.newBuilder().setUserId(id).build());
    }
  }

  /// The new password of the own account. `current`: the one until now, or "" to leave it out.
  public UpdatePasswordResponse changePassword(String current, String password) {
    return users()
        .updatePassword(
            UpdatePasswordRequest.newBuilder()
                .setCurrentPassword(current)
                .setPassword(password)
                .setPasswordRpt(password)
                .build());
  }

  /// A new group of one's own; its id.
  public long createGroup(String name) {
    return groups()
        .createGroup(CreateGroupRequest.newBuilder().setName(name).build())
        .getGroup()
        .getId();
  }

  /// A group as this person sees it.
  public Group group(long id) {
    return groups().getGroup(GetGroupRequest.newBuilder().setId(id).build()).getGroup();
  }

  /// Whether that made a member; where the group wants to approve, it did not.
  public boolean joinGroup(long group) {
    return groups().joinGroup(JoinGroupRequest.newBuilder().setId(group).build()).getMember();
  }

  /// Gives a member of the group another role.
  public SetRoleResponse setRole(long group, GrpcPerson member, MemberRole role) {
    return memberships()
        .setRole(
            SetRoleRequest.newBuilder()
                .setGroupId(group)
                .setUserId(member.id())
                .setRole(role)
                .build());
  }

  public SendUserTextMessageResponse text(long to, String text, String clientMessageId) {
    return messages()
        .sendUserTextMessage(
            SendUserTextMessageRequest.newBuilder()
                .setToUserId(to)
                .setText(TextMessage.newBuilder().setContent(text))
                .setClientMessageId(clientMessageId)
                .build());
  }

  public SendGroupTextMessageResponse groupText(long group, String text) {
    return messages()
        .sendGroupTextMessage(
            SendGroupTextMessageRequest.newBuilder()
                .setToGroupId(group)
                .setText(TextMessage.newBuilder().setContent(text))
                .build());
  }

  /// `call` must fail with `code`; the answer is the `common.CommonResponse` that the failure
  /// carries.
  public static CommonResponse assertFails(Status.Code code, Callable<?> call) {
    StatusRuntimeException failure = assertThrows(StatusRuntimeException.class, call::call);
    assertEquals(code, failure.getStatus().getCode(), failure.getMessage());
    return detail(failure);
  }

  /// The `common.CommonResponse` in a failure's details; the call fails if there is none.
  public static CommonResponse detail(StatusRuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status != null) {
      for (Any any : status.getDetailsList()) {
        if (any.is(CommonResponse.class)) {
          try {
            return any.unpack(CommonResponse.class);
          } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
    throw new AssertionError("no common.CommonResponse in " + failure);
  }

  /// `stub` with this person's token.
  public <S extends AbstractStub<S>> S with(S stub) {
    if (token.isEmpty()) {
      return stub;
    }
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "bearer " + token);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /// All that the audit log says, for looking for what it must not; for admins.
  public String auditTexts() {
    return admin().listAudit(ListAuditRequest.getDefaultInstance()).toString();
  }
}
