package io.parley.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.account.Account;
import io.parley.account.AccountSearch;
import io.parley.account.AliasKind;
import io.parley.account.Profile;
import io.parley.audit.Audit;
import io.parley.audit.Entry;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.feed.post.Moderation;
import io.parley.feed.post.PostReport;
import io.parley.group.GroupInterventions;
import io.parley.group.GroupView;
import io.parley.report.Report;
import io.parley.report.Reports;
import io.parley.session.Proof;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Writes all of one kind as signed JSON lines, a few hundred rows at a time: what is being written
/// when it changes may come in its old or its new state. No passwords, tokens or messages.
public final class Exports {
  /// What can be exported.
  public enum Kind {
    ACCOUNTS,
    GROUPS,
    REPORTS,
    AUDIT;

    /// The kind that is written `name`.
    ///
    /// @throws Fault NOT_FOUND
    public static Kind of(String name) {
      for (Kind kind : values()) {
        if (kind.word().equals(name)) {
          return kind;
        }
      }
      throw Fault.of(FaultCode.NOT_FOUND, "kind: there are accounts, groups, reports and audit");
    }

    /// As it is written in addresses and files.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Where the rows come from.
  public record Sources(
      AccountSearch accounts,
      GroupInterventions groups,
      Reports reports,
      Moderation feed,
      Audit audit) {}

  /// One export on its way; to be closed in any case.
  public final class Running implements AutoCloseable {
    private final Caller operator;
    private final Kind kind;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Running(Caller operator, Kind kind) {
      this.operator = operator;
      this.kind = kind;
    }

    /// Writes everything to `out` and closes it. Blocks as `out` does.
    public void write(OutputStream out) throws IOException {
      SignedLines lines = new SignedLines(out, key);
      ObjectNode head = SignedLines.JSON.createObjectNode();
      head.put("parley_export", 1);
      head.put("kind", kind.word());
      head.put("exported_at", time(clock.millis()));
      head.put("exported_by", String.valueOf(operator.accountId()));
      lines.write(head);
      rows(kind, lines);
      lines.finish();
    }

