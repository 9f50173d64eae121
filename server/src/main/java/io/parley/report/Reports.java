package io.parley.report;

import io.parley.account.Account;
import io.parley.account.Accounts;
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
import io.parley.messaging.Conversations;
import io.parley.messaging.Message;
import io.parley.platform.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes reports in and has operators resolve them.
///
/// What was said is kept with the report, so that it can be judged after it was edited or recalled,
/// and without operators reading conversations.
public final class Reports {
  private final Platform platform;
  private final Audit audit;
  private final Accounts accounts;
  private final Groups groups;
  private final Conversations conversations;
  private final Limits limits;
  private final ReportStore store = new ReportStore();

  public Reports(
      Platform platform,
      Audit audit,
      Accounts accounts,
      Groups groups,
      Conversations conversations,
      Limits limits) {
    this.platform = platform;
    this.audit = audit;
    this.accounts = accounts;
    this.groups = groups;
    this.conversations = conversations;
    this.limits = limits;
  }

  /// Reports what the caller may see. Reporting it again changes nothing.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field, also for what is the caller's own;
  ///     NO_SUCH_ACCOUNT, NOT_FOUND; QUOTA while `limits.reports_per_account_max` are open
  public void report(Caller caller, Report.Kind kind, long target, String reason) {
    AccountId reporter = caller.requireAccount();
    Audit.requireReason("reason", reason);
    Seen seen = see(caller, kind, target);
    if (seen.subject().equals(reporter)) {
      throw Fault.invalid("target_id", "is your own");
    }
    platform
        .db()
        .write(
            tx -> {
              if (store.openCount(tx, reporter) >= limits.reportsPerAccountMax()) {
                throw Fault.of(
                    FaultCode.QUOTA,
                    "limits.reports_per_account_max = "
                        + limits.reportsPerAccountMax()
                        + " reports wait for an answer");
              }
              return store.insert(
                  tx,
                  new Report(
                      platform.ids().next(),
                      kind,
                      target,
                      seen.subject(),
                      reporter,
                      reason,
                      Excerpt.of(seen.excerpt()),
                      platform.clock().millis(),
                      null));
            });
  }

  private record Seen(AccountId subject, String excerpt) {}

  private Seen see(Caller caller, Report.Kind kind, long target) {
    return switch (kind) {
      case ACCOUNT -> {
        Account account = accounts.require(new AccountId(target));
        yield new Seen(account.id(), account.nickname());
      }
      case MESSAGE -> {
        Message message = conversations.require(caller, new MessageId(target));
        yield new Seen(message.sender(), said(message.content()));
      }
      case GROUP -> {
        Group group = groups.get(caller, new ConversationId(target)).group();
        yield new Seen(group.owner(), group.name() + "\n" + group.introduction());
      }
    };
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
    };
  }

  /// Reports, newest first.
  ///
  /// @param open only those that nobody has resolved
  /// @throws Fault INVALID_FIELD for a cursor of another list
  public Slice<Report> list(boolean open, Slice.Request part) {
    long below = part.after(Long.MAX_VALUE)[0];
    List<Report> found = platform.db().read(tx -> store.list(tx, open, below, part.looked()));
    return Slice.of(part, found, last -> Cursor.of(last.id()));
  }

  /// Reports above `above`, oldest first: for reading all of them.
  public List<Report> after(long above, int rows) {
    return platform.db().read(tx -> store.after(tx, above, rows));
  }

  /// Closes a report.
  ///
  /// @throws Fault NOT_FOUND; FAILED_PRECONDITION if it is resolved; TOO_LARGE
  public void resolve(Caller operator, long id, String remark) {
    Audit.reason("remark", remark);
    platform
        .db()
        .write(
            tx -> {
              Report report = store.find(tx, id);
              if (report == null) {
                throw Fault.of(FaultCode.NOT_FOUND, "no report " + id);
              }
              if (report.resolution() != null) {
                throw Fault.of(FaultCode.FAILED_PRECONDITION, "the report is resolved already");
              }
              AccountId by = operator.accountId();
              store.resolve(
                  tx,
                  id,
                  new Report.Resolution(
                      platform.clock().millis(), by == null ? 0 : by.value(), remark));
              audit.record(tx, operator, "report.resolve", "report " + id, remark);
              return id;
            });
  }
}
