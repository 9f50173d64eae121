package io.parley.media;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.blob.Incoming;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One upload that comes in parts: what has been received of it, and who has its turn.
///
/// One turn is held at a time. Whoever wants it ends the one before: that is a connection which its
/// client has given up, and of which the server has not heard yet. The last to ask gets it.
final class Unfinished {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final long id;
  private final AccountId owner;
  private final long length;
  private final boolean picture;
  private final Upload upload;
  private final Clock clock;
  private long offset;
  private long usedAt;
  private @Nullable Runnable holder;
  private boolean gone;
  private volatile @Nullable Stored stored;

  /// `length`: bytes of the whole; `upload` is closed when they are stored or nobody wants them.
  Unfinished(long id, AccountId owner, long length, boolean picture, Upload upload, Clock clock) {
    this.id = id;
    this.owner = owner;
    this.length = length;
    this.picture = picture;
    this.upload = upload;
    this.clock = clock;
    this.usedAt = clock.nanos();
  }

  long id() {
    return id;
  }

  AccountId owner() {
    return owner;
  }

  long length() {
    return length;
  }

  /// Whether it has to be a picture.
  boolean picture() {
    return picture;
  }

  Upload upload() {
    return upload;
  }

  /// What became of it; null as long as it is not stored.
  @Nullable Stored stored() {
    return stored;
  }

  /// Asks who has the turn to end, and waits for it.
  ///
  /// @param end ends what the new holder does; never blocks, may come more than once
  /// @throws Fault NOT_FOUND if it was removed; BUSY if the one before does not end in time
  synchronized Turn take(Runnable end) {
    long until = Clock.SYSTEM.nanos() + PATIENCE.toNanos();
    while (holder != null) {
      holder.run();
      long left = TimeUnit.NANOSECONDS.toMillis(until - Clock.SYSTEM.nanos());
      if (left <= 0) {
        throw Fault.retry(
            FaultCode.BUSY, "this upload is being written; try again", Duration.ofSeconds(1));
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Fault.of(FaultCode.UNAVAILABLE, "the caller has gone");
      }
    }
    if (gone) {
      throw notFound();
    }
    holder = end;
    return new Turn();
  }

  static Fault notFound() {
    return Fault.of(FaultCode.NOT_FOUND, "no such upload; it may have been removed: begin anew");
  }

  /// Removes it if nobody has used it for `unused`.
  ///
  /// @return whether it is gone
  synchronized boolean expire(Duration unused) {
    if (holder == null && !gone && clock.nanos() - usedAt > unused.toNanos()) {
      remove();
    }
    return gone;
  }

  private synchronized void remove() {
    gone = true;
    upload.close();
  }

  private synchronized void end() {
    holder = null;
    usedAt = clock.nanos();
    notifyAll();
  }

  /// The right to change it; to be closed. Not for several threads at once.
  final class Turn implements AutoCloseable {
    private @Nullable FileChannel channel;

    private Turn() {}

    /// Bytes received so far.
    long offset() {
      return offset;
    }

    /// Writes the bytes that come next, which fit.
    ///
    /// @throws Fault UNAVAILABLE if the disk has no room
    void write(byte[] bytes) throws IOException {
      upload.requireRoom();
      FileChannel to = channel;
      if (to == null) {
        to = FileChannel.open(upload.file(), StandardOpenOption.WRITE);
        channel = to;
      }
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        int _ = to.write(left, offset + left.position());
      }
      // Not before all is written: what a failing disk took in part is written again.
      offset += bytes.length;
    }

    /// All is stored: its bytes are kept no longer, what it became is.
    void became(Stored done) {
      stored = done;
      upload.close();
    }

    /// Storing failed: removes it if nothing is left that another try could store.
    void forgetIfLost() {
      if (!Files.exists(upload.file())) {
        Unfinished.this.remove();
      }
    }

    void remove() {
      Unfinished.this.remove();
    }

    @Override
    public void close() {
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (IOException e) {
        throw Incoming.failed(e);
      } finally {
        end();
      }
    }
  }
}
