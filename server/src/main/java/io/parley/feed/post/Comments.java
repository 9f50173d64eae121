package io.parley.feed.post;

import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Right;
import io.parley.base.SignedCursors;
import io.parley.base.Slice;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.NoticeKind;
import io.parley.messaging.Blocks;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said under posts. A comment and the post's counts and rank change in one transaction.
public final class Comments {
  private static final char NEWEST = 'C';
  private static final char OWN = 'O';

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final Audit audit;
  private final Blocks blocks;
  private final SignedCursors cursors;
  private final PostRules rules;
  private final PostActivity activity;
  private final PostStore posts = new PostStore();
  private final Visibility visibility = new Visibility();
  private final Counting counting = new Counting();
  private final CommentStore store = new CommentStore();

  public Comments(
      Platform platform, Audit audit, Blocks blocks, SignedCursors cursors, Limits limits) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.audit = audit;
    this.blocks = blocks;
    this.cursors = cursors;
    this.rules = new PostRules(limits);
    this.activity = new PostActivity(platform, limits);
  }

  /// Comments on a post that the caller may see; tells its author, and whom it answers.
  ///
  /// @param replyTo a comment of the same post, 0 for none
  /// @throws Fault NOT_FOUND; INVALID_FIELD or TOO_LARGE naming the field
  public Comment create(Caller caller, PostId id, String content, long replyTo) {
    AccountId author = caller.requireAccount();
    rules.checkComment(content);
    return db.write(
        tx -> {
          Post post = visibility.require(tx, caller, id);
          List<AccountId> told = new ArrayList<>();
          told.add(post.author());
          AccountId answered = replyTo == 0 ? null : requireAnswerable(tx, author, id, replyTo);
          if (answered != null && !told.contains(answered)) {
            told.add(answered);
          }
          told.remove(author);
          Comment comment =
              new Comment(ids.next(), id, author, replyTo, content, clock.millis(), null);
          store.insert(tx, comment);
          boolean others = !author.equals(post.author());
          boolean first = others && store.addReplier(tx, id, author, 1) == 1;
          counting.comments(tx, post, 1, first ? 1 : 0);
          if (!told.isEmpty()) {
            Event event =
                new Event.Notice(NoticeKind.COMMENTED, id.value(), author, List.copyOf(told));
            bus.publish(tx, event);
          }
          tell(tx, post, comment, answered);
          return comment;
        });
  }

  /// Deletes a comment: by its author, the post's author or an admin. Answers to it stay.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public void delete(Caller caller, long id) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          Comment comment = store.find(tx, id);
          if (comment == null) {
            throw Fault.of(FaultCode.NOT_FOUND, "no comment " + id);
          }
          Post post =
              comment.author().equals(account)
                  ? posts.find(tx, comment.post(), account)
                  : visibility.require(tx, caller, comment.post());
          if (post == null) {
            throw Fault.of(FaultCode.NOT_FOUND, "no comment " + id);
          }
          boolean may =
              comment.author().equals(account)
                  || post.author().equals(account)
                  || caller.has(Right.ADMIN);
          if (!may) {
            throw Fault.of(FaultCode.FORBIDDEN, "comment " + id + " is not yours");
          }
          store.delete(tx, id, clock.millis());
          if (!comment.author().equals(account) && !post.author().equals(account)) {
            audit.record(
                tx, caller, "comment.delete", "comment " + id, "of account " + comment.author());
          }
          boolean others = !comment.author().equals(post.author());
          boolean last = others && store.addReplier(tx, post.id(), comment.author(), -1) == 0;
          counting.comments(tx, post, -1, last ? -1 : 0);
          tellGone(tx, post, comment, last);
        });
  }

  /// Who is answered is not told a second time as the post's author.
  private void tell(Tx tx, Post post, Comment comment, @Nullable AccountId answered) {
    if (answered != null) {
      activity.answered(tx, post.id(), comment.replyTo(), answered, comment.author());
    }
    if (!post.author().equals(answered)) {
      activity.commented(tx, post, comment.author());
    }
  }

  private void tellGone(Tx tx, Post post, Comment comment, boolean last) {
    activity.gone(tx, comment);
    if (last) {
      activity.commentedNoMore(tx, post, comment.author());
    }
    if (comment.replyTo() != 0
        && !store.answers(tx, post.id(), comment.replyTo(), comment.author())) {
      Comment answered = store.find(tx, comment.replyTo());
      if (answered != null) {
        activity.answeredNoMore(tx, post.id(), answered.id(), answered.author(), comment.author());
      }
    }
  }

  /// The comments of a post, latest first.
  ///
  /// @throws Fault NOT_FOUND, INVALID_FIELD
  public Slice<Comment> list(Caller caller, PostId id, Slice.Request part) {
    AccountId reader = caller.requireAccount();
    SignedCursors.Of comments = cursors.of(NEWEST, reader, id.value());
    long below = comments.open(part.cursor(), Long.MAX_VALUE)[0];
    List<Comment> found =
        db.read(
            tx -> {
              visibility.require(tx, caller, id);
              return store.newest(tx, id, reader, below, part.looked());
            });
    return Slice.of(part, found, last -> comments.after(last.id()));
  }

  /// The caller's own comments, latest first.
  ///
  /// @throws Fault INVALID_FIELD
  public Slice<Comment> own(Caller caller, Slice.Request part) {
    AccountId author = caller.requireAccount();
    SignedCursors.Of comments = cursors.of(OWN, author, 0);
    long below = comments.open(part.cursor(), Long.MAX_VALUE)[0];
    List<Comment> found = db.read(tx -> store.own(tx, author, below, part.looked()));
    return Slice.of(part, found, last -> comments.after(last.id()));
  }

  private AccountId requireAnswerable(Tx tx, AccountId author, PostId post, long replyTo) {
    Comment answered = store.find(tx, replyTo);
    if (answered == null
        || !answered.post().equals(post)
        || blocks.between(tx, author, answered.author())) {
      throw Fault.of(FaultCode.NOT_FOUND, "reply_to: no comment " + replyTo + " on this feed");
    }
    return answered.author();
  }
}
