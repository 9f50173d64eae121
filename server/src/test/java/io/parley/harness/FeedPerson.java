package io.parley.harness;

import io.parley.api.feed.Feed;
import io.parley.api.feed.FeedCreateRequest;
import io.parley.api.feed.FeedDeleteRequest;
import io.parley.api.feed.FeedEditRequest;
import io.parley.api.feed.FeedFollowRequest;
import io.parley.api.feed.FeedGetRequest;
import io.parley.api.feed.FeedLikeRequest;
import io.parley.api.feed.FeedOwnRequest;
import io.parley.api.feed.FeedQueryRequest;
import io.parley.api.feed.FeedType;
import io.parley.api.feed.FeedUnLikeRequest;
import io.parley.api.feedplus.Comment;
import io.parley.api.feedplus.CreateCommentRequest;
import io.parley.api.feedplus.ListCommentsRequest;
import io.parley.api.social.FollowRequest;
import java.util.List;

/// Somebody who reads and writes feeds, in few words.
public record FeedPerson(GrpcPerson person) implements AutoCloseable {
  public static FeedPerson register(TestServer server, String name) {
    return new FeedPerson(GrpcPerson.register(server, name));
  }

  public long id() {
    return person.id();
  }

  public Feed post(String text) {
    return post(FeedType.Txt, text);
  }

  public Feed post(FeedType type, String text, String... resources) {
    return person
        .feeds()
        .feedCreate(
            FeedCreateRequest.newBuilder()
                .setType(type)
                .setContent(text)
                .addAllResource(List.of(resources))
                .build())
        .getFeed();
  }

  public void edit(long id, String text) {
    long edited =
        person
            .feeds()
            .feedEdit(FeedEditRequest.newBuilder().setId(id).setContent(text).build())
            .getId();
    if (edited != id) {
      throw new AssertionError("edited " + edited + " in place of " + id);
    }
  }

  public Feed get(long id) {
    return person.feeds().feedGet(FeedGetRequest.newBuilder().setId(id).build()).getFeed();
  }

  public Object delete(long id) {
    return person.feeds().feedDelete(FeedDeleteRequest.newBuilder().setId(id).build());
  }

  public Object like(long id) {
    return person.feeds().feedLike(FeedLikeRequest.newBuilder().setId(id).build());
  }

  public Object unlike(long id) {
    return person.feeds().feedUnLike(FeedUnLikeRequest.newBuilder().setId(id).build());
  }

  public Comment comment(long id, String text) {
    return comment(id, text, 0);
  }

  public Comment comment(long id, String text, long replyTo) {
    return person
        .comments()
        .createComment(
            CreateCommentRequest.newBuilder()
                .setFeedId(id)
                .setContent(text)
                .setReplyTo(replyTo)
                .build())
        .getComment();
  }

  public List<String> comments(long id) {
    return person
        .comments()
        .listComments(ListCommentsRequest.newBuilder().setFeedId(id).build())
        .getCommentList()
        .stream()
        .map(Comment::getContent)
        .toList();
  }

  public List<String> own(FeedOwnRequest.Builder request) {
    return texts(person.feeds().feedOwn(request.build()).getFeedList());
  }

  public List<String> query(FeedQueryRequest.Builder request) {
    return texts(person.feeds().feedQuery(request.build()).getFeedList());
  }

  public List<String> find(String keyword) {
    return query(FeedQueryRequest.newBuilder().setKeyword(keyword));
  }

  public List<String> follow() {
    return texts(person.feeds().feedFollow(FeedFollowRequest.getDefaultInstance()).getFeedList());
  }

  public void follows(FeedPerson other) {
    var unused = person.follows().follow(FollowRequest.newBuilder().setUserId(other.id()).build());
  }

  public static List<String> texts(List<Feed> feeds) {
    return feeds.stream().map(Feed::getContent).toList();
  }

  @Override
  public void close() {
    person.close();
  }
}
