package io.parley.face.rpc;

import io.parley.activity.Activities;
import io.parley.api.activity.Activity;
import io.parley.api.activity.ActivityKind;
import io.parley.api.activity.ActivityServiceGrpc;
import io.parley.api.activity.ListActivityRequest;
import io.parley.api.activity.ListActivityResponse;
import io.parley.api.activity.MarkActivitySeenRequest;
import io.parley.api.activity.MarkActivitySeenResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Limits;
import io.parley.base.Slice;
import java.util.List;

/// The methods of `activity.ActivityService`.
final class ActivityRpc {
  private final Activities activities;
  private final Limits limits;

  ActivityRpc(Activities activities, Limits limits) {
    this.activities = activities;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(ActivityServiceGrpc.getListActivityMethod(), false, this::list),
        UserRpc.method(ActivityServiceGrpc.getMarkActivitySeenMethod(), false, this::seen));
  }

  private ListActivityResponse list(Caller caller, ListActivityRequest request) {
    Slice.Request part =
        Slice.Request.of(request.getCursor(), request.getNum(), limits.pageSizeMax());
    Activities.Part found = activities.list(caller, part);
    Slice<Activity> entries = Room.fit(found.entries().map(ActivityRpc::wire), caller, limits);
    return ListActivityResponse.newBuilder()
        .addAllActivity(entries.rows())
        .setNextCursor(entries.next())
        .setUnread((int) found.unread())
        .setSeenId(found.seen())
        .build();
  }

  /// Ids above what the wire has a sign for come as negative ones, and are more.
  private MarkActivitySeenResponse seen(Caller caller, MarkActivitySeenRequest request) {
    long upTo = request.getUpTo() < 0 ? Long.MAX_VALUE : request.getUpTo();
    return MarkActivitySeenResponse.newBuilder()
        .setUnread((int) activities.seen(caller, upTo))
        .build();
  }

  private static Activity wire(io.parley.activity.Activity entry) {
    long subject = entry.about().subject();
    Activity.Builder wire =
        Activity.newBuilder()
            .setId(entry.id())
            .setKind(kind(entry.about().kind()))
            .addAllUserId(entry.actors().stream().map(AccountId::value).toList())
            .setCount(entry.acts())
            .setAt(Times.timestamp(entry.at()))
            .setExcerpt(entry.excerpt());
    switch (entry.about().kind()) {
      case LIKED, COMMENTED, POST_LEFT, POST_TAKEN_DOWN -> wire.setFeedId(entry.about().place());
      case ANSWERED -> wire.setFeedId(entry.about().place()).setCommentId(subject);
      case GROUP_INVITED, GROUP_ADDED, GROUP_LET_IN, GROUP_ASKED -> wire.setGroupId(subject);
      case REPORT_ANSWERED -> wire.setReportId(subject);
      case FOLLOWED, FRIEND_REQUEST, FRIEND_ACCEPTED -> {}
    }
    return wire.build();
  }

  private static ActivityKind kind(io.parley.activity.ActivityKind kind) {
    return switch (kind) {
      case LIKED -> ActivityKind.ACTIVITY_LIKED;
      case COMMENTED -> ActivityKind.ACTIVITY_COMMENTED;
      case ANSWERED -> ActivityKind.ACTIVITY_ANSWERED;
      case FOLLOWED -> ActivityKind.ACTIVITY_FOLLOWED;
      case FRIEND_REQUEST -> ActivityKind.ACTIVITY_FRIEND_REQUEST;
      case FRIEND_ACCEPTED -> ActivityKind.ACTIVITY_FRIEND_ACCEPTED;
      case GROUP_INVITED -> ActivityKind.ACTIVITY_GROUP_INVITED;
      case GROUP_ADDED -> ActivityKind.ACTIVITY_GROUP_ADDED;
      case GROUP_LET_IN -> ActivityKind.ACTIVITY_GROUP_LET_IN;
      case GROUP_ASKED -> ActivityKind.ACTIVITY_GROUP_ASKED;
      case REPORT_ANSWERED -> ActivityKind.ACTIVITY_REPORT_ANSWERED;
      case POST_LEFT -> ActivityKind.ACTIVITY_POST_LEFT;
      case POST_TAKEN_DOWN -> ActivityKind.ACTIVITY_POST_TAKEN_DOWN;
    };
  }
}
