package io.parley.store;

import io.parley.base.Completion;
import io.parley.base.Durable;
import io.parley.base.Fault;
import io.parley.base.Heartbeat;
import io.parley.base.Histogram;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The database: reads on pooled connections, writes through the one [Writer]. Where several
/// servers write, a second one has what they can write at the same time: [Together#sharesTurn].
///
/// A write returns after its commit is on disk. Reads see every write that has returned.
public final class Db implements AutoCloseable {
  private final Readers readers;
  private final boolean shared;
  private final Histogram latency = new Histogram();
  private final List<WriteConnection> connections;
  private final Writer writer;

  /// The same as [#writer] where there are no other servers.
  private final Writer sender;

  /// Opens the database and brings its tables up to date.
  ///
  /// @throws StoreException if it cannot be reached, another program writes to it, it is newer than
  ///     this program, its migrations were altered, or it cannot hold what Parley stores
  public static Db open(StoreSettings settings, Path dir, Limits limits) {
    try {
      return new Db(settings.dialect(dir), limits);
    } catch (SQLException e) {
      throw new StoreException("cannot open " + settings.shown() + ": " + e.getMessage(), e);
    }
  }

  /// Writes a consistent copy of the database to `file`, which must not exist, whether or not a
  /// server has it open.
  ///
  /// @throws StoreException if that fails, or the engine has a tool of its own for it
  public static void copy(StoreSettings settings, Path dir, Path file) {
    Dialect dialect = settings.dialect(dir);
    try (Tx reader = Tx.reader(dialect)) {
      dialect.backup(reader.connection(), file);
      Durable.sync(file);
      Durable.syncFolderOf(file);
    } catch (SQLException | IOException e) {
      throw new StoreException("cannot copy the records to " + file, e);
    }
  }

  Db(Dialect dialect, Limits limits) throws SQLException {
    shared = dialect.isRemote();
    Tx writing = Tx.writer(dialect);
    Tx sending = writing;
    try {
      dialect.check(writing.connection());
      dialect.alone(writing.connection(), () -> Migrations.run(writing, dialect));
      Move.requireWhole(writing);
      dialect.settle();
      if (shared) {
        sending = Tx.writer(dialect);
      }
      // Last: there is nobody yet who would close them.
      readers = new Readers(dialect);
    } catch (IOException e) {
      writing.drop();
      throw new SQLException(e);
    } catch (SQLException | RuntimeException e) {
      writing.drop();
      if (sending != writing) {
        sending.drop();
      }
      throw e;
    }
    var whole = new WriteConnection(WriteConnection.Turn.WHOLE, writing, dialect, readers);
    writer =
        new Writer(new Writer.Names("parley-writer", "parley-commits"), whole, limits, latency);
    if (!shared) {
      connections = List.of(whole);
      sender = writer;
      return;
    }
    var part = new WriteConnection(WriteConnection.Turn.SHARED, sending, dialect, readers);
    connections = List.of(whole, part);
    sender = new Writer(new Writer.Names("parley-sender", "parley-sent"), part, limits, latency);
  }

  /// Runs `work` on a connection that cannot write.
  ///
  /// @throws Fault BUSY if no connection comes free within 5 s, UNAVAILABLE if the disk fails
  public <T extends @Nullable Object> T read(Work<T> work) {
    return readers.read(work);
  }

  /// The same on a connection that [#read] does not use, for a thread that must not wait for
  /// callers.
  public <T extends @Nullable Object> T readApart(Work<T> work) {
    return readers.readApart(work);
  }

  /// Whether other servers may use the same records at the same time. They take turns in writing:
  /// what one commits is seen by all, and [Ids] grow from turn to turn, whoever makes them. Where
  /// they share one, in which messages are stored, they grow within each conversation.
  public boolean isShared() {
    return shared;
  }

