package io.parley.feed.post;

import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Excerpt;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.SignedCursors;
import io.parley.base.Slice;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.NoticeKind;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.List;

/// Reports by anybody, and what admins do about posts: pass, fail, switch off.
public final class Moderation {
  /// Posts that [#pending] counts.
  public static final int COUNTED_MAX = 1000;

  private static final char WAITING = 'W';
  private static final char REPORTED = 'D';
  private static final char REPORTS = 'P';
  private static final char AUTHOR = 'A';

  private final Db db;
  private final Bus bus;
  private final Clock clock;
  private final Audit audit;
  private final SignedCursors cursors;
  private final PostRules rules;
  private final Outbox outbox;
  private final PostActivity activity;
  private final PostStore posts = new PostStore();
  private final Visibility visibility = new Visibility();
  private final Counting counting = new Counting();
  private final ReportStore reports = new ReportStore();

  public Moderation(
      Platform platform, Audit audit, SignedCursors cursors, Limits limits, Outbox outbox) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.clock = platform.clock();
    this.audit = audit;
    this.cursors = cursors;
    this.rules = new PostRules(limits);
    this.outbox = outbox;
    this.activity = new PostActivity(platform, limits);
  }

  /// Reports a post that the caller may see, with what it says now. The first report of an account
  /// counts; more of it change nothing, unless a moderator decided and the post was edited since.
  ///
  /// @throws Fault NOT_FOUND; INVALID_FIELD or TOO_LARGE naming the field
  public void report(Caller caller, PostId id, String reason) {
    AccountId account = caller.requireAccount();
    rules.checkRemark("reason", reason);
    db.change(
        tx -> {
          Post post = visibility.require(tx, caller, id);
          if (post.author().equals(account)) {
            throw Fault.invalid("feed_id", "is your own");
          }
          String excerpt = Excerpt.of(post.content());
          if (reports.put(tx, post, new Report(account, reason, excerpt, clock.millis(), null))) {
            counting.reported(tx, post);
          }
        });
  }

  /// Posts that wait for a decision, oldest first. For admins.
  ///
  /// @throws Fault FORBIDDEN, INVALID_FIELD
  public Slice<QueuedPost> waiting(Caller caller, Slice.Request part) {
    AccountId admin = Visibility.requireAdmin(caller);
    SignedCursors.Of waiting = cursors.of(WAITING, admin);
    long above = waiting.open(part.cursor(), 0)[0];
    List<Post> found = db.read(tx -> posts.waiting(tx, admin, above, part.looked()));
    return Slice.of(part, found, last -> waiting.after(last.id().value()))
        .map(post -> new QueuedPost(post, false));
  }

  /// Posts with open reports, those that their authors deleted too, the most reported first. For
  /// admins.
  ///
  /// @throws Fault FORBIDDEN, INVALID_FIELD
  public Slice<QueuedPost> reported(Caller caller, Slice.Request part) {
    AccountId admin = Visibility.requireAdmin(caller);
    SignedCursors.Of reported = cursors.of(REPORTED, admin);
    long[] after = reported.open(part.cursor(), Long.MAX_VALUE, 0);
    List<QueuedPost> found =
        db.read(tx -> posts.reported(tx, admin, after[0], after[1], part.looked()));
    return Slice.of(
        part,
        found,
        last -> reported.after(last.post().counts().reports(), last.post().id().value()));
  }

  /// The posts of an account in every state, newest first, without deleted ones. For admins.
  ///
  /// @throws Fault FORBIDDEN, INVALID_FIELD
  public Slice<Post> of(Caller caller, AccountId author, Slice.Request part) {
    AccountId admin = Visibility.requireAdmin(caller);
    SignedCursors.Of written = cursors.of(AUTHOR, admin, author.value());
    long below = written.open(part.cursor(), Long.MAX_VALUE)[0];
    List<Post> found = db.read(tx -> posts.own(tx, author, below, null, null, part.looked()));
    return Slice.of(part, found, last -> written.after(last.id().value()));
  }

  /// Who reported a post and why, in the order of the accounts' ids, resolved ones too. For admins.
  ///
  /// @throws Fault FORBIDDEN, NOT_FOUND, INVALID_FIELD
  public Slice<Report> reports(Caller caller, PostId id, Slice.Request part) {
    AccountId admin = Visibility.requireAdmin(caller);
    SignedCursors.Of reporters = cursors.of(REPORTS, admin, id.value());
    long above = reporters.open(part.cursor(), 0)[0];
    List<Report> found =
        db.read(
            tx -> {
              requireJudged(tx, admin, id);
              return reports.list(tx, id, above, part.looked());
            });
    return Slice.of(part, found, last -> reporters.after(last.account().value()));
  }

  /// Passes or fails a post, whatever its state was. For admins; `remark` and who decided stay with
  /// the post, its reports are resolved, and its author is told. Of a deleted one that is in the
  /// queue only the reports are resolved.
  ///
  /// @throws Fault FORBIDDEN, NOT_FOUND; INVALID_FIELD or TOO_LARGE naming `remark`
  public Post decide(Caller caller, PostId id, boolean pass, String remark) {
    AccountId admin = Visibility.requireAdmin(caller);
    rules.checkRemark("remark", remark);
    return judge(
        caller,
        pass ? "feed.pass" : "feed.fail",
        id,
        was ->
            new Post.Verdict(
                was.enabled(), pass ? Review.PASSED : Review.FAILED, admin.value(), remark));
  }

  /// Switches a post off for everybody but its author, or on again; all else as [#decide].
  ///
  /// @throws Fault FORBIDDEN, NOT_FOUND; INVALID_FIELD or TOO_LARGE naming `remark`
  public Post setEnabled(Caller caller, PostId id, boolean enabled, String remark) {
    AccountId admin = Visibility.requireAdmin(caller);
    rules.checkRemark("remark", remark);
    return judge(
        caller,
        enabled ? "feed.enable" : "feed.disable",
        id,
        was -> new Post.Verdict(enabled, was.review(), admin.value(), remark));
  }

  /// All reports after that of `account` on `post`, in the order of the posts' and the accounts'
  /// ids: for reading all of them.
  public List<PostReport> after(long post, long account, int rows) {
    return db.read(tx -> reports.after(tx, post, account, rows));
  }

  /// How many posts wait for moderators, counted to [#COUNTED_MAX] at most.
  public record Pending(long waiting, long reported) {}

  /// How much waits. For operators.
  public Pending pending() {
    return db.read(
        tx ->
            new Pending(posts.waitingCount(tx, COUNTED_MAX), posts.reportedCount(tx, COUNTED_MAX)));
  }

  /// What posts are ranked by. For admins.
  ///
  /// @throws Fault FORBIDDEN
  public Ranking ranking(Caller caller) {
    Visibility.requireAdmin(caller);
    return Ranking.DEFAULT;
  }

  private interface Judge {
    Post.Verdict of(Post.Verdict was);
  }

  private Post judge(Caller caller, String act, PostId id, Judge judge) {
    AccountId admin = caller.requireAccount();
    return db.write(
        tx -> {
          QueuedPost found = requireJudged(tx, admin, id);
          Post was = found.post();
          Post.Verdict verdict = judge.of(was.verdict());
          audit.record(tx, caller, act, "feed " + id, verdict.remark());
          counting.decided(tx, was, clock.millis());
          if (found.deleted()) {
            return was;
          }
          posts.judge(tx, id, verdict);
          Post now = visibility.require(tx, caller, id);
          if (now.listed() && !was.listed()) {
            outbox.add(tx, now);
          }
          if (!was.author().equals(admin)) {
            bus.publish(
                tx, new Event.Notice(NoticeKind.JUDGED, id.value(), admin, List.of(was.author())));
            activity.judged(tx, now);
          }
          return now;
        });
  }

  /// A post that may be decided on: a deleted one while it has open reports.
  private QueuedPost requireJudged(Tx tx, AccountId admin, PostId id) {
    QueuedPost found = posts.findAny(tx, id, admin);
    if (found == null || (found.deleted() && found.post().counts().reports() == 0)) {
      throw Fault.of(FaultCode.NOT_FOUND, "no feed " + id);
    }
    return found;
  }
}
