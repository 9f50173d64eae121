package io.parley.face.rpc;

import io.parley.api.common.IsEnable;
import io.parley.api.common.Pager;
import io.parley.api.common.ReviewStatus;
import io.parley.api.feed.FeedImage;
import io.parley.api.feed.FeedLike;
import io.parley.api.feed.FeedReason;
import io.parley.api.feed.FeedType;
import io.parley.api.feed.FeedVideo;
import io.parley.api.feedplus.Comment;
import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.Slice;
import io.parley.feed.post.Like;
import io.parley.feed.post.Post;
import io.parley.feed.post.PostId;
import io.parley.feed.post.PostKind;
import io.parley.feed.post.PostMedia;
import io.parley.feed.post.Reason;
import io.parley.feed.post.Review;
import org.jspecify.annotations.Nullable;

/// Posts between the wire and the domain.
final class FeedWire {
  private FeedWire() {}

  static PostId id(String field, long id) {
    if (id <= 0) {
      throw Fault.invalid(field, "missing");
    }
    return new PostId(id);
  }

  static PostKind kind(FeedType type) {
    return switch (type) {
      case Txt -> PostKind.TEXT;
      case Image -> PostKind.IMAGE;
      case Video -> PostKind.VIDEO;
      case UNRECOGNIZED -> throw Fault.invalid("type", "must be 0, 1 or 2");
    };
  }

  /// Null for 0, which filters nothing.
  static @Nullable Review review(ReviewStatus status) {
    return switch (status) {
      case ReviewInit -> null;
      case ReviewTo -> Review.WAITING;
      case ReviewPass -> Review.PASSED;
      case ReviewFail -> Review.FAILED;
      case UNRECOGNIZED -> throw Fault.invalid("review_status", "must be 0 … 3");
    };
  }

  static boolean passes(ReviewStatus status) {
    return switch (status) {
      case ReviewPass -> true;
      case ReviewFail -> false;
      default -> throw Fault.invalid("review_status", "must be 2 (pass) or 3 (fail)");
    };
  }

  static boolean enabled(IsEnable enable) {
    return switch (enable) {
      case Enable -> true;
      case NotEnable -> false;
      case UNRECOGNIZED -> throw Fault.invalid("is_enable", "must be 0 or 1");
    };
  }

  /// Seconds to milliseconds; what cannot be a duration becomes one that is refused.
  static long millis(double seconds) {
    return seconds >= 0 && seconds < 1e9 ? Math.round(seconds * 1000) : -1;
  }

  static io.parley.api.feed.Feed feed(Post post) {
    var feed =
        io.parley.api.feed.Feed.newBuilder()
            .setId(post.id().value())
            .setUserId(post.author().value())
            .setContent(post.content())
            .setTypeValue(post.kind().code())
            .setLikeCount(post.counts().likes())
            .setViewCount(post.counts().views())
            .setCommentCount(post.counts().comments())
            .setOperator(post.verdict().operator())
            .setRemark(post.verdict().remark())
            .setHot(post.counts().hot())
            .setIsEnable(post.verdict().enabled() ? IsEnable.Enable : IsEnable.NotEnable)
            .setReviewStatusValue(post.verdict().review().code())
            .setCreatedAt(Times.timestamp(post.createdAt()))
            .setUpdatedAt(Times.timestamp(post.updatedAt()))
            .setLiked(post.liked());
    switch (post.kind()) {
      case TEXT -> {}
      case IMAGE -> post.media().forEach(each -> feed.addImage(image(post, each)));
      case VIDEO -> post.media().forEach(each -> feed.setVideo(video(post, each)));
    }
    Reason reason = post.reason();
    if (reason != null) {
      feed.setReason(
          FeedReason.newBuilder()
              .setKindValue(reason.kind().code())
              .addAllLikerId(reason.likers().stream().map(AccountId::value).toList()));
    }
    return feed.build();
  }

  private static FeedImage image(Post post, PostMedia media) {
    return FeedImage.newBuilder()
        .setId(media.id())
        .setFeedId(post.id().value())
        .setImgUrl(media.url())
        .setCreatedAt(Times.timestamp(media.createdAt()))
        .setUpdatedAt(Times.timestamp(media.createdAt()))
        .build();
  }

  private static FeedVideo video(Post post, PostMedia media) {
    return FeedVideo.newBuilder()
        .setId(media.id())
        .setFeedId(post.id().value())
        .setVideoUrl(media.url())
        .setCoverUrl(media.coverUrl())
        .setWidth(media.width())
        .setHeight(media.height())
        .setDuration(media.durationMs() / 1000.0)
        .setCreatedAt(Times.timestamp(media.createdAt()))
        .setUpdatedAt(Times.timestamp(media.createdAt()))
        .build();
  }

  static FeedLike like(Like like) {
    return FeedLike.newBuilder()
        .setId(like.id())
        .setFeedId(like.post().value())
        .setUserId(like.account().value())
        .setCreatedAt(Times.timestamp(like.createdAt()))
        .setUpdatedAt(Times.timestamp(like.createdAt()))
        .build();
  }

  static Comment comment(io.parley.feed.post.Comment comment) {
    return Comment.newBuilder()
        .setId(comment.id())
        .setFeedId(comment.post().value())
        .setUserId(comment.author().value())
        .setReplyTo(comment.replyTo())
        .setContent(comment.content())
        .setCreatedAt(Times.timestamp(comment.createdAt()))
        .build();
  }

  /// Of a list that goes by cursor: one page, of as many rows as are known of.
  static Pager pager(Slice<?> slice, long rowsAskedFor) {
    int more = slice.next().isEmpty() ? 0 : 1;
    return Pager.newBuilder()
        .setPage(1)
        .setPageZie(rowsAskedFor)
        .setTotalRows(slice.rows().size() + more)
        .setTotalPages((slice.rows().isEmpty() ? 0 : 1) + more)
        .build();
  }
}
