package io.parley.face.web;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.base.Cancellable;
import io.parley.base.Fault;
import io.parley.blob.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One part of an upload on its way to a caller: a piece is read when the one before it was taken,
/// so that a slow caller fills no memory, and none is read for a caller that has gone.
///
/// A caller that takes nothing for a while has what it reads from closed, and opened again when it
/// goes on: it holds none of the few places at a store while it sleeps.
final class Download {
  private static final int PIECE_BYTES = 65_536;
  private static final long SLEEPS_AFTER_S = 5;

  private final HttpResponseWriter writer = HttpResponse.streaming();
  private final Cancellable work = new Cancellable();
  private final ServiceRequestContext context;
  private final Executor executor;
  private final Content content;
  private final long end;
  private long at;
  private boolean waiting;
  private @Nullable InputStream in;
  private @Nullable ScheduledFuture<?> sleep;

  private Download(
      ServiceRequestContext context, Executor executor, Content content, long from, long length) {
    this.context = context;
    this.executor = executor;
    this.content = content;
    this.at = from;
    this.end = from + length;
  }

  /// Answers with `headers` and a part of `content`. Waits until that is open.
  ///
  /// @param executor runs what may wait
  /// @param length above 0
  /// @throws Fault as [Content#read]
  static HttpResponse of(
      ServiceRequestContext context,
      Executor executor,
      ResponseHeaders headers,
      Content content,
      long from,
      long length) {
    Download download = new Download(context, executor, content, from, length);
    download.begin(headers);
    return download.writer;
  }

  private void begin(ResponseHeaders headers) {
    writer
        .whenComplete()
        .whenComplete(
            (done, gone) -> {
              if (gone != null) {
                work.cancel();
                executor.execute(this::leave);
              }
            });
    work.run(
        () -> {
          open();
          return null;
        });
    writer.write(headers);
    executor.execute(this::next);
  }

  private synchronized void open() {
    try {
      in = content.read(at, end - at);
    } catch (IOException e) {
      throw StoredFile.unreadable();
    }
  }

  private void next() {
    work.run(
        () -> {
          step();
          return null;
        });
  }

  private synchronized void step() {
    waiting = false;
    if (sleep != null) {
      sleep.cancel(false);
    }
    if (!writer.isOpen()) {
      leave();
      return;
    }
    try {
      if (in == null) {
        open();
      }
      HttpData piece = piece(in);
      if (!writer.tryWrite(piece)) {
        leave();
      } else if (at == end) {
        leave();
        writer.close();
      } else {
        await();
      }
    } catch (IOException | RuntimeException e) {
      // The head has gone out: what is left to tell is that the rest will not come.
      leave();
      writer.close(e);
    }
  }

  private HttpData piece(@Nullable InputStream from) throws IOException {
    byte[] bytes = new byte[(int) Math.min(PIECE_BYTES, end - at)];
    int read = from == null ? 0 : from.readNBytes(bytes, 0, bytes.length);
    if (read < bytes.length) {
      throw new IOException("an upload has ended too early");
    }
    at += read;
    return HttpData.wrap(bytes);
  }

  private void await() {
    waiting = true;
    sleep =
        context
            .eventLoop()
            .schedule(() -> executor.execute(this::sleep), SLEEPS_AFTER_S, TimeUnit.SECONDS);
    writer
        .whenConsumed()
        .whenComplete(
            (taken, gone) -> {
              if (gone == null) {
                executor.execute(this::next);
              }
            });
  }

  private synchronized void sleep() {
    if (waiting) {
      leave();
    }
  }

  private synchronized void leave() {
    if (in != null) {
      try {
        in.close();
      } catch (IOException e) {
        // Nothing more is wanted of it.
      }
      in = null;
    }
  }
}
