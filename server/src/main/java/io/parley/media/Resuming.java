package io.parley.media;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.platform.Platform;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uploads that come in parts, each over a connection of its own, so that one that is lost costs
/// only what was on its way.
///
/// They are known to this process alone and end with it. Somebody else's is not there. One that
/// nobody goes on with for `limits.unfinished_upload_s` is removed; so long what became of one that
/// was stored is remembered, for whoever did not hear it.
public final class Resuming implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Resuming.class);
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final Media media;
  private final Ids ids;
  private final Clock clock;
  private final Limits limits;
  private final Duration unused;

  /// By id, oldest first; what is stored included.
  private final Map<Long, Unfinished> all = new LinkedHashMap<>();

  private final Thread sweeper;

  public Resuming(Platform platform, Media media, Limits limits) {
    this.media = media;
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.limits = limits;
    this.unused = Duration.ofSeconds(limits.unfinishedUploadS());
    this.sweeper = Thread.ofVirtual().name("unfinished-uploads").start(this::sweepAlways);
  }

  /// How far an upload is.
  ///
  /// @param offset bytes received
  /// @param length bytes of the whole
  /// @param stored whether it is an upload like any other by now
  public record Progress(long offset, long length, boolean stored) {}

  /// Begins an upload of `length` bytes, and keeps so much of the caller's quota for it.
  ///
  /// @param picture whether it has to be one
  /// @return its id, good for the caller's account
  /// @throws Fault INVALID_FIELD, TOO_LARGE, QUOTA; BUSY if `limits.unfinished_uploads_max` are
  ///     unfinished, or `limits.unfinished_uploads_per_account_max` of the caller's; UNAVAILABLE if
  ///     the disk has no room, or fails
  public long begin(Caller caller, long length, boolean picture) {
    AccountId account = caller.requireAccount();
    int max = picture ? limits.imageBytesMax() : limits.fileBytesMax();
    if (length < 1) {
      throw Fault.invalid("Upload-Length", "at least 1");
    }
    if (length > max) {
      String key = picture ? "image" : "file";
      throw Fault.of(FaultCode.TOO_LARGE, "over limits." + key + "_bytes_max of " + max);
    }
    Upload upload = media.promise(account, length);
    try {
      Unfinished begun = new Unfinished(ids.next(), account, length, picture, upload, clock);
      admit(begun);
      return begun.id();
    } catch (RuntimeException | Error e) {
      upload.close();
      throw e;
    }
  }

  private synchronized void admit(Unfinished begun) {
    Predicate<Unfinished> own = each -> each.owner().equals(begun.owner());
    int ownMax = limits.unfinishedUploadsPerAccountMax();
    int max = limits.unfinishedUploadsMax();
    if (all.values().stream().filter(own).count() >= ownMax && !forgetStored(own)) {
      throw busy("limits.unfinished_uploads_per_account_max = " + ownMax);
    }
    if (all.size() >= max && !forgetStored(each -> true)) {
      throw busy("limits.unfinished_uploads_max = " + max);
    }
    all.put(begun.id(), begun);
  }

  /// Those that are only remembered make room for one that is begun.
  private boolean forgetStored(Predicate<Unfinished> which) {
    for (Unfinished each : all.values()) {
      if (which.test(each) && each.stored() != null) {
        all.remove(each.id());
        return true;
      }
    }
    return false;
  }

  private static Fault busy(String limit) {
    return Fault.retry(FaultCode.BUSY, limit + " uploads are unfinished", Duration.ofSeconds(60));
  }

  /// How far an upload of the caller's is. Whoever is writing it is ended first, so that the answer
  /// stays true until the caller goes on.
  ///
  /// @throws Fault NOT_FOUND; BUSY
  public Progress progress(Caller caller, long id) {
    Unfinished upload = require(caller, id);
    try (Unfinished.Turn turn = upload.take(() -> {})) {
      return new Progress(turn.offset(), upload.length(), upload.stored() != null);
    }
  }

  /// Goes on with an upload of the caller's, in place of whoever is writing it. To be closed.
  ///
  /// @param end ends what the caller does; never blocks, may come more than once
  /// @throws Fault NOT_FOUND; BUSY also where [Media#receive] is
  public Writing write(Caller caller, long id, Runnable end) {
    Unfinished upload = require(caller, id);
    Unfinished.Turn turn = upload.take(end);
    try {
      return new Writing(caller, upload, turn, media.place(upload.owner()));
    } catch (RuntimeException | Error e) {
      turn.close();
      throw e;
    }
  }

  /// Removes an upload of the caller's, stored or not; what was stored stays.
  ///
  /// @throws Fault NOT_FOUND; BUSY
  public void drop(Caller caller, long id) {
    try (Unfinished.Turn turn = require(caller, id).take(() -> {})) {
      turn.remove();
    }
    forget(id);
  }

  private synchronized Unfinished require(Caller caller, long id) {
    Unfinished found = all.get(id);
    if (found == null || !found.owner().equals(caller.requireAccount()) || found.expire(unused)) {
      throw Unfinished.notFound();
    }
    return found;
  }

  private synchronized void forget(long id) {
    all.remove(id);
  }

  private void sweepAlways() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        sweep();
      } catch (RuntimeException | Error e) {
        log.error("an unfinished upload could not be removed", e);
      }
      Clock.SYSTEM.sleep(SWEEP);
    }
  }

  private void sweep() {
    List<Unfinished> now;
    synchronized (this) {
      now = List.copyOf(all.values());
    }
    for (Unfinished each : now) {
      if (each.expire(unused)) {
        forget(each.id());
      }
    }
  }

  @Override
  public void close() {
    sweeper.interrupt();
  }

  /// One part of an upload while it comes. Not for several threads at once.
  public final class Writing implements AutoCloseable {
    private final Caller caller;
    private final Unfinished upload;
    private final Unfinished.Turn turn;
    private final Runnable release;

    private Writing(Caller caller, Unfinished upload, Unfinished.Turn turn, Runnable release) {
      this.caller = caller;
      this.upload = upload;
      this.turn = turn;
      this.release = release;
    }

    /// Bytes received so far, of all parts.
    public long offset() {
      return turn.offset();
    }

    /// Bytes of the whole.
    public long length() {
      return upload.length();
    }

    /// Writes the bytes that come next, at most as many as are missing.
    ///
    /// @throws Fault UNAVAILABLE if the disk has no room
    public void write(byte[] bytes) throws IOException {
      turn.write(bytes);
    }

    /// Stores the upload as [Media#store] does if all of it is there; what was stored before is
    /// answered again.
    ///
    /// @return null as long as bytes are missing
    /// @throws Fault as [Media#store] does. After TOO_LARGE, MALFORMED and QUOTA it is removed,
    ///     after others its bytes are kept for another try
    public @Nullable Stored finish() {
      Stored before = upload.stored();
      if (before != null || offset() < length()) {
        return before;
      }
      try {
        Stored stored = media.store(caller, upload.upload());
        if (upload.picture()) {
          stored.requirePicture();
        }
        turn.became(stored);
        return stored;
      } catch (Fault e) {
        switch (e.code()) {
          case TOO_LARGE, MALFORMED, QUOTA -> turn.remove();
          default -> turn.forgetIfLost();
        }
        throw e;
      }
    }

    @Override
    public void close() {
      release.run();
      turn.close();
      if (upload.expire(unused)) {
        forget(upload.id());
      }
    }
  }
}
