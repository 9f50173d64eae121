package io.parley.store;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Histogram;
import io.parley.base.Limits;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The database: reads on pooled connections, writes through the one [Writer].
///
/// A write returns after its commit is on disk. Reads see every write that has returned.
public final class Db implements AutoCloseable {
  private static final int READERS = 4;
  private static final Duration READER_WAIT = Duration.ofSeconds(5);

  private final BlockingQueue<Tx> readers = new ArrayBlockingQueue<>(READERS);
  private final Tx writing;
  private final Writer writer;

  /// Opens the database at `url` and brings its tables up to date.
  ///
  /// @param url `sqlite`: the file `parley.db` in `dir`
  /// @throws StoreException if the database is newer than this program, or its migrations were
  ///     altered
  public static Db open(String url, Path dir, Limits limits) {
    try {
      return new Db(dialect(url, dir), limits);
    } catch (SQLException e) {
      throw new StoreException("cannot open " + url, e);
    }
  }

  private static Dialect dialect(String url, Path dir) {
    if (!url.equals("sqlite")) {
      throw new StoreException("store.url: only sqlite is known, not " + url);
    }
    return new Sqlite(dir.resolve("parley.db"));
  }

  /// Writes a consistent copy of the database at `url` to `file`, which must not exist, whether or
  /// not a server has it open.
  public static void copy(String url, Path dir, Path file) {
    Dialect dialect = dialect(url, dir);
    try (Tx reader = new Tx(dialect.openReader(), dialect)) {
      dialect.backup(reader.connection(), file);
    } catch (SQLException e) {
      throw new StoreException("cannot copy the records to " + file, e);
    }
  }

  private Db(Dialect dialect, Limits limits) throws SQLException {
    writing = new Tx(dialect.openWriter(), dialect);
    Migrations.run(writing, dialect);
    for (int i = 0; i < READERS; i++) {
      readers.add(new Tx(dialect.openReader(), dialect));
    }
    writer = new Writer(writing, limits.writeQueueMax(), limits.writeBatchMax());
  }

  /// Runs `work` on a connection that cannot write.
  ///
  /// @throws Fault BUSY if no connection comes free within 5 s
  public <T extends @Nullable Object> T read(Work<T> work) {
    Tx tx = borrow();
    try {
      return work.run(tx);
    } finally {
      readers.add(tx);
    }
  }

  /// Runs `work` in the next commit and returns its result once that is on disk.
  ///
  /// @throws Fault what `work` threw, or BUSY if too many writes wait
  public <T extends @Nullable Object> T write(Work<T> work) {
    Waiting<T> waiting = new Waiting<>();
    writer.submit(work, waiting);
    return waiting.await();
  }

  /// Queues `work` for the next commit and returns at once. Operations run, commit and complete in
  /// the order submitted.
  ///
  /// @throws Fault BUSY if too many writes wait; `completion` then hears nothing
  public <T extends @Nullable Object> void submit(Work<T> work, Completion<T> completion) {
    writer.submit(work, completion);
  }

  /// Writes that wait for the writer.
  public int writesWaiting() {
    return writer.waiting();
  }

  /// Writes committed since the start.
  public long writes() {
    return writer.operations.sum();
  }

  /// Commits since the start: [#writes] over this is how many share an fsync.
  public long commits() {
    return writer.batches.sum();
  }

  /// Microseconds from queueing a write to its commit on disk.
  public Histogram writeLatency() {
    return writer.latency;
  }

  /// Finishes queued writes, tells their callers, closes.
  @Override
  public void close() {
    try {
      writer.close();
      writing.close();
      for (int i = 0; i < READERS; i++) {
        borrow().close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Tx borrow() {
    try {
      Tx tx = readers.poll(READER_WAIT.toSeconds(), TimeUnit.SECONDS);
      if (tx == null) {
        throw Fault.retry(FaultCode.BUSY, "the store is busy", Duration.ofSeconds(1));
      }
      return tx;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Fault.of(FaultCode.UNAVAILABLE, "interrupted");
    }
  }

  /// A caller that blocks until its write ended. It waits through interrupts: a write that was
  /// queued will happen, and its caller must learn how.
  private static final class Waiting<T extends @Nullable Object> implements Completion<T> {
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable T result;
    private @Nullable Fault fault;

    @Override
    public void done(T value) {
      result = value;
      ended.countDown();
    }

    @Override
    public void failed(Fault why) {
      fault = why;
      ended.countDown();
    }

    @SuppressWarnings("NullAway") // a null result is what the work returned
    T await() {
      boolean interrupted = false;
      while (true) {
        try {
          ended.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (fault != null) {
        throw fault;
      }
      return result;
    }
  }
}
