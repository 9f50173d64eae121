package io.parley.face.rpc;

import io.parley.api.common.Pager;
import io.parley.api.feed.Feed;
import io.parley.api.feed.FeedCreateRequest;
import io.parley.api.feed.FeedCreateResponse;
import io.parley.api.feed.FeedDeleteRequest;
import io.parley.api.feed.FeedDeleteResponse;
import io.parley.api.feed.FeedEditRequest;
import io.parley.api.feed.FeedEditResponse;
import io.parley.api.feed.FeedFollowRequest;
import io.parley.api.feed.FeedFollowResponse;
import io.parley.api.feed.FeedGetRequest;
import io.parley.api.feed.FeedGetResponse;
import io.parley.api.feed.FeedLikeRequest;
import io.parley.api.feed.FeedLikeResponse;
import io.parley.api.feed.FeedOwnRequest;
import io.parley.api.feed.FeedOwnResponse;
import io.parley.api.feed.FeedQueryRequest;
import io.parley.api.feed.FeedQueryResponse;
import io.parley.api.feed.FeedRecommendRequest;
import io.parley.api.feed.FeedRecommendResponse;
import io.parley.api.feed.FeedServiceGrpc;
import io.parley.api.feed.FeedUnLikeRequest;
import io.parley.api.feed.FeedUnLikeResponse;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Slice;
import io.parley.feed.Feeds;
import io.parley.feed.post.Post;
import io.parley.feed.post.PostDraft;
import io.parley.feed.post.PostId;
import java.util.List;

/// The methods of `feed.FeedService`.
final class FeedRpc {
  private final Feeds feeds;
  private final Limits limits;

  FeedRpc(Feeds feeds, Limits limits) {
    this.feeds = feeds;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(FeedServiceGrpc.getFeedCreateMethod(), false, this::create),
        UserRpc.method(FeedServiceGrpc.getFeedEditMethod(), false, this::edit),
        UserRpc.method(FeedServiceGrpc.getFeedGetMethod(), false, this::get),
        UserRpc.method(FeedServiceGrpc.getFeedDeleteMethod(), false, this::delete),
        UserRpc.method(FeedServiceGrpc.getFeedLikeMethod(), false, this::like),
        UserRpc.method(FeedServiceGrpc.getFeedUnLikeMethod(), false, this::unlike),
        UserRpc.method(FeedServiceGrpc.getFeedOwnMethod(), false, this::own),
        UserRpc.method(FeedServiceGrpc.getFeedQueryMethod(), false, this::query),
        UserRpc.method(FeedServiceGrpc.getFeedFollowMethod(), false, this::follow),
        UserRpc.method(FeedServiceGrpc.getFeedRecommendMethod(), false, this::recommend));
  }

  private FeedCreateResponse create(Caller caller, FeedCreateRequest request) {
    PostDraft draft =
        new PostDraft(
            FeedWire.kind(request.getType()),
            request.getContent(),
            request.getResourceList(),
            request.getWidth(),
            request.getHeight(),
            FeedWire.millis(request.getDuration()));
    Post post = feeds.posts().create(caller, draft);
    return FeedCreateResponse.newBuilder().setFeed(FeedWire.feed(post)).build();
  }

  private FeedEditResponse edit(Caller caller, FeedEditRequest request) {
    PostId id = FeedWire.id("id", request.getId());
    PostDraft draft =
        new PostDraft(
            FeedWire.kind(request.getType()),
            request.getContent(),
            request.getResourceList(),
            request.getWidth(),
            request.getHeight(),
            FeedWire.millis(request.getDuration()));
    feeds.posts().edit(caller, id, draft);
    return FeedEditResponse.newBuilder().setId(id.value()).build();
  }

  private FeedGetResponse get(Caller caller, FeedGetRequest request) {
    Post post = feeds.posts().get(caller, FeedWire.id("id", request.getId()));
    return FeedGetResponse.newBuilder().setFeed(FeedWire.feed(post)).build();
  }

  private FeedDeleteResponse delete(Caller caller, FeedDeleteRequest request) {
    feeds.posts().delete(caller, FeedWire.id("id", request.getId()));
    return FeedDeleteResponse.getDefaultInstance();
  }

  private FeedLikeResponse like(Caller caller, FeedLikeRequest request) {
    feeds.likes().like(caller, FeedWire.id("id", request.getId()));
    return FeedLikeResponse.getDefaultInstance();
  }

  private FeedUnLikeResponse unlike(Caller caller, FeedUnLikeRequest request) {
    feeds.likes().unlike(caller, FeedWire.id("id", request.getId()));
    return FeedUnLikeResponse.getDefaultInstance();
  }

  private FeedOwnResponse own(Caller caller, FeedOwnRequest request) {
    Slice<Post> slice =
        fit(
            caller,
            feeds
                .posts()
                .own(
                    caller,
                    request.getKeyword(),
                    FeedWire.review(request.getReviewStatus()),
                    request.getLastId(),
                    part(request.getCursor(), request.getNum())));
    return FeedOwnResponse.newBuilder()
        .setPager(pager(slice, request.getNum()))
        .addAllFeed(feeds(slice))
        .setNextCursor(slice.next())
        .build();
  }

  private FeedQueryResponse query(Caller caller, FeedQueryRequest request) {
    Slice<Post> all =
        switch (request.getSort()) {
          case Newest ->
              feeds
                  .posts()
                  .newest(
                      caller,
                      request.getKeyword(),
                      request.getLastId(),
                      part(request.getCursor(), request.getNum()));
          case Hottest ->
              feeds
                  .recommending()
                  .hottest(
                      caller, request.getKeyword(), part(request.getCursor(), request.getNum()));
          case UNRECOGNIZED -> throw Fault.invalid("sort", "must be 0 or 1");
        };
    Slice<Post> slice = fit(caller, all);
    return FeedQueryResponse.newBuilder()
        .setPager(pager(slice, request.getNum()))
        .addAllFeed(feeds(slice))
        .setNextCursor(slice.next())
        .build();
  }

  private FeedFollowResponse follow(Caller caller, FeedFollowRequest request) {
    Slice<Post> slice =
        fit(caller, feeds.timelines().page(caller, part(request.getCursor(), request.getNum())));
    return FeedFollowResponse.newBuilder()
        .setPager(pager(slice, request.getNum()))
        .addAllFeed(feeds(slice))
        .setNextCursor(slice.next())
        .build();
  }

  private FeedRecommendResponse recommend(Caller caller, FeedRecommendRequest request) {
    Slice<Post> slice =
        feeds
            .recommending()
            .recommended(
                caller, part(request.getCursor(), request.getNum()), rows -> fitting(rows, caller));
    return FeedRecommendResponse.newBuilder()
        .setPager(pager(slice, request.getNum()))
        .addAllFeed(feeds(slice))
        .setNextCursor(slice.next())
        .build();
  }

  private Slice.Request part(String cursor, long num) {
    return Slice.Request.of(cursor, num, limits.pageSizeMax());
  }

  private Slice<Post> fit(Caller caller, Slice<Post> slice) {
    return slice.first(fitting(slice.rows(), caller));
  }

  private int fitting(List<Post> rows, Caller caller) {
    return Room.fitting(rows.stream().map(FeedWire::feed).toList(), caller, limits);
  }

  private static List<Feed> feeds(Slice<Post> slice) {
    return slice.rows().stream().map(FeedWire::feed).toList();
  }

  private Pager pager(Slice<Post> slice, long num) {
    return FeedWire.pager(slice, part("", num).rows());
  }
}
