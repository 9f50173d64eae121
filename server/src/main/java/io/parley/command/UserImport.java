package io.parley.command;

import io.parley.account.Imports;
import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/// One run of an import: reads and hashes a batch while the one before is being written.
final class UserImport {
  /// @param whole whether the file's end was reached
  record Outcome(Imports.Progress progress, boolean whole) {}

  private static final int BATCH = 10_000;

  private final Imports imports;
  private final Path file;
  private final Clock clock;
  private final BooleanSupplier stopping;

  /// `stopping`: asked before each row; the batch that is begun is finished.
  UserImport(Imports imports, Path file, Clock clock, BooleanSupplier stopping) {
    this.imports = imports;
    this.file = file;
    this.clock = clock;
    this.stopping = stopping;
  }

  Outcome run() throws IOException {
    String key = key();
    Imports.Progress before = imports.resume(key);
    Path rejected = file.resolveSibling(file.getFileName() + ".rejected");
    ProgressLine shown = new ProgressLine(clock, System.err, "rows");
    try (UserFile users = new UserFile(file);
        RejectedRows rejections = new RejectedRows(rejected, users, before)) {
      skip(users, before.line());
      CompletableFuture<Imports.Progress> written = CompletableFuture.completedFuture(before);
      while (!users.ended() && !stopping.getAsBoolean()) {
        List<Imports.Row> rows = new ArrayList<>(BATCH);
        List<UserFile.Row> wrong = new ArrayList<>();
        read(users, rows, wrong, rejections);
        Imports.Progress reached = join(written);
        shown.at(part(users), done(reached) - done(before));
        rejections.forget(reached.line());
        wrong.forEach(row -> rejections.reject(row.line(), String.valueOf(row.wrong())));
        written = submit(key, new Imports.Batch(rows, reached, users.line()), rejections);
      }
      Imports.Progress reached = join(written);
      shown.at(users.ended() ? 1 : part(users), done(reached) - done(before));
      shown.end();
      if (users.ended()) {
        imports.finish(key);
      }
      return new Outcome(reached, users.ended());
    }
  }

  private static long done(Imports.Progress progress) {
    return progress.imported() + progress.skipped() + progress.rejected();
  }

  private double part(UserFile users) throws IOException {
    return Math.min(0.999, (double) users.position() / Math.max(1, Files.size(file)));
  }

  /// The file as it is now: another one under the same name begins anew.
  private String key() throws IOException {
    return file.toRealPath()
        + " "
        + Files.size(file)
        + " "
        + Files.getLastModifiedTime(file).toMillis();
  }

  private static void skip(UserFile users, long line) throws IOException {
    // Rows are few bytes and read far faster than they are written.
    while (users.line() < line && !users.ended()) {
      var unused = users.next();
    }
  }

  /// Fills a batch with rows and with what is wrong.
  private void read(
      UserFile users, List<Imports.Row> rows, List<UserFile.Row> wrong, RejectedRows rejections)
      throws IOException {
    while (rows.size() + wrong.size() < BATCH && !stopping.getAsBoolean()) {
      UserFile.Row row = users.next();
      if (row == null) {
        return;
      }
      rejections.remember(row.line(), row.text());
      if (row.wrong() != null) {
        wrong.add(row);
        continue;
      }
      try {
        rows.add(imports.row(row.line(), row.fields()));
      } catch (Fault e) {
        wrong.add(new UserFile.Row(row.line(), row.text(), row.fields(), e.text()));
      }
    }
  }

  private CompletableFuture<Imports.Progress> submit(
      String key, Imports.Batch batch, RejectedRows rejections) {
    CompletableFuture<Imports.Progress> written = new CompletableFuture<>();
    imports.submit(
        key,
        batch,
        rejections,
        new Completion<>() {
          @Override
          public void done(Imports.Progress progress) {
            written.complete(progress);
          }

          @Override
          public void failed(Fault fault) {
            written.completeExceptionally(fault);
          }
        });
    return written;
  }

  private static Imports.Progress join(CompletableFuture<Imports.Progress> written) {
    try {
      return written.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Fault fault ? fault : e;
    }
  }
}
