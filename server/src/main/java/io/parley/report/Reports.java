package io.parley.report;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.activity.About;
import io.parley.activity.Activities;
import io.parley.activity.ActivityKind;
import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Cursor;
import io.parley.base.Excerpt;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.MessageId;
import io.parley.base.Slice;
import io.parley.group.Group;
import io.parley.group.Groups;
import io.parley.messaging.Content;
import io.parley.messaging.Message;
import io.parley.messaging.MessageInterventions;
import io.parley.messaging.Target;
import io.parley.platform.Platform;
import io.parley.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes reports in and has operators resolve them.
///
/// What was said is kept with the report, so that it can be judged after it was edited or recalled,
/// and without operators reading conversations.
public final class Reports {
  /// Messages that are kept before and after a reported one.
  private static final int LINES_EACH = 5;

  private final Platform platform;
  private final Audit audit;
  private final Accounts accounts;
  private final Groups groups;
  private final MessageInterventions messages;
  private final Limits limits;
  private final Activities activities;
  private final ReportStore store = new ReportStore();

  public Reports(
      Platform platform,
      Audit audit,
      Accounts accounts,
      Groups groups,
      MessageInterventions messages,
      Limits limits) {
    this.platform = platform;
    this.audit = audit;
    this.accounts = accounts;
    this.groups = groups;
    this.messages = messages;
    this.limits = limits;
    this.activities = new Activities(platform, limits);
  }

  /// Reports what the caller may see. While that report is open another one changes nothing. Of a
  /// message what the caller could read around it is kept, five before and five after.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field, also for what is the caller's own;
  ///     NO_SUCH_ACCOUNT, NOT_FOUND; QUOTA while `limits.reports_per_account_max` are open
  public void report(Caller caller, Report.Kind kind, long target, String reason) {
    AccountId reporter = caller.requireAccount();
    Audit.requireReason("reason", reason);
    if (kind == Report.Kind.MESSAGE) {
      platform
          .db()
          .change(tx -> add(tx, reporter, kind, target, reason, quote(tx, reporter, target)));
    } else {
      Seen seen = see(caller, kind, target);
      platform.db().change(tx -> add(tx, reporter, kind, target, reason, seen));
    }
  }

  private void add(
      Tx tx, AccountId reporter, Report.Kind kind, long target, String reason, Seen seen) {
    if (seen.subject().equals(reporter)) {
      throw Fault.invalid("target_id", "is your own");
    }
    Report report =
        new Report(
            platform.ids().next(),
            kind,
            target,
            seen.group(),
            seen.subject(),
            reporter,
            reason,
            Excerpt.of(seen.excerpt()),
            platform.clock().millis(),
            null);
    if (!store.insert(tx, report)) {
      return;
    }
    if (store.openCount(tx, reporter) > limits.reportsPerAccountMax()) {
      throw Fault.of(
          FaultCode.QUOTA,
          "limits.reports_per_account_max = "
              + limits.reportsPerAccountMax()
              + " reports wait for an answer");
    }
    store.insertLines(tx, report.id(), seen.lines());
  }

  /// What is reported, as its reporter sees it.
  private record Seen(AccountId subject, long group, String excerpt, List<ReportLine> lines) {}

  private Seen see(Caller caller, Report.Kind kind, long target) {
    if (kind == Report.Kind.ACCOUNT) {
      Account account = accounts.require(new AccountId(target));
      return new Seen(account.id(), 0, account.nickname(), List.of());
    }
    Group group = groups.get(caller, new ConversationId(target)).group();
    return new Seen(group.owner(), target, group.name() + "\n" + group.introduction(), List.of());
  }

  private Seen quote(Tx tx, AccountId reporter, long target) {
    MessageInterventions.Quoted quoted =
        messages.quote(tx, new MessageId(target), reporter, LINES_EACH);
    Message message = quoted.message();
    return new Seen(
        message.sender(),
        message.target() instanceof Target.Group group ? group.id().value() : 0,
        said(message.content()),
        quoted.lines().stream().filter(Reports::says).map(Reports::line).toList());
  }

  /// Who came and went is no part of what was said.
  private static boolean says(Message message) {
    return !(message.content() instanceof Content.GroupLine line) || !line.text().isEmpty();
  }

  private static ReportLine line(Message message) {
    return new ReportLine(
        message.id(), message.sender(), Excerpt.of(said(message.content())), message.createdAt());
  }