  /// Has `ids` begin above every id that was ever stored, and the store remember how far they came.
  /// Once, before the first id is made.
  ///
  /// @param node this server's number; where [#isShared], one that the table `node` has for it, and
  ///     that it may write under as long as that is so
  public void begin(Ids ids, Node node) {
    ids.startAbove(read(Tx::newest));
    connections.forEach(each -> each.begin(ids, node));
  }

  /// Runs `work` in the next commit and returns its result once that is on disk.
  ///
  /// @throws Fault what `work` threw, BUSY if too many writes wait, or UNAVAILABLE if the disk took
  ///     none; then nobody sees it while this process lives, and a restart may find it
  public <T extends @Nullable Object> T write(Work<T> work) {
    Waiting<T> waiting = new Waiting<>();
    submit(work, waiting);
    return waiting.await();
  }

  /// The same for what is done together with others of its kind that wait.
  ///
  /// @throws Fault as [#write]
  public <I, O> O write(Together<I, O> together, I item) {
    Waiting<O> waiting = new Waiting<>();
    submit(together, item, waiting);
    return waiting.await();
  }

  /// Makes `change` in the next commit and returns once that is on disk.
  ///
  /// @throws Fault as [#write]
  public void change(Change change) {
    Waiting<@Nullable Void> waiting = new Waiting<>();
    submit(
        tx -> {
          change.make(tx);
          return null;
        },
        waiting);
    waiting.await();
  }

  /// Queues `work` for the next commit and returns at once. Operations run, commit and complete in
  /// the order submitted, but for those that share a turn, which keep an order of their own.
  ///
  /// @throws Fault BUSY if too many writes wait, UNAVAILABLE while the disk takes none;
  ///     `completion` then hears nothing
  public <T extends @Nullable Object> void submit(Work<T> work, Completion<T> completion) {
    writer.submit(Operation.alone(work, completion));
  }

  /// The same for what is done together with others of its kind that wait.
  ///
  /// @throws Fault as [#submit]
  public <I, O> void submit(Together<I, O> together, I item, Completion<O> completion) {
    Writer its = together.sharesTurn() ? sender : writer;
    its.submit(Operation.shared(together, item, completion));
  }

  /// Has all ids that were committed until now become [Tx#settled], as soon as it can be done: does
  /// not wait for it.
  public void settle() {
    settle(Completion.ignored());
  }

  /// The same, waiting so long at most. Whether it was done is for the caller to look at.
  public void settle(Duration patience) {
    Waiting<@Nullable Void> waiting = new Waiting<>();
    settle(waiting);
    waiting.await(patience);
  }

  private void settle(Completion<@Nullable Void> completion) {
    try {
      // A turn moves the mark above all that was committed before it came.
      submit(tx -> null, completion);
    } catch (Fault e) {
      completion.failed(e);
    }
  }

  private Stream<Writer> writers() {
    return sender == writer ? Stream.of(writer) : Stream.of(writer, sender);
  }

  /// Writes that wait to be run.
  public int writesWaiting() {
    return writers().mapToInt(Writer::waiting).sum();
  }

  /// Whether the last try to write went well. While it did not, all writes are refused and a new
  /// one is tried at least every second.
  public boolean writable() {
    return writers().allMatch(Writer::works);
  }

  /// The threads that every write goes through.
  public List<Heartbeat> heartbeats() {
    return writers().flatMap(each -> Stream.of(each.writingBeat, each.tellingBeat)).toList();
  }

  /// Writes committed since the start.
  public long writes() {
    return writers().mapToLong(each -> each.operations.sum()).sum();
  }

  /// Commits since the start: [#writes] over this is how many share an fsync.
  public long commits() {
    return writers().mapToLong(each -> each.batches.sum()).sum();
  }

  /// Microseconds from queueing a write to its commit on disk.
  public Histogram writeLatency() {
    return latency;
  }

  /// Finishes queued writes, tells their callers, closes.
  @Override
  public void close() {
    try {
      if (sender != writer) {
        sender.close();
      }
      writer.close();
      readers.close();
      connections.forEach(WriteConnection::close);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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

    void await(Duration patience) {
      try {
        var unused = ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
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
