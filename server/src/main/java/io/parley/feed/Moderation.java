package io.parley.feed;

import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.store.Db;
import java.util.List;

/// Reports by anybody, and what admins do about posts: pass, fail, switch off.
public final class Moderation {
  private static final char WAITING = 'W';
  private static final char REPORTED = 'D';
  private static final char REPORTS = 'P';

  private final Db db;
  private final Clock clock;
  private final Audit audit;
  private final Parts parts;
  private final Fanout fanout;
  private final ReportStore reports = new ReportStore();

  Moderation(Feeds.Engines engines, Parts parts, Fanout fanout) {
    this.db = engines.db();
    this.clock = engines.clock();
    this.audit = engines.audit();
    this.parts = parts;
    this.fanout = fanout;
  }

  /// Reports a post that the caller may see. The first report of an account counts, more of it
  /// change nothing.
  ///
  /// @throws Fault NOT_FOUND; INVALID_FIELD or TOO_LARGE naming the field
  public void report(Caller caller, PostId id, String reason) {
    AccountId account = caller.requireAccount();
    parts.rules().checkRemark("reason", reason);
    db.change(
        tx -> {
          Post post = parts.visibility().require(tx, caller, id);
          if (post.author().equals(account)) {
            throw Fault.invalid("feed_id", "is your own");
          }
          if (reports.insert(tx, id, new Report(account, reason, clock.millis()))) {
            parts.counting().reports(tx, post, 1);
          }
        });
  }

  /// Posts that wait for a decision, oldest first. For admins.
  ///
  /// @throws Fault FORBIDDEN, INVALID_FIELD
  public Slice<Post> waiting(Caller caller, String cursor, long num) {
    AccountId admin = Visibility.requireAdmin(caller);
    int rows = parts.rows(num);
    long above = cursor.isEmpty() ? 0 : parts.cursors().open(WAITING, admin, cursor, 1)[0];
    List<Post> found = db.read(tx -> parts.posts().waiting(tx, admin, above, rows + 1));
    return Slice.of(found, rows, last -> parts.cursors().seal(WAITING, admin, last.id().value()));
  }

  /// Posts that were reported, the most reported first. For admins.
  ///
  /// @throws Fault FORBIDDEN, INVALID_FIELD
  public Slice<Post> reported(Caller caller, String cursor, long num) {
    AccountId admin = Visibility.requireAdmin(caller);
    int rows = parts.rows(num);
    long[] after =
        cursor.isEmpty()
            ? new long[] {Long.MAX_VALUE, 0}
            : parts.cursors().open(REPORTED, admin, cursor, 2);
    List<Post> found =
        db.read(tx -> parts.posts().reported(tx, admin, after[0], after[1], rows + 1));
    return Slice.of(
        found,
        rows,
        last -> parts.cursors().seal(REPORTED, admin, last.counts().reports(), last.id().value()));
  }

  /// Who reported a post and why, in the order of the accounts' ids. For admins.
  ///
  /// @throws Fault FORBIDDEN, NOT_FOUND, INVALID_FIELD
  public Slice<Report> reports(Caller caller, PostId id, String cursor, long num) {
    AccountId admin = Visibility.requireAdmin(caller);
    int rows = parts.rows(num);
    long from = parts.cursors().openOf(id, REPORTS, admin, cursor, 0);
    List<Report> found =
        db.read(
            tx -> {
              parts.visibility().require(tx, caller, id);
              return reports.list(tx, id, from, rows + 1);
            });
    return Slice.of(
        found,
        rows,
        last -> parts.cursors().seal(REPORTS, admin, id.value(), last.account().value()));
  }

  /// Passes or fails a post, whatever its state was. For admins; `remark` and who decided stay with
  /// the post.
  ///
  /// @throws Fault FORBIDDEN, NOT_FOUND; INVALID_FIELD or TOO_LARGE naming `remark`
  public Post decide(Caller caller, PostId id, boolean pass, String remark) {
    AccountId admin = Visibility.requireAdmin(caller);
    parts.rules().checkRemark("remark", remark);
    return judge(
        caller,
        pass ? "feed.pass" : "feed.fail",
        id,
        was ->
            new Post.Verdict(
                was.enabled(), pass ? Review.PASSED : Review.FAILED, admin.value(), remark));
  }

  /// Switches a post off for everybody but its author, or on again. For admins.
  ///
  /// @throws Fault FORBIDDEN, NOT_FOUND; INVALID_FIELD or TOO_LARGE naming `remark`
  public Post setEnabled(Caller caller, PostId id, boolean enabled, String remark) {
    AccountId admin = Visibility.requireAdmin(caller);
    parts.rules().checkRemark("remark", remark);
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
    return db.write(
        tx -> {
          Post was = parts.visibility().require(tx, caller, id);
          Post.Verdict verdict = judge.of(was.verdict());
          parts.posts().judge(tx, id, verdict);
          audit.record(tx, caller, act, "feed " + id, verdict.remark());
          Post now = parts.visibility().require(tx, caller, id);
          if (now.listed() && !was.listed()) {
            fanout.enqueue(tx, now);
          }
          return now;
        });
  }
}
