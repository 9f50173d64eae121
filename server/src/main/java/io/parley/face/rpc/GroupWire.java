package io.parley.face.rpc;

import io.parley.api.group.Group;
import io.parley.api.group.JoinPolicy;
import io.parley.api.group.MemberRole;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.group.GroupView;
import io.parley.messaging.Role;
import org.jspecify.annotations.Nullable;

/// Groups between the wire and the domain.
final class GroupWire {
  private GroupWire() {}

  static ConversationId id(String field, long id) {
    if (id <= 0) {
      throw Fault.invalid(field, "missing");
    }
    return new ConversationId(id);
  }

  static Group group(GroupView view) {
    var group = view.group();
    Group.Builder wire =
        Group.newBuilder()
            .setId(group.id().value())
            .setName(group.name())
            .setIntroduction(group.introduction())
            .setAvatarUrl(group.avatarUrl())
            .setExtra(group.extra())
            .setUserId(group.owner().value())
            .setCreatedAt(Times.timestamp(group.createdAt()))
            .setUpdatedAt(Times.timestamp(group.updatedAt()))
            .setJoinPolicy(
                switch (group.joinPolicy()) {
                  case OPEN -> JoinPolicy.JOIN_OPEN;
                  case APPROVAL -> JoinPolicy.JOIN_APPROVAL;
                  case CLOSED -> JoinPolicy.JOIN_CLOSED;
                })
            .setAnnouncement(group.announcement())
            .setMemberCount(view.members())
            .setMuted(view.muted())
            .setRole(role(view.role()))
            .setAsked(view.asked())
            .setRequests(view.requests());
    Long announcedAt = group.announcedAt();
    if (announcedAt != null) {
      wire.setAnnouncedAt(Times.timestamp(announcedAt));
    }
    return wire.build();
  }

  static MemberRole role(@Nullable Role role) {
    return switch (role) {
      case null -> MemberRole.ROLE_NONE;
      case MEMBER -> MemberRole.ROLE_MEMBER;
      case ADMIN -> MemberRole.ROLE_ADMIN;
      case OWNER -> MemberRole.ROLE_OWNER;
    };
  }

  static io.parley.group.Group.JoinPolicy joinPolicy(JoinPolicy policy) {
    return switch (policy) {
      case JOIN_OPEN -> io.parley.group.Group.JoinPolicy.OPEN;
      case JOIN_APPROVAL -> io.parley.group.Group.JoinPolicy.APPROVAL;
      case JOIN_CLOSED -> io.parley.group.Group.JoinPolicy.CLOSED;
      case UNRECOGNIZED -> throw Fault.invalid("join_policy", "no such policy");
    };
  }
}
