package io.parley.face.rpc;

import io.parley.api.feed.Feed;
import io.parley.api.feedplus.DecideRequest;
import io.parley.api.feedplus.DecideResponse;
import io.parley.api.feedplus.ListFeedsOfRequest;
import io.parley.api.feedplus.ListFeedsOfResponse;
import io.parley.api.feedplus.ListReportsRequest;
import io.parley.api.feedplus.ListReportsResponse;
import io.parley.api.feedplus.ModerationServiceGrpc;
import io.parley.api.feedplus.QueuedFeed;
import io.parley.api.feedplus.RankingRequest;
import io.parley.api.feedplus.RankingResponse;
import io.parley.api.feedplus.Report;
import io.parley.api.feedplus.ReviewQueueRequest;
import io.parley.api.feedplus.ReviewQueueResponse;
import io.parley.api.feedplus.SetEnabledRequest;
import io.parley.api.feedplus.SetEnabledResponse;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Slice;
import io.parley.feed.Feeds;
import io.parley.feed.post.Post;
import io.parley.feed.post.QueuedPost;
import io.parley.feed.post.Ranking;
import java.util.List;

/// The methods of `feedplus.ModerationService`.
final class ModerationRpc {
  private final Feeds feeds;
  private final Limits limits;

  ModerationRpc(Feeds feeds, Limits limits) {
    this.feeds = feeds;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(ModerationServiceGrpc.getReviewQueueMethod(), false, this::queue),
        UserRpc.method(ModerationServiceGrpc.getDecideMethod(), false, this::decide),
        UserRpc.method(ModerationServiceGrpc.getSetEnabledMethod(), false, this::setEnabled),
        UserRpc.method(ModerationServiceGrpc.getListReportsMethod(), false, this::reports),
        UserRpc.method(ModerationServiceGrpc.getListFeedsOfMethod(), false, this::of),
        UserRpc.method(ModerationServiceGrpc.getRankingMethod(), false, this::ranking));
  }

  private ReviewQueueResponse queue(Caller caller, ReviewQueueRequest request) {
    Slice.Request part = part(request.getCursor(), request.getNum());
    Slice<QueuedPost> all =
        switch (request.getKind()) {
          case Waiting -> feeds.moderation().waiting(caller, part);
          case Reported -> feeds.moderation().reported(caller, part);
          case UNRECOGNIZED -> throw Fault.invalid("kind", "must be 0 or 1");
        };
    Slice<QueuedFeed> slice = Room.fit(all.map(ModerationRpc::queued), caller, limits);
    return ReviewQueueResponse.newBuilder()
        .addAllQueued(slice.rows())
        .setNextCursor(slice.next())
        .build();
  }

  private static QueuedFeed queued(QueuedPost queued) {
    return QueuedFeed.newBuilder()
        .setFeed(FeedWire.feed(queued.post()))
        .setReports(queued.post().counts().reports())
        .setDeleted(queued.deleted())
        .build();
  }

  private ListFeedsOfResponse of(Caller caller, ListFeedsOfRequest request) {
    Slice<Post> posts =
        feeds
            .moderation()
            .of(
                caller,
                MessageWire.accountId("user_id", request.getUserId()),
                part(request.getCursor(), request.getNum()));
    Slice<Feed> slice = Room.fit(posts.map(FeedWire::feed), caller, limits);
    return ListFeedsOfResponse.newBuilder()
        .addAllFeed(slice.rows())
        .setNextCursor(slice.next())
        .build();
  }

  private DecideResponse decide(Caller caller, DecideRequest request) {
    Post post =
        feeds
            .moderation()
            .decide(
                caller,
                FeedWire.id("feed_id", request.getFeedId()),
                FeedWire.passes(request.getReviewStatus()),
                request.getRemark());
    return DecideResponse.newBuilder().setFeed(FeedWire.feed(post)).build();
  }

  private SetEnabledResponse setEnabled(Caller caller, SetEnabledRequest request) {
    Post post =
        feeds
            .moderation()
            .setEnabled(
                caller,
                FeedWire.id("feed_id", request.getFeedId()),
                FeedWire.enabled(request.getIsEnable()),
                request.getRemark());
    return SetEnabledResponse.newBuilder().setFeed(FeedWire.feed(post)).build();
  }

  private ListReportsResponse reports(Caller caller, ListReportsRequest request) {
    var slice =
        feeds
            .moderation()
            .reports(
                caller,
                FeedWire.id("feed_id", request.getFeedId()),
                part(request.getCursor(), request.getNum()));
    ListReportsResponse.Builder response =
        ListReportsResponse.newBuilder().setNextCursor(slice.next());
    slice.rows().forEach(report -> response.addReport(report(report)));
    return response.build();
  }

  private static Report report(io.parley.feed.post.Report report) {
    Report.Builder wire =
        Report.newBuilder()
            .setUserId(report.account().value())
            .setReason(report.reason())
            .setExcerpt(report.excerpt())
            .setCreatedAt(Times.timestamp(report.createdAt()));
    Long resolvedAt = report.resolvedAt();
    if (resolvedAt != null) {
      wire.setResolvedAt(Times.timestamp(resolvedAt));
    }
    return wire.build();
  }

  private RankingResponse ranking(Caller caller, RankingRequest request) {
    Ranking ranking = feeds.moderation().ranking(caller);
    return RankingResponse.newBuilder()
        .setLike(ranking.like())
        .setComment(ranking.comment())
        .setReplier(ranking.replier())
        .setReport(ranking.report())
        .setUnit(Ranking.UNIT)
        .setSecondsPerTenfold(Ranking.SECONDS_PER_TENFOLD)
        .setFollowedBonus(Ranking.FOLLOWED_BONUS)
        .setLikedBonus(Ranking.LIKED_BONUS)
        .setLikedBonusTimesMax(Ranking.LIKED_BONUS_TIMES_MAX)
        .build();
  }

  private Slice.Request part(String cursor, long num) {
    return Slice.Request.of(cursor, num, limits.pageSizeMax());
  }
}
