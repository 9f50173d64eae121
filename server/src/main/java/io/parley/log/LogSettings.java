package io.parley.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.parley.security.SecurityLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The log: standard error, from the level in the environment's `PARLEY_LOG` up, `warn` unless set,
/// and the security log whatever is set.
/// In code, because reading a configuration file takes a noticeable part of a start; who names a
/// file in the system property `logback.configurationFile` gets what stands there instead.
public final class LogSettings extends ContextAwareBase implements Configurator {
  /// A message is one line: nothing that a stranger gets into it looks like another.
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24}"
          + " - %replace(%msg){'[\\p{Cc}\\u2028\\u2029]', '?'}%n";

  /// They tell of each connection that is not spoken properly, with a stack trace: whoever connects
  /// could fill the disk.
  private static final List<String> STRANGERS =
      List.of(
          "com.linecorp.armeria.internal.common.AbstractHttp2ConnectionHandler",
          "com.linecorp.armeria.server.HttpServerPipelineConfigurator",
          "com.linecorp.armeria.server.HttpServerHandler");

  /// It says at each start that version 1 of server reflection should be served: it is, beside the
  /// older one that some tools still ask for.
  private static final String REFLECTION = "com.linecorp.armeria.server.grpc.GrpcServiceBuilder";

  /// It says at each start that the Reactor which the bus's client brings is too old to be told of
  /// the event loops: nothing of it runs on them.
  private static final String POOLS = "com.linecorp.armeria.common.CommonPools";

  private static volatile @Nullable LoggerContext configured;

  /// For the logging framework, which looks it up as a service.
  public LogSettings() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("STDERR");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(System.getenv("PARLEY_LOG"), Level.WARN));
    LogQueue queue = new LogQueue(context);
    queue.addAppender(appender);
    queue.start();
    root.addAppender(queue);
    context.getLogger(SecurityLog.NAME).setLevel(Level.INFO);
    context.getLogger(REFLECTION).setLevel(Level.ERROR);
    context.getLogger(POOLS).setLevel(Level.ERROR);
    if (System.getenv("PARLEY_LOG") == null) {
      STRANGERS.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    }
    configured = context;
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// Writes what still waits to be written, for a second at most. The last thing that a process
  /// does: what is logged afterwards is lost.
  public static void end() {
    LoggerContext context = configured;
    if (context != null) {
      context.stop();
    }
  }
}
