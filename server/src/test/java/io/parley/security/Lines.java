package io.parley.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// What the security log writes while this is open.
public final class Lines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(SecurityLog.NAME);
  private final Level before = logger.getLevel();

  /// Hears it from now on; nobody else does.
  @SuppressWarnings("this-escape")
  public Lines() {
    setContext(logger.getLoggerContext());
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    start();
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getFormattedMessage());
    arrived.add(event.getFormattedMessage());
  }

  public List<String> all() {
    return lines;
  }

  /// The next one that nobody took yet, or an error after 10 s.
  public String next() throws InterruptedException {
    String line = arrived.poll(10, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("no line was written");
    }
    return line;
  }

  /// Those of one event.
  public List<String> of(String event) {
    return lines.stream().filter(line -> line.startsWith("event=" + event + " ")).toList();
  }

  /// The sum of what the lines of an event say of `key`.
  public long sum(String event, String key) {
    return of(event).stream()
        .mapToLong(line -> Long.parseLong(line.replaceAll(".* " + key + "=(\\d+).*", "$1")))
        .sum();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setAdditive(true);
    logger.setLevel(before);
  }
}
