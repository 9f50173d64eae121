package io.parley.face.rpc;

import io.parley.api.feedplus.CommentServiceGrpc;
import io.parley.api.feedplus.CreateCommentRequest;
import io.parley.api.feedplus.CreateCommentResponse;
import io.parley.api.feedplus.DeleteCommentRequest;
import io.parley.api.feedplus.DeleteCommentResponse;
import io.parley.api.feedplus.ListCommentsRequest;
import io.parley.api.feedplus.ListCommentsResponse;
import io.parley.api.feedplus.ListLikesRequest;
import io.parley.api.feedplus.ListLikesResponse;
import io.parley.api.feedplus.ListOwnCommentsRequest;
import io.parley.api.feedplus.ListOwnCommentsResponse;
import io.parley.api.feedplus.ReportFeedRequest;
import io.parley.api.feedplus.ReportFeedResponse;
import io.parley.base.Caller;
import io.parley.base.Limits;
import io.parley.base.Slice;
import io.parley.feed.Feeds;
import io.parley.feed.post.Comment;
import io.parley.feed.post.Like;
import io.parley.feed.post.PostId;
import java.util.List;

/// The methods of `feedplus.CommentService`.
final class CommentRpc {
  private final Feeds feeds;
  private final Limits limits;

  CommentRpc(Feeds feeds, Limits limits) {
    this.feeds = feeds;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(CommentServiceGrpc.getCreateCommentMethod(), false, this::comment),
        UserRpc.method(CommentServiceGrpc.getDeleteCommentMethod(), false, this::uncomment),
        UserRpc.method(CommentServiceGrpc.getListCommentsMethod(), false, this::comments),
        UserRpc.method(CommentServiceGrpc.getListOwnCommentsMethod(), false, this::own),
        UserRpc.method(CommentServiceGrpc.getListLikesMethod(), false, this::likes),
        UserRpc.method(CommentServiceGrpc.getReportFeedMethod(), false, this::report));
  }

  private CreateCommentResponse comment(Caller caller, CreateCommentRequest request) {
    Comment comment =
        feeds
            .comments()
            .create(
                caller,
                FeedWire.id("feed_id", request.getFeedId()),
                request.getContent(),
                request.getReplyTo());
    return CreateCommentResponse.newBuilder().setComment(FeedWire.comment(comment)).build();
  }

  private DeleteCommentResponse uncomment(Caller caller, DeleteCommentRequest request) {
    feeds.comments().delete(caller, request.getId());
    return DeleteCommentResponse.getDefaultInstance();
  }

  private ListCommentsResponse comments(Caller caller, ListCommentsRequest request) {
    PostId id = FeedWire.id("feed_id", request.getFeedId());
    Slice.Request part = part(request.getCursor(), request.getNum());
    Slice<io.parley.api.feedplus.Comment> slice =
        Room.fit(feeds.comments().list(caller, id, part).map(FeedWire::comment), caller, limits);
    return ListCommentsResponse.newBuilder()
        .addAllComment(slice.rows())
        .setNextCursor(slice.next())
        .build();
  }

  private ListOwnCommentsResponse own(Caller caller, ListOwnCommentsRequest request) {
    Slice.Request part = part(request.getCursor(), request.getNum());
    Slice<io.parley.api.feedplus.Comment> slice =
        Room.fit(feeds.comments().own(caller, part).map(FeedWire::comment), caller, limits);
    return ListOwnCommentsResponse.newBuilder()
        .addAllComment(slice.rows())
        .setNextCursor(slice.next())
        .build();
  }

  private ListLikesResponse likes(Caller caller, ListLikesRequest request) {
    Slice<Like> slice =
        feeds
            .likes()
            .list(
                caller,
                FeedWire.id("feed_id", request.getFeedId()),
                part(request.getCursor(), request.getNum()));
    return ListLikesResponse.newBuilder()
        .addAllLike(slice.rows().stream().map(FeedWire::like).toList())
        .setNextCursor(slice.next())
        .build();
  }

  private ReportFeedResponse report(Caller caller, ReportFeedRequest request) {
    feeds
        .moderation()
        .report(caller, FeedWire.id("feed_id", request.getFeedId()), request.getReason());
    return ReportFeedResponse.getDefaultInstance();
  }

  private Slice.Request part(String cursor, long num) {
    return Slice.Request.of(cursor, num, limits.pageSizeMax());
  }
}
