package io.parley.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.concurrent.atomic.AtomicLong;

/// Between whoever logs and where the lines go: a thread of its own writes them, so that nobody
/// waits for a terminal, a pipe or a disk that takes nothing. While it is full lines are dropped,
/// and counted; the next line that finds room is preceded by one that says how many.
final class LogQueue extends AsyncAppender {
  private static final int LINES_MAX = 2_048;
  private static final int FLUSH_MS = 1_000;

  private final AtomicLong dropped = new AtomicLong();

  LogQueue(LoggerContext context) {
    setContext(context);
    setName("QUEUE");
    setQueueSize(LINES_MAX);
    setDiscardingThreshold(0);
    setNeverBlock(true);
    setMaxFlushTime(FLUSH_MS);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (getRemainingCapacity() == 0) {
      dropped.incrementAndGet();
      return;
    }
    long lost = dropped.get();
    if (lost > 0 && getRemainingCapacity() > LINES_MAX / 2 && dropped.compareAndSet(lost, 0)) {
      super.append(note(lost));
    }
    super.append(event);
  }

  private ILoggingEvent note(long lost) {
    Logger logger = ((LoggerContext) getContext()).getLogger(LogQueue.class);
    return new LoggingEvent(
        LogQueue.class.getName(),
        logger,
        Level.WARN,
        "{} log lines were dropped: nothing took them",
        null,
        new Object[] {lost});
  }
}
