package io.parley.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.parley.harness.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LogSettingsTest {
  /// What a stranger gets into a message makes no line of its own, and moves no cursor.
  @Test
  void message_isOneLine_whateverIsInIt() {
    List<String> lines = logged("name a\n2026-01-01 ERROR forged\rb\u001b[2Jc\u2028d\u0085e");
    assertEquals(1, lines.size(), "" + lines);
    assertTrue(lines.getFirst().endsWith("name a?2026-01-01 ERROR forged?b?[2Jc?d?e"), "" + lines);
  }

  @Test
  void message_staysAsItIs_whereItIsHarmless() {
    assertTrue(logged("小吴 $1 \\n 😀").getFirst().endsWith(" - 小吴 $1 \\n 😀"));
  }

  /// A pipe that nobody reads, a terminal that is held, a full disk.
  @Test
  @Timeout(30)
  void nobodyWaits_whereNothingTakesTheLines_andWhatWasDroppedIsCounted() throws Exception {
    PrintStream before = System.err;
    CountDownLatch open = new CountDownLatch(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    try (PrintStream into = new PrintStream(new Gate(open, out), true, StandardCharsets.UTF_8)) {
      System.setErr(into);
      LogSettings settings = new LogSettings();
      settings.setContext(context);
      var unused = settings.configure(context);
      context.start();
      for (int i = 0; i < 10_000; i++) {
        context.getLogger("loop").error("line {}", i);
      }
      open.countDown();
      LogQueue queue =
          (LogQueue) context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("QUEUE");
      Waiting.until(() -> queue.getNumberOfElementsInQueue() == 0);
      context.getLogger("loop").error("afterwards");
      context.stop();
    } finally {
      System.setErr(before);
    }
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(lines.getLast().endsWith("afterwards"), lines.getLast());
    String note = lines.get(lines.size() - 2);
    long written = lines.stream().filter(line -> line.contains(" - line ")).count();
    assertTrue(note.endsWith((10_000 - written) + " log lines were dropped: nothing took them"));
    assertTrue(written >= 2_048, written + " were kept");
  }

  /// Takes nothing until it is opened.
  private static final class Gate extends OutputStream {
    private final CountDownLatch open;
    private final OutputStream out;

    Gate(CountDownLatch open, OutputStream out) {
      this.open = open;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      Waiting.until(() -> open.getCount() == 0);
      out.write(b);
    }
  }

  private static List<String> logged(String message) {
    PrintStream before = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    try (PrintStream into = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      System.setErr(into);
      LogSettings settings = new LogSettings();
      settings.setContext(context);
      var unused = settings.configure(context);
      context.start();
      context.getLogger("stranger").error(message);
      context.stop();
    } finally {
      System.setErr(before);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
