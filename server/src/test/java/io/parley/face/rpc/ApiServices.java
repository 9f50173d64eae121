package io.parley.face.rpc;

import io.grpc.ServiceDescriptor;
import io.parley.api.admin.AdminServiceGrpc;
import io.parley.api.chat.ChatServiceGrpc;
import io.parley.api.common.CommonServiceGrpc;
import io.parley.api.conversation.ConversationServiceGrpc;
import io.parley.api.feed.FeedServiceGrpc;
import io.parley.api.feedplus.CommentServiceGrpc;
import io.parley.api.feedplus.ModerationServiceGrpc;
import io.parley.api.group.GroupServiceGrpc;
import io.parley.api.invite.InviteServiceGrpc;
import io.parley.api.membership.MembershipServiceGrpc;
import io.parley.api.message.MessageServiceGrpc;
import io.parley.api.profile.ProfileServiceGrpc;
import io.parley.api.report.ReportServiceGrpc;
import io.parley.api.session.SessionServiceGrpc;
import io.parley.api.social.FollowServiceGrpc;
import io.parley.api.social.FriendServiceGrpc;
import io.parley.api.totp.TotpServiceGrpc;
import io.parley.api.user.UserServiceGrpc;
import java.util.List;

/// The services that callers see, gateways' and those of gRPC itself apart.
final class ApiServices {
  static final List<ServiceDescriptor> ALL =
      List.of(
          AdminServiceGrpc.getServiceDescriptor(),
          ChatServiceGrpc.getServiceDescriptor(),
          CommentServiceGrpc.getServiceDescriptor(),
          CommonServiceGrpc.getServiceDescriptor(),
          ConversationServiceGrpc.getServiceDescriptor(),
          FeedServiceGrpc.getServiceDescriptor(),
          FollowServiceGrpc.getServiceDescriptor(),
          FriendServiceGrpc.getServiceDescriptor(),
          GroupServiceGrpc.getServiceDescriptor(),
          InviteServiceGrpc.getServiceDescriptor(),
          MembershipServiceGrpc.getServiceDescriptor(),
          MessageServiceGrpc.getServiceDescriptor(),
          ModerationServiceGrpc.getServiceDescriptor(),
          ProfileServiceGrpc.getServiceDescriptor(),
          ReportServiceGrpc.getServiceDescriptor(),
          SessionServiceGrpc.getServiceDescriptor(),
          TotpServiceGrpc.getServiceDescriptor(),
          UserServiceGrpc.getServiceDescriptor(),
          io.parley.api.entry.UserServiceGrpc.getServiceDescriptor());

  private ApiServices() {}
}
