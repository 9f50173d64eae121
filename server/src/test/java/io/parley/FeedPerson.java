package io.parley;

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
record FeedPerson(GrpcPerson person) implements AutoCloseable {
  static FeedPerson register(TestServer server, String name) {
    return new FeedPerson(GrpcPerson.register(server, name));
  }

  long id() {
    return person.id();
  }

  Feed post(String text) {
    return post(FeedType.Txt, text);
  }

  Feed post(FeedType type, String text, String... resources) {
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

  void edit(long id, String text) {
    long edited =
        person
            .feeds()
            .feedEdit(FeedEditRequest.newBuilder().setId(id).setContent(text).build())
            .getId();
    if (edited != id) {
      throw new AssertionError("edited " + edited + " in place of " + id);
    }
  }

  Feed get(long id) {
    return person.feeds().feedGet(FeedGetRequest.newBuilder().setId(id).build()).getFeed();
  }

  Object delete(long id) {
    return person.feeds().feedDelete(FeedDeleteRequest.newBuilder().setId(id).build());
  }

  Object like(long id) {
    return person.feeds().feedLike(FeedLikeRequest.newBuilder().setId(id).build());
  }

  Object unlike(long id) {
    return person.feeds().feedUnLike(FeedUnLikeRequest.newBuilder().setId(id).build());
  }

  Comment comment(long id, String text) {
    return comment(id, text, 0);
  }

  Comment comment(long id, String text, long replyTo) {
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

  List<String> comments(long id) {
    return person
        .comments()
        .listComments(ListCommentsRequest.newBuilder().setFeedId(id).build())
        .getCommentList()
        .stream()
        .map(Comment::getContent)
        .toList();
  }

  List<String> own(FeedOwnRequest.Builder request) {
    return texts(person.feeds().feedOwn(request.build()).getFeedList());
  }

  List<String> query(FeedQueryRequest.Builder request) {
    return texts(person.feeds().feedQuery(request.build()).getFeedList());
  }

  List<String> find(String keyword) {
    return query(FeedQueryRequest.newBuilder().setKeyword(keyword));
  }

  List<String> follow() {
    return texts(person.feeds().feedFollow(FeedFollowRequest.getDefaultInstance()).getFeedList());
  }

  void follows(FeedPerson other) {
    var unused = person.follows().follow(FollowRequest.newBuilder().setUserId(other.id()).build());
  }

  static List<String> texts(List<Feed> feeds) {
    return feeds.stream().map(Feed::getContent).toList();
  }

  @Override
  public void close() {
    person.close();
  }
}
