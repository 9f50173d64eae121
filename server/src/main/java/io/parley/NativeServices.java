package io.parley;

import io.grpc.ServiceDescriptor;
import io.parley.api.admin.AdminServiceGrpc;
import io.parley.api.chat.ChatServiceGrpc;
import io.parley.api.common.CommonServiceGrpc;
import io.parley.api.conversation.ConversationServiceGrpc;
import io.parley.api.feed.FeedServiceGrpc;
import io.parley.api.feedplus.CommentServiceGrpc;
import io.parley.api.feedplus.ModerationServiceGrpc;
import io.parley.api.gateway.GatewayServiceGrpc;
import io.parley.api.group.GroupServiceGrpc;
import io.parley.api.membership.MembershipServiceGrpc;
import io.parley.api.message.MessageServiceGrpc;
import io.parley.api.profile.ProfileServiceGrpc;
import io.parley.api.report.ReportServiceGrpc;
import io.parley.api.session.SessionServiceGrpc;
import io.parley.api.social.FollowServiceGrpc;
import io.parley.api.social.FriendServiceGrpc;
import io.parley.api.totp.TotpServiceGrpc;
import io.parley.api.user.UserServiceGrpc;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The gRPC services that the native API consists of.
final class NativeServices {
  private NativeServices() {}

  static List<ServiceDescriptor> all() {
    return List.of(
        UserServiceGrpc.getServiceDescriptor(),
        MessageServiceGrpc.getServiceDescriptor(),
        ConversationServiceGrpc.getServiceDescriptor(),
        ChatServiceGrpc.getServiceDescriptor(),
        GroupServiceGrpc.getServiceDescriptor(),
        MembershipServiceGrpc.getServiceDescriptor(),
        FriendServiceGrpc.getServiceDescriptor(),
        FollowServiceGrpc.getServiceDescriptor(),
        ProfileServiceGrpc.getServiceDescriptor(),
        SessionServiceGrpc.getServiceDescriptor(),
        TotpServiceGrpc.getServiceDescriptor(),
        CommonServiceGrpc.getServiceDescriptor(),
        FeedServiceGrpc.getServiceDescriptor(),
        CommentServiceGrpc.getServiceDescriptor(),
        ModerationServiceGrpc.getServiceDescriptor(),
        ReportServiceGrpc.getServiceDescriptor(),
        AdminServiceGrpc.getServiceDescriptor(),
        GatewayServiceGrpc.getServiceDescriptor());
  }

  /// What they are called, and `others`.
  static Set<String> names(String... others) {
    Set<String> names = new HashSet<>(Set.of(others));
    all().forEach(service -> names.add(service.getName()));
    return names;
  }
}