    /// Twice is once.
    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        running.release();
      }
    }
  }

  private static final int ROWS = 500;
  private static final int RUNNING_MAX = 2;

  private final Sources sources;
  private final ExportKey key;
  private final Clock clock;
  private final Proof proof;
  private final Semaphore running = new Semaphore(RUNNING_MAX);

  /// `proof`: that whoever exports showed the password a short while ago.
  public Exports(Sources sources, ExportKey key, Clock clock, Proof proof) {
    this.proof = proof;
    this.sources = sources;
    this.key = key;
    this.clock = clock;
  }

  /// Base64 of the Ed25519 key that verifies exports of this server.
  public String publicKey() {
    return key.publicKey();
  }

  /// Begins an export, and records that it was begun.
  ///
  /// @throws Fault FORBIDDEN, RIGHT_DORMANT, CONFIRMATION_NEEDED; BUSY while two are being written
  public Running begin(Caller operator, Kind kind) {
    try {
      operator.require(Right.ADMIN);
    } catch (Fault e) {
      proof.refused(operator);
      throw e;
    }
    proof.requireFresh(operator);
    if (!running.tryAcquire()) {
      throw Fault.retry(
          FaultCode.BUSY, RUNNING_MAX + " exports are being written", Duration.ofSeconds(5));
    }
    try {
      sources.audit().record(operator, "export", "export " + kind.word(), "");
    } catch (RuntimeException e) {
      running.release();
      throw e;
    }
    return new Running(operator, kind);
  }

  private void rows(Kind kind, SignedLines lines) throws IOException {
    switch (kind) {
      case ACCOUNTS ->
          all(
              lines,
              above -> sources.accounts().after(above, ROWS),
              profile -> profile.account().id().value(),
              Exports::account);
      case GROUPS ->
          all(
              lines,
              above -> sources.groups().after(above, ROWS),
              view -> view.group().id().value(),
              Exports::group);
      case REPORTS -> {
        all(lines, above -> sources.reports().after(above, ROWS), Report::id, Exports::report);
        feedReports(lines);
      }
      case AUDIT ->
          all(lines, above -> sources.audit().after(above, ROWS), Entry::id, Exports::entry);
    }
  }

  private static <T> void all(
      SignedLines lines,
      LongFunction<List<T>> page,
      ToLongFunction<T> id,
      Function<T, ObjectNode> line)
      throws IOException {
    long above = 0;
    for (List<T> rows = page.apply(0); !rows.isEmpty(); rows = page.apply(above)) {
      for (T row : rows) {
        lines.write(line.apply(row));
      }
      above = id.applyAsLong(rows.getLast());
    }
  }

  private void feedReports(SignedLines lines) throws IOException {
    long post = 0;
    long account = 0;
    List<PostReport> rows = sources.feed().after(post, account, ROWS);
    while (!rows.isEmpty()) {
      for (PostReport row : rows) {
        ObjectNode line = SignedLines.JSON.createObjectNode();
        line.put("kind", "feed");
        line.put("target_id", row.post().toString());
        line.put("reporter_id", row.report().account().toString());
        line.put("reason", row.report().reason());
        line.put("excerpt", row.report().excerpt());
        line.put("created_at", time(row.report().createdAt()));
        line.put("resolved_at", time(row.report().resolvedAt()));
        lines.write(line);
      }
      post = rows.getLast().post().value();
      account = rows.getLast().report().account().value();
      rows = sources.feed().after(post, account, ROWS);
    }
  }

  private static ObjectNode account(Profile profile) {
    Account account = profile.account();
    ObjectNode line = SignedLines.JSON.createObjectNode();
    line.put("id", account.id().toString());
    for (AliasKind kind : AliasKind.values()) {
      String name = profile.names().get(kind);
      String field = kind == AliasKind.NICKNAME ? "login_nickname" : kind.name();
      line.put(field.toLowerCase(Locale.ROOT), name);
    }
    line.put("nickname", account.nickname());
    line.put("gender", account.gender().name().toLowerCase(Locale.ROOT));
    line.put("avatar_url", account.avatarUrl());
    var rights = line.putArray("rights");
    account.rights().stream()
        .sorted()
        .forEach(right -> rights.add(right.name().toLowerCase(Locale.ROOT)));
    line.put("disabled", account.disabled());
    line.put("created_at", time(account.createdAt()));
    line.put("updated_at", time(account.updatedAt()));
    line.put("deleted_at", time(account.deletedAt()));
    return line;
  }

  private static ObjectNode group(GroupView view) {
    ObjectNode line = SignedLines.JSON.createObjectNode();
    line.put("id", view.group().id().toString());
    line.put("name", view.group().name());
    line.put("introduction", view.group().introduction());
    line.put("owner_id", view.group().owner().toString());
    line.put("members", view.members());
    line.put("join_policy", view.group().joinPolicy().name().toLowerCase(Locale.ROOT));
    line.put("created_at", time(view.group().createdAt()));
    return line;
  }

  private static ObjectNode report(Report report) {
    ObjectNode line = SignedLines.JSON.createObjectNode();
    line.put("id", Long.toString(report.id()));
    line.put("kind", report.kind().name().toLowerCase(Locale.ROOT));
    line.put("target_id", Long.toString(report.target()));
    line.put("group_id", report.group() == 0 ? null : Long.toString(report.group()));
    line.put("subject_id", report.subject().toString());
    line.put("reporter_id", report.reporter().toString());
    line.put("reason", report.reason());
    line.put("excerpt", report.excerpt());
    line.put("created_at", time(report.createdAt()));
    Report.Resolution resolution = report.resolution();
    if (resolution != null) {
      line.put("resolved_at", time(resolution.at()));
      line.put("resolved_by", Long.toString(resolution.by()));
      line.put("remark", resolution.remark());
      line.put("answer", resolution.answer());
    }
    return line;
  }

  private static ObjectNode entry(Entry entry) {
    ObjectNode line = SignedLines.JSON.createObjectNode();
    line.put("id", Long.toString(entry.id()));
    line.put("at", time(entry.at()));
    line.put("operator_id", Long.toString(entry.operator()));
    line.put("act", entry.act());
    line.put("target", entry.target());
    line.put("details", entry.details());
    line.put("address", entry.address());
    line.put("program", entry.program());
    return line;
  }

  private static @Nullable String time(@Nullable Long epochMs) {
    return epochMs == null ? null : Instant.ofEpochMilli(epochMs).toString();
  }
}
