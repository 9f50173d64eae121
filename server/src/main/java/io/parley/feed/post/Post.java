package io.parley.feed.post;

import io.parley.base.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A post as one account sees it.
///
/// @param media pictures in order, or one video, or nothing: as `kind` says
/// @param liked whether that account likes it
/// @param createdAt,updatedAt epoch milliseconds
/// @param reason why it is shown to that account; null where it asked for the post itself
public record Post(
    PostId id,
    AccountId author,
    PostKind kind,
    String content,
    List<PostMedia> media,
    Counts counts,
    Verdict verdict,
    boolean liked,
    long createdAt,
    long updatedAt,
    @Nullable Reason reason) {

  /// What others did with it.
  ///
  /// @param likes accounts that like it
  /// @param views views by others, one each account and hour
  /// @param comments comments that are not deleted
  /// @param repliers accounts other than the author that wrote them
  /// @param reports accounts that reported it since a moderator last decided
  /// @param hot its rank, see [Ranking]
  public record Counts(
      long likes, long views, long comments, long repliers, long reports, long hot) {}

  /// What moderators made of it.
  ///
  /// @param operator the account of the moderator who judged last, 0 for none
  /// @param remark what that one said
  public record Verdict(boolean enabled, Review review, long operator, String remark) {}

  /// Whether accounts other than the author may see it.
  public boolean listed() {
    return verdict.enabled() && verdict.review() == Review.PASSED;
  }

  /// The same, shown for that reason.
  public Post because(Reason why) {
    return new Post(
        id, author, kind, content, media, counts, verdict, liked, createdAt, updatedAt, why);
  }

  Post with(List<PostMedia> loaded) {
    return new Post(
        id, author, kind, content, loaded, counts, verdict, liked, createdAt, updatedAt, reason);
  }
}
