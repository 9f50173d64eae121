package io.parley.blob;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import io.parley.base.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Copies all blobs of one place to another, and reads back what it wrote. What is at the target
/// already is passed over, so that a run that was interrupted is started again and goes on.
public final class Moving {
  /// How far it has got. Called by several threads, one at a time.
  public interface Progress {
    /// @param part of the bytes of the source, 0 … 1
    /// @param blobs that were looked at in this run
    void at(double part, long blobs);
  }

  /// What was done.
  ///
  /// @param blobs,bytes of the source
  /// @param copied blobs that were not at the target
  /// @param foreign blobs of those whose names were made with another key: they were compared with
  ///     the source instead
  public record Result(long blobs, long bytes, long copied, long foreign) {}

  /// A blob is not at the target as it is at the source; the text names it.
  public static final class Differs extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Differs(String text) {
      super(text);
    }
  }

  private static final int AT_ONCE = 8;

  private final Blobs from;
  private final Blobs to;
  private final BlobNames names;
  private final Progress progress;
  private final LongAdder copied = new LongAdder();
  private final LongAdder foreign = new LongAdder();
  private long blobs;
  private long bytes;
  private long doneBlobs;
  private long doneBytes;

  public Moving(Blobs from, Blobs to, BlobNames names, Progress progress) {
    this.from = from;
    this.to = to;
    this.names = names;
    this.progress = progress;
  }

  private interface Step {
    /// @param there whether the target has one of that name and size
    void on(Blobs.Listed blob, boolean there) throws IOException;
  }

  /// Copies what the target does not have. Afterwards it has all that the source had when it began.
  ///
  /// @throws Fault UNAVAILABLE if one of the two fails; what was copied stays
  /// @throws Differs if a blob could not be read back as it is
  public Result copy() {
    count();
    each(
        (blob, there) -> {
          if (!there) {
            to.put(blob.name(), found(from, blob.name()));
            requireSame(blob.name());
            copied.increment();
          }
        });
    each(
        (blob, there) -> {
          if (!there) {
            throw new Differs("not at the target after all: " + blob.name());
          }
        });
    return new Result(blobs, bytes, copied.sum(), foreign.sum());
  }

  /// Takes out of the source what is at the target, each blob once it was read there.
  ///
  /// @return how many
  /// @throws Differs if one is not at the target; it and what comes after it stays
  public long deleteSource() {
    count();
    LongAdder deleted = new LongAdder();
    each(
        (blob, there) -> {
          if (!there) {
            throw new Differs("not at the target: " + blob.name());
          }
          requireSame(blob.name());
          from.delete(blob.name());
          deleted.increment();
        });
    return deleted.sum();
  }

  private void count() {
    blobs = 0;
    bytes = 0;
    for (Iterator<Blobs.Listed> all = all(from); all.hasNext(); ) {
      bytes += all.next().size();
      blobs++;
    }
  }

  /// Takes `step` on all blobs of the source, several at once. The first failure ends it.
  private void each(Step step) {
    doneBlobs = 0;
    doneBytes = 0;
    Semaphore places = new Semaphore(AT_ONCE);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    PeekingIterator<Blobs.Listed> target = Iterators.peekingIterator(all(to));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Iterator<Blobs.Listed> all = all(from); all.hasNext() && failure.get() == null; ) {
        Blobs.Listed blob = all.next();
        boolean there = isNext(target, blob);
        places.acquireUninterruptibly();
        threads.execute(
            () -> {
              try {
                step.on(blob, there);
                done(blob);
              } catch (IOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
              } finally {
                places.release();
              }
            });
      }
    }
    Throwable failed = failure.get();
    switch (failed) {
      case null -> {}
      case IOException e -> throw Incoming.failed(e);
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(failed);
    }
  }

  private synchronized void done(Blobs.Listed blob) {
    doneBlobs++;
    doneBytes += blob.size();
    progress.at(bytes == 0 ? 1 : Math.min(1, (double) doneBytes / bytes), doneBlobs);
  }

  /// Both lists are in the order of names.
  private static boolean isNext(PeekingIterator<Blobs.Listed> target, Blobs.Listed blob) {
    while (target.hasNext() && target.peek().name().compareTo(blob.name()) < 0) {
      target.next();
    }
    return target.hasNext() && target.peek().equals(blob);
  }

  private static Iterator<Blobs.Listed> all(Blobs blobs) {
    return new AbstractIterator<>() {
      private Iterator<Blobs.Listed> page = List.<Blobs.Listed>of().iterator();
      private String last = "";

      @Override
      protected Blobs.@Nullable Listed computeNext() {
        if (!page.hasNext()) {
          page = blobs.list(last).iterator();
        }
        if (!page.hasNext()) {
          return endOfData();
        }
        Blobs.Listed next = page.next();
        last = next.name();
        return next;
      }
    };
  }

  private void requireSame(String name) throws IOException {
    Content there = found(to, name);
    if (names.fits(name, there)) {
      return;
    }
    if (!sha256(found(from, name)).equals(sha256(there))) {
      throw new Differs("not the same at the target: " + name);
    }
    foreign.increment();
  }

  private static Content found(Blobs blobs, String name) {
    Content found = blobs.find(name);
    if (found == null) {
      throw new Differs("gone since it was listed: " + name);
    }
    return found;
  }

  private static String sha256(Content content) throws IOException {
    try (InputStream in = content.read()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] part = new byte[1 << 16];
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        digest.update(part, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