  private static String said(@Nullable Content content) {
    return switch (content) {
      case null -> "";
      case Content.Text text -> text.content();
      case Content.Face face -> face.symbol();
      case Content.Location location -> location.desc();
      case Content.Sound sound -> sound.url();
      case Content.Image image -> image.url();
      case Content.File file -> file.name() + "\n" + file.url();
      case Content.Video video -> video.url();
      case Content.GroupLine line -> line.text();
      case Content.Newer newer -> "";
    };
  }

  /// Reports, newest first. For operators.
  ///
  /// @throws Fault INVALID_FIELD for a cursor of another list
  public Slice<Report> list(Report.Filter filter, Slice.Request part) {
    long below = part.after(Long.MAX_VALUE)[0];
    List<Report> found = platform.db().read(tx -> store.list(tx, filter, below, part.looked()));
    return Slice.of(part, found, last -> Cursor.of(last.id()));
  }

  /// What the caller reported, newest first.
  ///
  /// @throws Fault INVALID_FIELD for a cursor of another list
  public Slice<Report> mine(Caller caller, Slice.Request part) {
    return list(new Report.Filter(false, 0, caller.requireAccount().value()), part);
  }

  /// A report and what was said around it.
  ///
  /// @param recalled whether the message has been taken back by now
  public record Whole(Report report, List<ReportLine> lines, boolean recalled) {}

  /// For operators.
  ///
  /// @throws Fault NOT_FOUND
  public Whole require(long id) {
    return platform
        .db()
        .read(
            tx -> {
              Report report = find(tx, id);
              boolean recalled =
                  report.kind() == Report.Kind.MESSAGE
                      && messages.recalled(tx, new MessageId(report.target()), report.subject());
              return new Whole(report, store.lines(tx, id), recalled);
            });
  }

  /// Open reports, counted to `most` at most.
  public long openCount(int most) {
    return platform.db().read(tx -> store.openCount(tx, most));
  }

  /// Reports above `above`, oldest first: for reading all of them.
  public List<Report> after(long above, int rows) {
    return platform.db().read(tx -> store.after(tx, above, rows));
  }

  /// Takes the message of a report back, for all. Twice changes nothing.
  ///
  /// @throws Fault NOT_LOGGED_IN for a program, since a recall names an account; NOT_FOUND,
  ///     FAILED_PRECONDITION for a report of something else; TOO_LARGE
  public void recall(Caller operator, long id, String reason) {
    AccountId by = operator.requireAccount();
    Audit.reason("reason", reason);
    platform
        .db()
        .change(
            tx -> {
              Report report = find(tx, id);
              if (report.kind() != Report.Kind.MESSAGE) {
                throw Fault.of(FaultCode.FAILED_PRECONDITION, "the report is not of a message");
              }
              MessageId message = new MessageId(report.target());
              if (messages.recall(tx, message, report.subject(), by)) {
                audit.record(
                    tx,
                    operator,
                    "message.recall",
                    "message " + message,
                    "of account " + report.subject() + ", report " + id + ": " + reason);
              }
            });
  }

  /// Closes a report.
  ///
  /// @param remark for operators
  /// @param answer for the reporter
  /// @throws Fault NOT_FOUND; FAILED_PRECONDITION if it is resolved; TOO_LARGE
  public void resolve(Caller operator, long id, String remark, String answer) {
    Audit.reason("remark", remark);
    Audit.reason("answer", answer);
    platform
        .db()
        .change(
            tx -> {
              Report report = find(tx, id);
              if (report.resolution() != null) {
                throw Fault.of(FaultCode.FAILED_PRECONDITION, "the report is resolved already");
              }
              AccountId by = operator.accountId();
              store.resolve(
                  tx,
                  id,
                  new Report.Resolution(
                      platform.clock().millis(), by == null ? 0 : by.value(), remark, answer));
              audit.record(tx, operator, "report.resolve", "report " + id, remark);
              activities.tell(
                  tx, report.reporter(), new About(ActivityKind.REPORT_ANSWERED, id, 0), null);
            });
  }

  private Report find(Tx tx, long id) {
    Report report = store.find(tx, id);
    if (report == null) {
      throw Fault.of(FaultCode.NOT_FOUND, "no report " + id);
    }
    return report;
  }
}
